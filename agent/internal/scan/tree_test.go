package scan

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"devshell.dev/agent/internal/wire"
)

// limited watches nothing, as where the limit is reached.
type limited struct{}

func (limited) Add(int) (int32, error) { return 0, syscall.ENOSPC }
func (limited) Remove(int32)           {}

// found is a sink that keeps the last of each path.
type found struct {
	entries  map[string]wire.Entry
	problems []wire.Code
}

func (f *found) Found(e wire.Entry, _ []byte)               { f.entries[e.Path] = e }
func (f *found) Problem(_ string, code wire.Code, _ string) { f.problems = append(f.problems, code) }
func (f *found) Later(*Dir, string)                         {}
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
