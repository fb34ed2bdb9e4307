package apply

import (
	"crypto/sha256"
	"os"
	"testing"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

func TestExecutable(t *testing.T) {
	for _, test := range []struct {
		mode uint32
		yes  bool
		want uint32
	}{
		{0o644, true, 0o755}, {0o640, true, 0o750}, {0o600, true, 0o700}, {0o755, false, 0o644}, {0o755, true, 0o755},
		{0o4755, true, 0o4755}, {0o200, true, 0o300}, {0o2644, true, 0o2755}, {0o644, false, 0o644},
	} {
		if got := executable(test.mode, test.yes); got != test.want {
			t.Errorf("%o, %v: want %o, but was: %o", test.mode, test.yes, test.want, got)
		}
	}
}

func home(t testing.TB, dir string) *Home {
	t.Helper()
	h, err := OpenHome(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	h := home(t, dir)
	put := func(s spot, content string) {
		fd, err := fsys.Openat(s.dir, s.name, 0o101, 0o644) // write, create
		if err != nil {
			t.Fatal(err)
		}
		_ = writeAll(fd, []byte(content))
		fsys.Close(fd)
	}
	fresh := wire.Digest(sha256.Sum256([]byte("new")))
	put(h.spot(1), "old")         // exchanged
	put(h.spot(2), "new")         // noted, not exchanged yet
	put(h.spot(3), "only staged") // never noted
	_, _ = h.journal.WriteString(`"" "torn`)
	for id, path := range map[uint64]string{1: "/app/1", 2: "/app/2 \"quoted\"\nname", 4: "/app/gone"} {
		if err := h.note(h.spot(id), path, fresh); err != nil {
			t.Fatal(err)
		}
	}
	h.Close()

	h = home(t, dir)
	left, err := h.Leftovers()
	if err != nil || len(left) != 1 || left[0].Entry.Path != "/app/1" || string(left[0].Content) != "old" {
		t.Errorf("%+v, %v", left, err)
	}
	if names, _ := os.ReadDir(dir + "/stage"); len(names) != 1 {
		t.Errorf("%v", names)
	}
	h.forget(left[0].spot)
	if left, _ := h.Leftovers(); len(left) != 0 {
		t.Errorf("%+v", left)
	}
}

func FuzzJournal(f *testing.F) {
	f.Add(`"" "1-a" "/app/x" ` + "0000000000000000000000000000000000000000000000000000000000000000")
	f.Add(`"" "../x" "/app/x" 00`)
	h := home(f, f.TempDir())
	f.Fuzz(func(t *testing.T, line string) {
		if r, ok := h.parse(line); ok && wire.CheckPath(r.nominal) != nil {
			t.Errorf("%q", r.nominal)
		}
	})
}
