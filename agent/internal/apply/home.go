package apply

import (
	"bufio"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"
	"time"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

// Home is the agent's own directory: its lock, what is staged or set aside, and a journal that says where that belongs.
//
// A line of the journal is written before something is set aside, so that a crash at any instant leaves every version with
// its path.
type Home struct {
	path    string
	lock    *os.File
	journal *os.File
	stage   int
	session string // starts the names of this session
}

// OpenHome locks the directory for an owner, making it where it is missing.
func OpenHome(dir, owner string) (*Home, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := takeLock(path.Join(dir, "lock"), owner)
	if err != nil {
		return nil, err
	}
	h := &Home{path: dir, lock: lock, session: strconv.FormatInt(time.Now().UnixNano(), 16)}
	return h, h.open()
}

func (h *Home) open() error {
	for _, name := range []string{"stage", "cookies"} {
		if err := os.Mkdir(path.Join(h.path, name), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	real, err := fsys.Resolve(h.path)
	if err != nil {
		return err
	}
	h.path = real
	if h.stage, err = fsys.OpenDir(path.Join(real, "stage")); err != nil {
		return err
	}
	h.journal, err = os.OpenFile(path.Join(real, "journal"), os.O_RDWR|os.O_CREATE|os.O_APPEND|syscall.O_NOFOLLOW, 0o600)
	return err
}

// Path is where the directory really is.
func (h *Home) Path() string { return h.path }

// Close gives the lock back.
func (h *Home) Close() {
	fsys.Close(h.stage)
	_ = h.journal.Close()
	_ = h.lock.Close()
}

// spot is where something is staged or set aside: in the home, or beside its target where that is another file system.
type spot struct {
	dir    int
	beside string // the real path of dir, "" for the home's
	name   string
}

func (h *Home) spot(id uint64) spot {
	return spot{dir: h.stage, name: h.session + "-" + strconv.FormatUint(id, 16)}
}

func (h *Home) besides(dir int, real string, id uint64) spot {
	return spot{dir: dir, beside: real, name: scan.StagePrefix + h.session + "-" + strconv.FormatUint(id, 16)}
}

// note writes to the journal that a spot will hold what stood at a path. Instead, it may still hold the new content with
// the given digest, which devshell has anyway.
func (h *Home) note(s spot, nominal string, fresh wire.Digest) error {
	// the newline in front ends a line that a crash or a full disk cut short
	line := "\n" + strconv.Quote(s.beside) + " " + strconv.Quote(s.name) + " " + strconv.Quote(nominal) + " " + hex.EncodeToString(fresh[:]) + "\n"
	_, err := h.journal.WriteString(line)
	return err
}

// forget removes what a spot holds.
func (h *Home) forget(s spot) {
	dir := s.dir
	if s.beside != "" {
		var err error
		if dir, err = fsys.OpenDir(s.beside); err != nil {
			return
		}
		defer fsys.Close(dir)
	}
	_ = fsys.Unlinkat(dir, s.name)
}

// settled empties the journal; nothing is set aside any more.
func (h *Home) settled() {
	if info, err := h.journal.Stat(); err == nil && info.Size() > 1<<16 {
		_ = h.journal.Truncate(0)
	}
}

// Leftover is a version that an earlier agent set aside.
type Leftover struct {
	spot    spot
	Entry   wire.Entry
	Content []byte // where it is small
}

// Leftovers finds what earlier agents set aside and were never told to forget, and removes what they merely staged.
func (h *Home) Leftovers() ([]Leftover, error) {
	var left []Leftover
	named := map[string]bool{}
	for _, record := range h.records() {
		l, ok := h.leftover(record)
		if ok {
			left = append(left, l)
		}
		named[record.spot.name] = ok
	}
	dir, err := fsys.OpenDirToRead(path.Join(h.path, "stage"))
	if err != nil {
		return nil, err
	}
	defer fsys.Close(dir)
	names, err := fsys.List(dir)
	for _, n := range names {
		if !named[n.Name] {
			_ = fsys.Unlinkat(dir, n.Name)
		}
	}
	return left, err
}

type record struct {
	spot    spot
	nominal string
	fresh   wire.Digest
}

func (h *Home) records() []record {
	var records []record
	lines := bufio.NewScanner(io.NewSectionReader(h.journal, 0, 1<<40))
	lines.Buffer(nil, 1<<16)
	for lines.Scan() {
		// a line that a crash cut short was written before anything was set aside
		if r, ok := h.parse(lines.Text()); ok {
			records = append(records, r)
		}
	}
	return records
}

func (h *Home) parse(line string) (r record, ok bool) {
	var quoted [3]string
	for i := range quoted {
		prefix, err := strconv.QuotedPrefix(line)
		if err != nil {
			return r, false
		}
		quoted[i], _ = strconv.Unquote(prefix)
		line = strings.TrimPrefix(line[len(prefix):], " ")
	}
	r = record{spot: spot{dir: h.stage, beside: quoted[0], name: quoted[1]}, nominal: quoted[2]}
	fresh, err := hex.DecodeString(line)
	if err != nil || len(fresh) != len(r.fresh) || wire.CheckPath(r.nominal) != nil || strings.Contains(r.spot.name, "/") {
		return r, false
	}
	r.fresh = wire.Digest(fresh)
	return r, true
}

func (h *Home) leftover(r record) (Leftover, bool) {
	dir := r.spot.dir
	if r.spot.beside != "" {
		var err error
		if dir, err = fsys.OpenDir(r.spot.beside); err != nil {
			return Leftover{}, false
		}
		defer fsys.Close(dir)
	}
	e, content, _ := scan.ExamineAside(r.nominal, dir, r.spot.name)
	switch {
	case e.Kind == wire.File && e.Digest == r.fresh:
		h.forget(r.spot)
		return Leftover{}, false
	case e.Kind == wire.File || e.Kind == wire.Link:
		return Leftover{spot: r.spot, Entry: e, Content: content}, true
	}
	return Leftover{}, false
}
