package session

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"devshell.dev/agent/internal/apply"
	"devshell.dev/agent/internal/watch"
	"devshell.dev/agent/internal/wire"
)

func TestScansAndReportsChanges(t *testing.T) {
	dir := scratch(t)
	write(t, dir+"/app/a/b.txt", "b")
	write(t, dir+"/app/c.txt", "c")
	h := attach(t, dir)
	h.same()

	for _, step := range []struct {
		name string
		do   func()
	}{
		{"write", func() { write(t, h.app+"/c.txt", "c2") }},
		{"new", func() { write(t, h.app+"/d.txt", "d") }},
		{"new directories", func() { write(t, h.app+"/e/f/g.txt", "g") }},
		{"below new directories", func() { write(t, h.app+"/e/f/h.txt", "h") }},
		{"mode", func() { _ = os.Chmod(h.app+"/d.txt", 0o755) }},
		{"link", func() { _ = os.Symlink("d.txt", h.app+"/l") }},
		{"hard link", func() { _ = os.Link(h.app+"/d.txt", h.app+"/hard") }},
		{"a new name, written to at once", func() { _ = os.Link(h.app+"/d.txt", h.app+"/at once"); write(t, h.app+"/at once", "at once") }},
		{"by its other name", func() { write(t, h.app+"/hard", "written by the other name") }},
		{"by its first name", func() { write(t, h.app+"/d.txt", "and again by the first") }},
		{"rename", func() { _ = os.Rename(h.app+"/d.txt", h.app+"/d2.txt") }},
		{"rename directory", func() { _ = os.Rename(h.app+"/e", h.app+"/e2") }},
		{"in renamed directory", func() { write(t, h.app+"/e2/f/i.txt", "i") }},
		{"move out", func() { _ = os.Rename(h.app+"/e2", dir+"/out") }},
		{"change outside", func() { write(t, dir+"/out/f/j.txt", "j") }},
		{"move in", func() { _ = os.Rename(dir+"/out", h.app+"/in") }},
		{"in moved directory", func() { write(t, h.app+"/in/f/k.txt", "k") }},
		{"file to directory", func() { _ = os.Remove(h.app + "/c.txt"); write(t, h.app+"/c.txt/x", "x") }},
		{"directory to file", func() { _ = os.RemoveAll(h.app + "/c.txt"); write(t, h.app+"/c.txt", "y") }},
		{"delete", func() { _ = os.Remove(h.app + "/d2.txt") }},
		{"delete tree", func() { _ = os.RemoveAll(h.app + "/in") }},
		{"delete and make again", func() { _ = os.RemoveAll(h.app + "/a"); write(t, h.app+"/a/z", "z") }},
		{"below made again", func() { write(t, h.app+"/a/z2", "z2") }},
	} {
		t.Run(step.name, func(t *testing.T) {
			h.t = t
			step.do()
			h.flush()
			h.same()
		})
	}
}

