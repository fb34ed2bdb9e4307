package fsys

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func scratch(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.MkdirAll(dir+"/a/b", 0o755),
		os.WriteFile(dir+"/a/file", nil, 0o644),
		os.Symlink("a", dir+"/link"),
		os.Symlink(dir+"/a/b", dir+"/absolute"),
		os.Symlink("../link/b", dir+"/a/up"),
		os.Symlink("loop", dir+"/loop"),
		os.Symlink("nowhere/x", dir+"/dangling"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOpenDirFollowsNoLink(t *testing.T) {
	dir := scratch(t)
	defer noOpenat2.Store(noOpenat2.Load())
	for _, without := range []bool{false, true} {
		noOpenat2.Store(without)
		for path, want := range map[string]error{
			"/a/b": nil, "/link": syscall.ELOOP, "/link/b": syscall.ELOOP, "/a/up": syscall.ELOOP, "/absolute": syscall.ELOOP,
			"/a/file": syscall.ENOTDIR, "/a/file/x": syscall.ENOTDIR, "/none": syscall.ENOENT, "/none/x": syscall.ENOENT,
		} {
			fd, err := OpenDir(dir + path)
			if err == nil {
				Close(fd)
			}
			if err != want {
				t.Errorf("%s, without openat2 %v: want %v, but was: %v", path, without, want, err)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	dir := scratch(t)
	for path, want := range map[string]string{
		"/a/b": "/a/b", "/link/b": "/a/b", "/a/up": "/a/b", "/absolute/c/d": "/a/b/c/d", "/dangling/y": "/nowhere/x/y", "/none/x": "/none/x",
	} {
		if got, err := Resolve(dir + path); err != nil || got != dir+want {
			t.Errorf("%s: want %s, but was: %s, %v", path, want, got, err)
		}
	}
	if _, err := Resolve(dir + "/loop"); err != syscall.ELOOP {
		t.Errorf("loop: %v", err)
	}
}

func TestList(t *testing.T) {
	fd, err := OpenDirToRead(scratch(t))
	if err != nil {
		t.Fatal(err)
	}
	defer Close(fd)
	for range 2 { // a second time it begins anew
		names, err := List(fd)
		if err != nil || len(names) != 5 {
			t.Errorf("%v, %v", names, err)
		}
	}
}
