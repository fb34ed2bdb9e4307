package wire

// Kind says what stands at a path.
type Kind uint8

const (
	Absent Kind = iota
	File
	Directory
	Link
	Special
	Unreadable
)

// Digest is the SHA-256 of a file's content.
type Digest [32]byte

// Entry is what stands at a path. Mode is of files and directories, Size, Mtime (nanoseconds since 1970) and Digest of
// files, Target of links.
type Entry struct {
	Path   string
	Kind   Kind
	Mode   uint16
	Size   int64
	Mtime  int64
	Digest Digest
	Target string
}

// Node returns what of the entry is compared.
func (e *Entry) Node() Node {
	switch e.Kind {
	case File:
		return Node{Kind: File, Digest: e.Digest, Executable: e.Mode&0o111 != 0}
	case Link:
		return Node{Kind: Link, Target: e.Target}
	default:
		return Node{Kind: e.Kind}
	}
}

// Node is what is expected at a path; two nodes are equal if nothing needs to be transferred.
type Node struct {
	Kind       Kind
	Digest     Digest
	Executable bool
	Target     string
}

// How says how content travels with a message.
type How uint8

const (
	None How = iota
	Inline
	Sliced
)

// MaxInline is the most bytes that travel inline or in one slice.
const MaxInline = 65_536

// Content of a file that a message speaks of. Data aliases the frame that it was decoded from.
type Content struct {
	How  How
	Data []byte
}

// MaxRanges is the most ranges in one Copy.
const MaxRanges = 4_096

// Range is a stretch of an older content that a newer one has too.
type Range struct{ Offset, Length int64 }

// End says what follows a slice.
type End uint8

const (
	More End = iota
	Last
	GivenUp
)

// Message is one of the structs below, by pointer.
type Message interface {
	fields(c *coder)
}

// What devshell sends.
type (
	Hello struct {
		Owner       string
		LeaseMillis uint32
	}
	Plan struct {
		RuleSets []RuleSet
		Roots    []Root
		Holes    []string
		Kept     []string
	}
	Keep  struct{ Paths []string }
	Apply struct {
		ID       uint64
		Expected Node
		Target   Entry
		Content  Content
	}
	Fetch struct {
		ID     uint64
		Path   string
		Digest Digest
		Base   Node // what devshell has there, to copy from
	}
	Upload struct {
		ID   uint64
		End  End
		Name string
	}
	Stored struct{ IDs []uint64 }
	Resend struct{ ID uint64 }
	Cookie struct{ ID uint64 }
)

// What both ends send.
type (
	Slice struct {
		ID   uint64
		End  End
		Data []byte
	}
	Copy struct {
		ID     uint64
		Ranges []Range
	}
	Heartbeat struct{}
	Bye       struct{}
)

// What the agent sends.
type (
	Welcome struct {
		Build        string
		PID          uint32
		Architecture string
		ClockNanos   int64
	}
	Refused struct {
		Code    string
		Message string
	}
	ScanBegin struct{ Why Reason }
	Scanned   struct{ Entries []Entry }
	ScanDone  struct{}
	Changed   struct{ Changes []Change }
	Ack       struct {
		ID        uint64
		Status    Status
		Current   Entry
		Displaced Entry
		Content   Content
		Message   string
	}
	CookieSeen struct{ ID uint64 }
	Problem    struct {
		Path    string
		Code    Code
		Message string
	}
	Displaced struct {
		ID      uint64
		Entry   Entry
		Content Content
	}
)

// Dialect says whose rules for ignoring apply.
type Dialect uint8

const (
	Docker Dialect = iota
	Git
)

// The parts of a Plan.
type (
	RuleSet struct {
		Dialect Dialect
		Rules   []Rule
	}
	Rule struct {
		Glob          string
		Negated       bool
		DirectoryOnly bool
	}
	// Root is a path that is synced. Mode is -1 where the host's modes are taken.
	Root struct {
		Path   string
		Kind   Kind
		Prefix string
		Ignore []uint16
		Quiet  []uint16
		Owner  string
		Mode   int32
	}
)

// Change is what a path is now.
type Change struct {
	Entry   Entry
	Content Content
}

// Reason says why the agent scans.
type Reason uint8

const (
	ByPlan Reason = iota
	ByOverflow
	ByRoot
)

// Status is what became of an Apply.
type Status uint8

const (
	Applied Status = iota
	Mismatch
	NotEmpty
	NoSpace
	ReadOnly
	Denied
	LinkInPath
	NameTooLong
	Outside
	IOError
	BadContent
)

// Code is what is wrong with a path.
type Code uint8

const (
	PathUnreadable Code = iota + 1
	NotUTF8
	SpecialFile
	WatchLimit
	Overflow
	PathTooLong
	LinkInRoot
)
