package scan

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// limited watches nothing, as where the limit is reached.
type limited struct{}

func (limited) Add(int) (int32, error) { return 0, syscall.ENOSPC }
func (limited) Remove(int32)           {}

// late watches, and no event ever comes: what a test does has not been noticed yet.
type late struct{ watches int32 }

func (l *late) Add(int) (int32, error) { l.watches++; return l.watches, nil }
func (l *late) Remove(int32)           {}

// found is a sink that keeps the last of each path.
type found struct {
	entries  map[string]wire.Entry
	problems []wire.Code
}

func (f *found) Found(e wire.Entry, _ []byte)               { f.entries[e.Path] = e }
func (f *found) Problem(_ string, code wire.Code, _ string) { f.problems = append(f.problems, code) }
func (f *found) Later(*Dir, string)                         {}
func (f *found) Large(*Reading)                             {}
func (f *found) has(t *testing.T, path string, kind wire.Kind) {
	t.Helper()
	if e, ok := f.entries[path]; !ok || e.Kind != kind {
		t.Errorf("%s: want kind %d, but was: %v %+v", path, kind, ok, e)
	}
}

func scratch(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func treeOf(t *testing.T, sink Sink, roots ...wire.Root) *Tree {
	t.Helper()
	scope, doubles, err := NewScope(&wire.Plan{Roots: roots}, "/nowhere")
	if err != nil || len(doubles) > 0 {
		t.Fatal(doubles, err)
	}
	return NewTree(scope, limited{}, sink)
}

// known scans a directory, of which no event comes from then on.
func known(t *testing.T, dir string) (*Tree, *found) {
	t.Helper()
	f := &found{entries: map[string]wire.Entry{}}
	tree := treeOf(t, f, wire.Root{Path: dir, Kind: wire.Directory, Mode: -1})
	tree.watcher = &late{}
	tree.Scan(nil)
	return tree, f
}

func (t *Tree) lookAt(dir, name string) { t.Look(t.find(dir), name, true, true) }

func (t *Tree) see(test *testing.T, path string) wire.Entry {
	test.Helper()
	p, ok := t.Place(path, false)
	dir, err := fsys.OpenDir(p.Dir)
	if !ok || err != nil {
		test.Fatal(ok, err)
	}
	defer fsys.Close(dir)
	e, _ := t.See(&p, dir)
	return e
}

// What devshell was answered is what the tree knows: rule 2 depends on it, for only what differs from that is told later.
func TestKnowsWhatItAnswered(t *testing.T) {
	dir := scratch(t)
	_ = os.MkdirAll(dir+"/a/b", 0o755)
	_ = os.WriteFile(dir+"/f", []byte("old"), 0o644)
	tree, f := known(t, dir)

	_ = os.RemoveAll(dir + "/a")
	if e := tree.see(t, dir+"/a"); e.Kind != wire.Absent {
		t.Errorf("%+v", e)
	}
	f.has(t, dir+"/a/b", wire.Absent)
	_ = os.MkdirAll(dir+"/a/b", 0o755)
	tree.lookAt(dir, "a")
	f.has(t, dir+"/a", wire.Directory)
	f.has(t, dir+"/a/b", wire.Directory)

	_ = os.Rename(dir+"/f", dir+"/a/f")
	_ = os.WriteFile(dir+"/f", []byte("new"), 0o644)
	if e := tree.see(t, dir+"/f"); e.Size != 3 || f.entries[dir+"/f"].Digest != e.Digest {
		t.Errorf("answered %+v, told %+v", e, f.entries[dir+"/f"])
	}
	_ = os.Rename(dir+"/a/f", dir+"/f") // as it was before the answer
	before := f.entries[dir+"/f"].Digest
	tree.lookAt(dir, "f")
	if f.entries[dir+"/f"].Digest == before {
		t.Error("the old version came back, and was not told")
	}
}

func TestForgetsADirectoryItRemovedWithWhatWasKnownToBeInIt(t *testing.T) {
	dir := scratch(t)
	_ = os.MkdirAll(dir+"/a/b", 0o755)
	tree, f := known(t, dir)
	_ = os.Remove(dir + "/a/b")
	_ = os.Remove(dir + "/a")
	p, _ := tree.Place(dir+"/a", true)
	tree.Removed(&p)
	delete(f.entries, dir+"/a")
	_ = os.Mkdir(dir+"/a", 0o755)
	tree.lookAt(dir, "a")
	f.has(t, dir+"/a", wire.Directory)
	f.has(t, dir+"/a/b", wire.Absent)
}

func TestKnowsDirectoriesBeforeTheirEvents(t *testing.T) {
	dir := scratch(t)
	_ = os.MkdirAll(dir+"/there/in", 0o755)
	_ = os.WriteFile(dir+"/there/in/f", nil, 0o644)
	tree, f := known(t, dir)
	_ = os.MkdirAll(dir+"/new/in", 0o755)
	if !tree.Know(dir+"/new/in") || tree.Know(dir+"/never") {
		t.Error("knows what is not there, or not what is")
	}
	f.has(t, dir+"/new/in", wire.Directory)
	_ = os.RemoveAll(dir + "/new")
	tree.lookAt(dir, "new")
	f.has(t, dir+"/new/in", wire.Absent)

	if tree.Missed(dir + "/there/in") {
		t.Error("missed what is there")
	}
	_ = os.Rename(dir+"/there", elsewhere(t, dir))
	if !tree.Missed(dir + "/there/in") {
		t.Error("did not miss what is not there")
	}
	f.has(t, dir+"/there/in/f", wire.Absent)
	f.has(t, dir+"/there", wire.Absent)
}

// elsewhere is a name outside the root, on the same file system.
func elsewhere(t *testing.T, dir string) string {
	t.Cleanup(func() { _ = os.RemoveAll(dir + "-elsewhere") })
	return dir + "-elsewhere"
}

func TestPollsWhatItCannotWatch(t *testing.T) {
	dir := scratch(t)
	_ = os.MkdirAll(dir+"/a/b", 0o755)
	_ = os.WriteFile(dir+"/a/b/c", []byte("c"), 0o644)
	f := &found{entries: map[string]wire.Entry{}}
	tree := treeOf(t, f, wire.Root{Path: dir, Kind: wire.Directory, Mode: -1})
	tree.Scan(nil)
	f.has(t, dir+"/a/b/c", wire.File)
	if !tree.Polling() || len(f.problems) == 0 || f.problems[0] != wire.WatchLimit {
		t.Fatalf("%v", f.problems)
	}

	_ = os.WriteFile(dir+"/a/b/d", []byte("d"), 0o644)
	_ = os.Remove(dir + "/a/b/c")
	_ = os.MkdirAll(dir+"/a/e/f", 0o755)
	tree.Poll()
	f.has(t, dir+"/a/b/d", wire.File)
	f.has(t, dir+"/a/b/c", wire.Absent)
	f.has(t, dir+"/a/e/f", wire.Directory)

	_ = os.RemoveAll(dir + "/a")
	tree.Poll()
	f.has(t, dir+"/a/b/d", wire.Absent)
	f.has(t, dir+"/a", wire.Absent)
}

func TestReportsWhatItCannotCarry(t *testing.T) {
	dir := scratch(t)
	_ = syscall.Mkfifo(dir+"/fifo", 0o644)
	_ = os.WriteFile(dir+"/not-utf8-\xff", nil, 0o644)
	f := &found{entries: map[string]wire.Entry{}}
	treeOf(t, f, wire.Root{Path: dir, Kind: wire.Directory, Mode: -1}).Scan(nil)
	f.has(t, dir+"/fifo", wire.Special)
	if len(f.entries) != 2 {
		t.Errorf("%v", f.entries)
	}
	var names int
	for _, code := range f.problems {
		if code == wire.NotUTF8 {
			names++
		}
	}
	if names != 1 {
		t.Errorf("%v", f.problems)
	}
}

func TestNamesRootsThatAreTheSame(t *testing.T) {
	dir := scratch(t)
	_ = os.Mkdir(dir+"/a", 0o755)
	_ = os.Symlink("a", dir+"/b")
	_, doubles, err := NewScope(&wire.Plan{Roots: []wire.Root{
		{Path: dir + "/a", Kind: wire.Directory}, {Path: dir + "/b", Kind: wire.Directory},
	}}, "/nowhere")
	if err != nil || len(doubles) != 1 || doubles[0] != dir+"/b" {
		t.Errorf("%v, %v", doubles, err)
	}
}

func TestParseOwner(t *testing.T) {
	for text, want := range map[string]Owner{
		"": {}, "5": {true, 5, 5}, "5:6": {true, 5, 6}, "root": {true, 0, 0}, "root:7": {true, 0, 7}, "8:root": {true, 8, 0},
	} {
		if got, err := ParseOwner(text); err != nil || got != want {
			t.Errorf("%q: want %v, but was: %v, %v", text, want, got, err)
		}
	}
	if _, err := ParseOwner("no-such-user"); err == nil {
		t.Error("found a user that is not there")
	}
}

// failing makes the listing, or the opening, of one directory fail until it is called.
func failing(t *testing.T, opening bool, at string) (heal func()) {
	t.Helper()
	open, list := openDir, listDir
	heal = func() { openDir, listDir = open, list }
	t.Cleanup(heal)
	var stat syscall.Stat_t
	if err := syscall.Stat(at, &stat); err != nil {
		t.Fatal(err)
	}
	openDir = func(p string) (int, error) {
		if opening && p == at {
			return -1, syscall.EIO
		}
		return open(p)
	}
	listDir = func(fd int) ([]fsys.Name, error) {
		s, err := fsys.Fstat(fd)
		if err == nil && !opening && s.Ino == stat.Ino && s.Dev == stat.Dev {
			names, _ := list(fd)
			return names[:len(names)/2], syscall.EIO
		}
		return list(fd)
	}
	return heal
}

// Rules 1 and 2: what cannot be listed has not been deleted.
func TestADirectoryThatCannotBeListedHasLostNothing(t *testing.T) {
	for name, opening := range map[string]bool{"opening": true, "listing": false} {
		t.Run(name, func(t *testing.T) {
			dir := scratch(t)
			_ = os.MkdirAll(dir+"/sub/deeper", 0o755)
			for _, f := range []string{"/beside", "/sub/a", "/sub/b", "/sub/deeper/c"} {
				_ = os.WriteFile(dir+f, []byte(f), 0o644)
			}
			tree, f := known(t, dir)
			heal := failing(t, opening, dir+"/sub")

			tree.enter(tree.find(dir+"/sub"), tree.find(dir+"/sub"))

			f.has(t, dir+"/sub", wire.Unreadable)
			f.has(t, dir+"/sub/a", wire.File)
			f.has(t, dir+"/sub/deeper/c", wire.File)
			if !tree.Polling() || tree.CameBack || len(f.problems) != 1 || f.problems[0] != wire.PathUnreadable {
				t.Errorf("it is told once and tried again, but was: %v %v %v", tree.Polling(), tree.CameBack, f.problems)
			}

			// a scan meanwhile names neither what is in it nor its end
			again := treeOf(t, &found{entries: map[string]wire.Entry{}}, wire.Root{Path: dir, Kind: wire.Directory, Mode: -1})
			again.watcher = &late{}
			again.Scan(tree)
			seen := again.sink.(*found)
			seen.has(t, dir+"/sub", wire.Unreadable)
			seen.has(t, dir+"/beside", wire.File)
			if _, named := seen.entries[dir+"/sub/a"]; named {
				t.Error("what is in it cannot have been seen")
			}

			_ = os.Remove(dir + "/sub/b")
			heal()
			again.Poll()
			if !again.CameBack {
				t.Error("once it can be read again, it is time for a scan")
			}
		})
	}
}

func TestADirectoryAboveTheRootsThatCannotBeReadHasLostNothing(t *testing.T) {
	dir := scratch(t)
	_ = os.MkdirAll(dir+"/above/root", 0o755)
	heal := failing(t, true, dir+"/above")
	f := &found{entries: map[string]wire.Entry{}}
	tree := treeOf(t, f, wire.Root{Path: dir + "/above/root", Kind: wire.Directory, Mode: -1})
	tree.watcher = &late{}

	tree.Scan(nil)

	f.has(t, dir+"/above/root", wire.Unreadable)
	heal()
	tree.Poll()
	if !tree.CameBack {
		t.Error("once it can be read again, it is time for a scan")
	}
}

func TestANameThatIsNotUTF8IsNoProblemOnceItIsGone(t *testing.T) {
	dir := scratch(t)
	_ = os.WriteFile(dir+"/bad\xff", nil, 0o644)
	tree, f := known(t, dir)
	if len(f.problems) != 1 || f.problems[0] != wire.NotUTF8 {
		t.Fatal(f.problems)
	}

	_ = os.Remove(dir + "/bad\xff")
	tree.lookAt(dir, "bad\xff")

	f.has(t, dir+"/bad\uFFFD", wire.Absent)
}