func TestReportsAFileThatIsHeldOpen(t *testing.T) {
	h := attach(t, scratch(t))
	f, err := os.Create(h.app + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, _ = f.WriteString("line\n")
	for h.content["/app/log"] != "line\n" {
		await[*wire.Changed](h)
	}
}

func TestSendsNothingForTheSameBytes(t *testing.T) {
	h := attach(t, scratch(t))
	write(t, h.app+"/a", "a")
	h.flush()
	write(t, h.app+"/a", "a")
	_ = os.Chtimes(h.app+"/a", time.Now(), time.Now())
	if n := h.flush(); n != 0 {
		t.Errorf("%d changes", n)
	}
}

// The mode is the file's, not the name's.
func TestReportsTheOtherNamesOfAFileWhoseModeItChanged(t *testing.T) {
	h := attach(t, scratch(t))
	write(t, h.app+"/one", "content")
	h.flush()
	if err := os.Link(h.app+"/one", h.app+"/other"); err != nil {
		t.Fatal(err)
	}
	h.flush()
	if ack := h.apply(nodeOf("content"), fileOf("/app/other", "content", 0o755), ""); ack.Status != wire.Applied {
		t.Fatalf("%+v", ack)
	}
	h.flush()
	if told, is := h.reported()["/app/one"], h.disk()["/app/one"]; told != is {
		t.Errorf("it is %q, but was reported: %q", is, told)
	}
}

func TestAppliesWithoutEcho(t *testing.T) {
	h := attach(t, scratch(t))
	absent := wire.Node{}

	ack := h.apply(absent, fileOf("/app/x/y.txt", "one", 0o644), "one")
	if ack.Status != wire.Applied || read1(t, h.app+"/x/y.txt") != "one" {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(nodeOf("one"), fileOf("/app/x/y.txt", "two", 0o755), "two")
	if ack.Status != wire.Applied || read1(t, h.app+"/x/y.txt") != "two" || string(ack.Content.Data) != "one" {
		t.Fatalf("%+v", ack)
	}
	h.send(&wire.Stored{IDs: []uint64{ack.ID}})
	if ack.Current.Mode != 0o755 {
		t.Errorf("mode %o", ack.Current.Mode)
	}
	ack = h.apply(wire.Node{Kind: wire.File, Digest: nodeOf("two").Digest, Executable: true}, fileOf("/app/x/y.txt", "two", 0o644), "")
	if ack.Status != wire.Applied || ack.Current.Mode != 0o644 {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(absent, wire.Entry{Path: "/app/d", Kind: wire.Directory, Mode: 0o750}, "")
	if info, err := os.Stat(h.app + "/d"); ack.Status != wire.Applied || err != nil || info.Mode().Perm() != 0o750 {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(absent, wire.Entry{Path: "/app/d/l", Kind: wire.Link, Target: "../x"}, "")
	if target, _ := os.Readlink(h.app + "/d/l"); ack.Status != wire.Applied || target != "../x" {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(wire.Node{Kind: wire.Link, Target: "../x"}, wire.Entry{Path: "/app/d/l", Kind: wire.Link, Target: "../y"}, "")
	if ack.Status != wire.Applied || ack.Displaced.Target != "../x" {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(wire.Node{Kind: wire.Directory}, wire.Entry{Path: "/app/d"}, "")
	if ack.Status != wire.NotEmpty {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(wire.Node{Kind: wire.Link, Target: "../y"}, wire.Entry{Path: "/app/d/l"}, "")
	if ack.Status != wire.Applied {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(wire.Node{Kind: wire.Directory}, wire.Entry{Path: "/app/d"}, "")
	if _, err := os.Stat(h.app + "/d"); ack.Status != wire.Applied || !os.IsNotExist(err) {
		t.Fatalf("%+v", ack)
	}
	ack = h.apply(nodeOf("two"), wire.Entry{Path: "/app/x/y.txt"}, "")
	if ack.Status != wire.Applied || string(ack.Content.Data) != "two" {
		t.Fatalf("%+v", ack)
	}
	if n := h.flush(); n != 0 {
		t.Errorf("%d echoes", n)
	}
}

func TestRefusesWhatIsNotExpectedOrNotOurs(t *testing.T) {
	dir := scratch(t)
	h := attach(t, dir)
	write(t, h.app+"/a", "theirs")
	write(t, dir+"/outside/secret", "s")
	_ = os.Symlink(dir+"/outside", h.app+"/link")
	h.flush()
	for _, test := range []struct {
		name     string
		expected wire.Node
		target   wire.Entry
		content  string
		want     wire.Status
	}{
		{"is there", wire.Node{}, fileOf("/app/a", "ours", 0o644), "ours", wire.Mismatch},
		{"is another", nodeOf("old"), fileOf("/app/a", "ours", 0o644), "ours", wire.Mismatch},
		{"is not there", nodeOf("old"), fileOf("/app/b", "ours", 0o644), "ours", wire.Mismatch},
		{"delete another", nodeOf("old"), wire.Entry{Path: "/app/a"}, "", wire.Mismatch},
		{"outside", wire.Node{}, fileOf("/b", "ours", 0o644), "ours", wire.Outside},
		{"through a link", wire.Node{}, fileOf("/app/link/b", "ours", 0o644), "ours", wire.LinkInPath},
		{"another digest", wire.Node{}, wire.Entry{Path: "/app/c", Kind: wire.File, Size: 1}, "c", wire.BadContent},
		{"already so", nodeOf("old"), fileOf("/app/a", "theirs", 0o644), "theirs", wire.Applied},
		{"already gone", nodeOf("old"), wire.Entry{Path: "/app/z/y"}, "", wire.Applied},
	} {
		t.Run(test.name, func(t *testing.T) {
			h.t = t
			if ack := h.apply(test.expected, test.target, test.content); ack.Status != test.want {
				t.Errorf("%+v", ack)
			}
		})
	}
	if read1(t, h.app+"/a") != "theirs" {
		t.Error("overwritten")
	}
	if left, _ := os.ReadDir(dir + "/home/stage"); len(left) > 0 {
		t.Errorf("left in the stage: %v", left)
	}
}

func TestKeepsOwnerAndModeOfWhatIsReplaced(t *testing.T) {
	if os.Getuid() != 0 {
		t.Fatal("owners can only be given by root: run this as root")
	}
	h := attach(t, scratch(t))
	write(t, h.app+"/a", "1")
	_ = os.Chmod(h.app+"/a", 0o640)
	_ = os.Chown(h.app+"/a", 1234, 567)
	future := time.Now().Add(time.Hour)
	_ = os.Chtimes(h.app+"/a", future, future)
	_ = os.Chown(h.app, 42, 43)
	h.flush()

	h.apply(nodeOf("1"), fileOf("/app/a", "2", 0o755), "2")
	var stat syscall.Stat_t
	_ = syscall.Stat(h.app+"/a", &stat)
	if stat.Uid != 1234 || stat.Gid != 567 || stat.Mode&0o7777 != 0o750 || stat.Mtim.Nano() <= future.UnixNano() {
		t.Errorf("%+v", stat)
	}
	h.apply(wire.Node{}, fileOf("/app/b", "b", 0o600), "b")
	_ = syscall.Stat(h.app+"/b", &stat)
	if stat.Uid != 42 || stat.Gid != 43 || stat.Mode&0o7777 != 0o600 || stat.Mtim.Nano() != 1e18 {
		t.Errorf("%+v", stat)
	}
}

func TestLargeFilesComeAndGoInSlices(t *testing.T) {
	h := attach(t, scratch(t))
	large := bytes.Repeat([]byte("0123456789abcdef"), 20_000)
	target := fileOf(h.dir+"/app/large", string(large), 0o644)
	h.send(&wire.Apply{ID: 7, Target: target, Content: wire.Content{How: wire.Sliced}})
	for rest := large; len(rest) > 0; {
		n := min(len(rest), wire.MaxInline)
		end := wire.More
		if n == len(rest) {
			end = wire.Last
		}
		h.send(&wire.Slice{ID: 7, End: end, Data: rest[:n]})
		rest = rest[n:]
	}
	if ack := await[*wire.Ack](h); ack.Status != wire.Applied || read1(t, h.app+"/large") != string(large) {
		t.Fatalf("%+v", ack)
	}
	gather := func(id uint64) ([]byte, wire.End) {
		var got []byte
		for {
			if s := await[*wire.Slice](h); s.ID == id {
				got = append(got, s.Data...)
				if s.End != wire.More {
					return got, s.End
				}
			}
		}
	}
	h.send(&wire.Fetch{ID: 8, Path: target.Path, Digest: target.Digest})
	if got, end := gather(8); end != wire.Last || !bytes.Equal(got, large) {
		t.Errorf("%d bytes, end %d", len(got), end)
	}
	h.send(&wire.Fetch{ID: 9, Path: target.Path, Digest: wire.Digest{}})
	if _, end := gather(9); end != wire.GivenUp {
		t.Errorf("end %d", end)
	}
	// what is displaced comes back too
	ack := h.apply(target.Node(), fileOf("/app/large", "small", 0o644), "small")
	if got, end := gather(ack.ID); ack.Content.How != wire.Sliced || end != wire.Last || !bytes.Equal(got, large) {
		t.Errorf("%+v, %d bytes, end %d", ack, len(got), end)
	}
	h.send(&wire.Apply{ID: 10, Expected: nodeOf("small"), Target: target, Content: wire.Content{How: wire.Sliced}})
	h.send(&wire.Slice{ID: 10, End: wire.GivenUp})
	if ack := await[*wire.Ack](h); ack.Status != wire.BadContent {
		t.Errorf("%+v", ack)
	}
}

func TestReportsWhatAnEarlierAgentSetAside(t *testing.T) {
	dir := scratch(t)
	h := attach(t, dir)
	h.apply(wire.Node{}, fileOf("/app/a", "1", 0o644), "1")
	h.apply(nodeOf("1"), fileOf("/app/a", "2", 0o644), "2")
	h.apply(wire.Node{}, fileOf("/app/b", "b", 0o644), "b")
	h.apply(nodeOf("b"), wire.Entry{Path: "/app/b"}, "")
	_ = h.to.Close()
	<-h.ended

	h = start(t, dir)
	got := map[string]string{}
	var ids []uint64
	for range 2 {
		d := await[*wire.Displaced](h)
		got[h.short(d.Entry.Path)] = string(d.Content.Data)
		ids = append(ids, d.ID)
	}
	if got["/app/a"] != "1" || got["/app/b"] != "b" {
		t.Errorf("%v", got)
	}
	h.send(&wire.Stored{IDs: ids})
	h.send(&wire.Bye{})
	await[*wire.Bye](h)
	<-h.ended
	if left, _ := os.ReadDir(dir + "/home/stage"); len(left) > 0 {
		t.Errorf("left in the stage: %v", left)
	}
}

func TestIgnoresHolesAndRoots(t *testing.T) {
	dir := scratch(t)
	for _, file := range []string{"app/a.log", "app/keep.log", "app/node_modules/x/y", "app/vol/z", "app/src/s.rb", "app/log/l", "app/log/kept", "etc/one", "etc/two"} {
		write(t, dir+"/"+file, file)
	}
	h := start(t, dir)
	root := h.root("/app")
	root.Ignore, root.Quiet = []uint16{0}, []uint16{1}
	file := wire.Root{Path: dir + "/etc/one", Kind: wire.File, Mode: -1}
	h.send(&wire.Keep{Paths: []string{dir + "/app/log/kept"}})
	h.plan(&wire.Plan{
		RuleSets: []wire.RuleSet{
			{Dialect: wire.Docker, Rules: []wire.Rule{{Glob: "*.log"}, {Glob: "keep.log", Negated: true}, {Glob: "node_modules"}}},
			{Dialect: wire.Git, Rules: []wire.Rule{{Glob: "**/log", DirectoryOnly: true}, {Glob: "**/*.tmp"}}},
		},
		Roots: []wire.Root{root, file}, Holes: []string{dir + "/app/vol"},
	})
	want := "/app /app/keep.log /app/log /app/log/kept /app/src /app/src/s.rb /etc/one"
	if got := h.paths(); got != want {
		t.Errorf("%s", got)
	}
	for _, file := range []string{"app/b.log", "app/node_modules/x/y2", "app/vol/z2", "app/log/l2", "app/src/s.tmp", "etc/two"} {
		write(t, dir+"/"+file, "new")
	}
	if n := h.flush(); n != 0 || h.paths() != want {
		t.Errorf("%d changes, %s", n, h.paths())
	}
	write(t, dir+"/app/log/kept", "new")
	write(t, dir+"/etc/one", "new")
	if n := h.flush(); n != 2 {
		t.Errorf("%d changes", n)
	}
	if ack := h.apply(wire.Node{}, fileOf("/app/src/t.tmp", "t", 0o644), "t"); ack.Status != wire.Applied {
		t.Errorf("%+v", ack)
	}
	h.flush()
	write(t, dir+"/app/src/t.tmp", "t2")
	if n := h.flush(); n != 1 || h.content["/app/src/t.tmp"] != "t2" {
		t.Errorf("%d changes of what was applied", n)
	}
	for _, path := range []string{"/app/vol/x", "/app/x.log", "/app/node_modules/z", "/etc/two"} {
		if ack := h.apply(wire.Node{}, fileOf(path, "n", 0o644), "n"); ack.Status != wire.Outside {
			t.Errorf("%s: %+v", path, ack)
		}
	}
}

func (h *host) paths() string {
	var paths []string
	for path := range h.state {
		paths = append(paths, path)
	}
	return strings.Join(sorted(paths), " ")
}

func sorted(s []string) []string {
	for i := range s {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
	return s
}

func TestRootsBehindLinksAndRootsThatComeAndGo(t *testing.T) {
	dir := scratch(t)
	write(t, dir+"/real/sub/a", "a")
	_ = os.Symlink("real", dir+"/linked")
	h := start(t, dir)
	h.plan(&wire.Plan{Roots: []wire.Root{h.root("/linked/sub"), h.root("/not/yet")}})
	if got := h.paths(); got != "/linked/sub /linked/sub/a" {
		t.Fatal(got)
	}
	write(t, dir+"/real/sub/b", "b")
	h.flush()
	if h.content["/linked/sub/b"] != "b" {
		t.Error(h.paths())
	}
	if ack := h.apply(wire.Node{}, fileOf("/linked/sub/c", "c", 0o644), "c"); ack.Status != wire.Applied || read1(t, dir+"/real/sub/c") != "c" {
		t.Errorf("%+v", ack)
	}
	if ack := h.apply(wire.Node{}, fileOf("/not/yet/d", "d", 0o644), "d"); ack.Status != wire.Applied {
		t.Errorf("%+v", ack)
	}
	write(t, dir+"/not/yet/e", "e")
	h.flush()
	if h.content["/not/yet/e"] != "e" {
		t.Error(h.paths())
	}
	_ = os.Rename(dir+"/not/yet", dir+"/away")
	h.flush()
	if got := h.paths(); got != "/linked/sub /linked/sub/a /linked/sub/b" {
		t.Error(got)
	}
	_ = os.Rename(dir+"/away", dir+"/not/yet")
	for m := await[*wire.ScanBegin](h); m.Why != wire.ByRoot; {
	}
	await[*wire.ScanDone](h)
	if got := h.paths(); !strings.Contains(got, "/not/yet/d /not/yet/e") {
		t.Error(got)
	}
}

func TestConvergesUnderATurbulentTree(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewSource(seed))
	h := attach(t, scratch(t))
	pick := func() string {
		p := h.app
		for range 1 + random.Intn(3) {
			p += fmt.Sprintf("/%c", 'a'+random.Intn(4))
		}
		return p
	}
	for range 40 {
		for range 1 + random.Intn(30) {
			p, q := pick(), pick()
			switch random.Intn(8) {
			case 0, 1:
				_ = os.WriteFile(p, []byte(fmt.Sprint(random.Intn(5))), 0o644)
			case 2, 3:
				_ = os.MkdirAll(p, 0o755)
			case 4:
				_ = os.Rename(p, q)
			case 5:
				_ = os.RemoveAll(p)
			case 6:
				_ = os.Symlink("x", p)
			case 7:
				_ = os.Chmod(p, 0o755)
			}
		}
		h.flush()
		h.same()
		if t.Failed() {
			return
		}
	}
}

func TestScansAgainAfterAnOverflow(t *testing.T) {
	dir := scratch(t)
	home, err := apply.OpenHome(dir+"/home", "test")
	if err != nil {
		t.Fatal(err)
	}
	defer home.Close()
	var sent bytes.Buffer
	o := newOut(&sent)
	l, err := newLoop(home, newIn(strings.NewReader(""), o), o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	root := wire.Root{Path: dir + "/app", Kind: wire.Directory, Mode: -1}
	if _, err := l.message(&wire.Plan{Roots: []wire.Root{root}}); err != nil {
		t.Fatal(err)
	}
	write(t, dir+"/app/missed", "missed")
	if _, err := l.message(&wire.Cookie{ID: 7}); err != nil {
		t.Fatal(err)
	}

	l.take([]watch.Event{{Watch: -1, Op: watch.Overflow}})

	o.close()
	<-o.done
	h := &host{t: t, dir: dir, state: map[string]wire.Entry{}, content: map[string]string{}}
	if err := wire.ReadPreamble(&sent); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for m, err := wire.ToHost.Read(&sent); err == nil; m, err = wire.ToHost.Read(&sent) {
		kinds = append(kinds, fmt.Sprintf("%T", m)[len("*wire."):])
		h.take(m)
	}
	if got := strings.Join(kinds, " "); got != "ScanBegin Scanned ScanDone Problem ScanBegin Scanned ScanDone CookieSeen" {
		t.Error(got)
	}
	if h.paths() != "/app /app/missed" {
		t.Error(h.paths())
	}
}

func TestRefusesASecondAgent(t *testing.T) {
	dir := scratch(t)
	attach(t, dir)
	second := start(t, dir)
	if refused := await[*wire.Refused](second); refused.Code != "LOCKED" || !strings.Contains(refused.Message, "test") {
		t.Errorf("%+v", refused)
	}
	if err := <-second.ended; err == nil {
		t.Error("it went on")
	}
}

func TestEndsWithTheStreamAndByBye(t *testing.T) {
	h := attach(t, scratch(t))
	_ = h.to.Close()
	if err := <-h.ended; err != nil {
		t.Error(err)
	}
	h = attach(t, scratch(t))
	h.send(&wire.Cookie{ID: 1})
	h.send(&wire.Bye{})
	await[*wire.CookieSeen](h)
	await[*wire.Bye](h)
	if err := <-h.ended; err != nil {
		t.Error(err)
	}
}

func TestEndsWhenTheLeaseRunsOut(t *testing.T) {
	in := newIn(strings.NewReader(string(wire.Preamble)), newOut(io.Discard))
	in.lease.Store(int64(time.Millisecond))
	in.began = in.began.Add(-time.Second)
	if in.left() > 0 {
		t.Error("it goes on")
	}
}

// A clock that is set back must not let an agent that lost its devshell live on, nor one that is set ahead end it.
func TestTheLeaseIsNotOfTheMachinesClock(t *testing.T) {
	in := newIn(strings.NewReader(string(wire.Preamble)), newOut(io.Discard))
	if heard := time.Duration(in.heard.Load()); heard > time.Minute {
		t.Errorf("counts from when the agent began, but was: %v", heard)
	}
	if left := in.left(); left <= 0 || left > defaultLease {
		t.Errorf("the whole lease is left, but was: %v", left)
	}
}

func TestAnswersAHeartbeat(t *testing.T) {
	frames, err := wire.ToAgent.Append([]byte(wire.Preamble), &wire.Heartbeat{})
	if err != nil {
		t.Fatal(err)
	}
	var sent bytes.Buffer
	o := newOut(&sent)
	i := newIn(bytes.NewReader(frames), o)
	<-i.err
	o.close()
	<-o.done
	from := bytes.NewReader(sent.Bytes()[len(wire.Preamble):])
	if m, err := wire.ToHost.Read(from); err != nil || fmt.Sprintf("%T", m) != "*wire.Heartbeat" || from.Len() > 0 {
		t.Errorf("%T, %v, and %d bytes", m, err, from.Len())
	}
}

func TestIsHeardOnlyWhileThereIsWork(t *testing.T) {
	o := newOut(io.Discard)
	defer o.close()
	o.stir()
	if !o.beating.Load() || o.rests() {
		t.Error("silent although there is work")
	}
	o.began = o.began.Add(-calm)
	if !o.rests() || o.beating.Load() {
		t.Error("heard although there is none")
	}
}

func TestEndsOnWhatIsNotTheProtocol(t *testing.T) {
	h := attach(t, scratch(t))
	h.send(&wire.Hello{Owner: "again"})
	if err := <-h.ended; err == nil {
		t.Error("took a second Hello")
	}
	h = attach(t, scratch(t))
	_, _ = h.to.Write([]byte{0, 0, 0, 1, 0x81})
	if err := <-h.ended; err == nil {
		t.Error("took a message of the other direction")
	}
}

// elsewhere makes a directory on another file system than dir.
func elsewhere(t *testing.T, dir string) string {
	t.Helper()
	device := func(path string) uint64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return uint64(info.Sys().(*syscall.Stat_t).Dev)
	}
	for _, place := range []string{"/dev/shm", "/run", "/var/tmp", "/tmp"} {
		made, err := os.MkdirTemp(place, "agent")
		if err != nil {
			continue
		}
		t.Cleanup(func() { _ = os.RemoveAll(made) })
		if device(made) != device(dir) {
			return made
		}
	}
	t.Fatal("no second file system: one of /dev/shm, /run, /var/tmp and /tmp has to be another than " + dir)
	return ""
}

func TestAppliesOnAnotherFileSystem(t *testing.T) {
	dir := scratch(t)
	app := elsewhere(t, dir)
	h := start(t, dir)
	h.dir, h.app = app, app+"/app"
	h.plan(&wire.Plan{Roots: []wire.Root{h.root("/app")}})

	h.apply(wire.Node{}, fileOf("/app/a", "1", 0o644), "1")
	ack := h.apply(nodeOf("1"), fileOf("/app/a", "2", 0o644), "2")
	if ack.Status != wire.Applied || read1(t, h.app+"/a") != "2" || string(ack.Content.Data) != "1" {
		t.Errorf("%+v", ack)
	}
	kept := ack.ID
	h.apply(wire.Node{}, wire.Entry{Path: "/app/l", Kind: wire.Link, Target: "x"}, "")
	ack = h.apply(wire.Node{Kind: wire.Link, Target: "x"}, wire.Entry{Path: "/app/l"}, "")
	if ack.Status != wire.Applied || ack.Displaced.Target != "x" {
		t.Errorf("%+v", ack)
	}
	if n := h.flush(); n != 0 {
		t.Errorf("%d echoes", n)
	}
	h.send(&wire.Stored{IDs: []uint64{kept, ack.ID}})
	h.flush()
	if left, _ := os.ReadDir(h.app); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	if left, _ := os.ReadDir(dir + "/home/stage"); len(left) > 0 {
		t.Errorf("left in the stage: %v", left)
	}
}

func TestSlicesAndSmallFramesDoNotMix(t *testing.T) {
	reader, writer := io.Pipe()
	o := newOut(writer)
	const n = 3000
	go func() {
		for i := range n {
			o.put(&wire.CookieSeen{ID: uint64(i)})
			o.push()
		}
	}()
	go func() {
		for i := range n {
			frame, _ := wire.ToHost.Append(nil, &wire.Slice{ID: uint64(i), Data: make([]byte, i)})
			o.slice(frame)
		}
		o.close()
	}()
	go func() {
		<-o.done
		_ = writer.Close()
	}()
	if err := wire.ReadPreamble(reader); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(reader)
	var cookie, slice uint64
	for {
		m, err := wire.ToHost.Read(in)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch m := m.(type) {
		case *wire.CookieSeen:
			if m.ID != cookie {
				t.Fatalf("cookie %d after %d", m.ID, cookie)
			}
			cookie++
		case *wire.Slice:
			if m.ID != slice || len(m.Data) != int(slice) {
				t.Fatalf("slice %d after %d", m.ID, slice)
			}
			slice++
		}
	}
	if slice != n {
		t.Errorf("%d slices", slice)
	}
}
