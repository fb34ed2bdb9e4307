package session

import (
	"bytes"
	"math/rand"
	"os"
	"testing"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/wire"
)

func random(seed int64, length int) []byte {
	b := make([]byte, length)
	_, _ = rand.New(rand.NewSource(seed)).Read(b)
	return b
}

func largeFile(path string, content []byte) wire.Entry {
	return wire.Entry{Path: path, Kind: wire.File, Mode: 0o644, Size: int64(len(content)), Mtime: 1e18, Digest: blocks.Sum(content)}
}

func middle(old []byte) []byte {
	fresh := bytes.Clone(old)
	copy(fresh[1<<20+100:], random(2, 1000))
	return fresh
}

func TestMakesALargeFileFromWhatIsThere(t *testing.T) {
	dir := scratch(t)
	old := random(1, 3<<20)
	fresh := middle(old)
	write(t, dir+"/app/large", string(old))
	h := attach(t, dir)

	target := largeFile(h.app+"/large", fresh)
	h.send(&wire.Apply{ID: 7, Expected: wire.Node{Kind: wire.File, Digest: blocks.Sum(old)}, Target: target, Content: wire.Content{How: wire.Sliced}})
	h.send(&wire.Copy{ID: 7, Ranges: []wire.Range{{Offset: 0, Length: 1 << 20}}})
	h.send(&wire.Slice{ID: 7, Data: fresh[1<<20 : 1<<20+1<<16]})
	h.send(&wire.Copy{ID: 7, Ranges: []wire.Range{{Offset: 1<<20 + 1<<16, Length: 2<<20 - 1<<16}}})
	h.send(&wire.Slice{ID: 7, End: wire.Last})
	ack := await[*wire.Ack](h)
	if ack.Status != wire.Applied || read1(t, h.app+"/large") != string(fresh) || ack.Displaced.Digest != blocks.Sum(old) {
		t.Fatalf("%+v", ack)
	}

	// what was displaced comes as what of it devshell does not have
	made, data := h.receive(7, fresh)
	if !bytes.Equal(made, old) || data > 200_000 {
		t.Errorf("%d bytes, of which %d travelled", len(made), data)
	}
	// and whole, when that did not help
	h.send(&wire.Resend{ID: 7})
	if made, data = h.receive(7, nil); !bytes.Equal(made, old) || data != len(old) {
		t.Errorf("%d bytes, of which %d travelled", len(made), data)
	}
	h.send(&wire.Stored{IDs: []uint64{7}})
	if n := h.flush(); n != 0 {
		t.Errorf("%d echoes", n)
	}
}

// receive gathers a content that may be copied from base, and counts what of it travelled.
func (h *host) receive(id uint64, base []byte) (made []byte, data int) {
	h.t.Helper()
	for {
		switch m := h.next().(type) {
		case *wire.Copy:
			for _, r := range m.Ranges {
				made = append(made, base[r.Offset:r.Offset+r.Length]...)
			}
		case *wire.Slice:
			if m.ID != id || m.End == wire.GivenUp {
				h.t.Fatalf("slice %d, %d", m.ID, m.End)
			}
			made = append(made, m.Data...)
			data += len(m.Data)
			if m.End == wire.Last {
				return made, data
			}
		}
	}
}

func TestSendsWhatChangedOfALargeFile(t *testing.T) {
	dir := scratch(t)
	old := random(1, 3<<20)
	write(t, dir+"/app/large", string(old))
	h := attach(t, dir)
	fresh := middle(old)
	write(t, h.app+"/large", string(fresh))
	h.flush()
	if h.state["/app/large"].Digest != blocks.Sum(fresh) {
		t.Fatal("the change was not reported")
	}

	h.send(&wire.Fetch{ID: 9, Path: h.app + "/large", Digest: blocks.Sum(fresh), Base: wire.Node{Kind: wire.File, Digest: blocks.Sum(old)}})
	if made, data := h.receive(9, old); !bytes.Equal(made, fresh) || data > 200_000 {
		t.Errorf("%d bytes, of which %d travelled", len(made), data)
	}
	h.send(&wire.Fetch{ID: 10, Path: h.app + "/large", Digest: blocks.Sum(fresh), Base: wire.Node{Kind: wire.File, Digest: blocks.Sum(random(5, 100))}})
	if made, data := h.receive(10, nil); !bytes.Equal(made, fresh) || data != len(fresh) {
		t.Errorf("%d bytes, of which %d travelled", len(made), data)
	}
}

func TestRefusesADeltaThatDoesNotFit(t *testing.T) {
	old := random(1, 3<<20)
	fresh := middle(old)
	expected := wire.Node{Kind: wire.File, Digest: blocks.Sum(old)}
	last := &wire.Slice{ID: 7, End: wire.Last}
	for _, test := range []struct {
		name     string
		expected wire.Node
		parts    []wire.Message
		before   func(h *host)
		want     wire.Status
	}{
		{"past the end of the base", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Offset: 3<<20 - 1, Length: 2}}}, last}, nil, wire.BadContent},
		{"more than the target", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 3 << 20}, {Length: 1}}}, last}, nil, wire.BadContent},
		{"less than the target", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 2 << 20}}}, last}, nil, wire.BadContent},
		{"another digest", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 3 << 20}}}, last}, nil, wire.BadContent},
		{"nothing to copy from", wire.Node{}, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 3 << 20}}}, last}, func(h *host) { _ = os.Remove(h.app + "/large") }, wire.BadContent},
		{"the base changed meanwhile", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 3 << 20}}}, last},
			func(h *host) { write(h.t, h.app+"/large", string(random(9, 3<<20))) }, wire.Mismatch},
		{"the base became a link", expected, []wire.Message{&wire.Copy{ID: 7, Ranges: []wire.Range{{Length: 3 << 20}}}, last},
			func(h *host) { _ = os.Remove(h.app + "/large"); _ = os.Symlink(h.dir+"/secret", h.app+"/large") }, wire.Mismatch},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := scratch(t)
			write(t, dir+"/app/large", string(old))
			write(t, dir+"/secret", string(old))
			h := attach(t, dir)
			if test.before != nil {
				test.before(h)
			}
			h.send(&wire.Apply{ID: 7, Expected: test.expected, Target: largeFile(h.app+"/large", fresh), Content: wire.Content{How: wire.Sliced}})
			for _, part := range test.parts {
				h.send(part)
			}
			if ack := await[*wire.Ack](h); ack.Status != test.want || ack.Displaced.Kind != wire.Absent {
				t.Errorf("%+v", ack)
			}
			left, _ := os.ReadDir(dir + "/home/stage")
			if len(left) > 0 {
				t.Errorf("%d files stay staged", len(left))
			}
			h.flush()
			h.same()
		})
	}
}

func TestASmallEditOvertakesALargeContent(t *testing.T) {
	h := attach(t, scratch(t))
	content := random(1, 3<<20)
	h.send(&wire.Apply{ID: 7, Target: largeFile(h.app+"/large", content), Content: wire.Content{How: wire.Sliced}})
	for at := 0; at < len(content); at += wire.MaxInline {
		h.send(&wire.Slice{ID: 7, Data: content[at : at+wire.MaxInline]})
	}
	if ack := h.apply(wire.Node{}, fileOf("/app/small", "small", 0o644), "small"); ack.ID == 7 || ack.Status != wire.Applied {
		t.Fatalf("%+v", ack)
	}
	h.send(&wire.Slice{ID: 7, End: wire.Last})
	if ack := await[*wire.Ack](h); ack.ID != 7 || ack.Status != wire.Applied {
		t.Fatalf("%+v", ack)
	}
}

func TestASmallChangeOvertakesTheReadingOfALargeOne(t *testing.T) {
	h := attach(t, scratch(t))
	content := random(1, 64<<20)
	write(t, h.app+"/large", string(content))
	write(t, h.app+"/small", "small")
	if changed := await[*wire.Changed](h); changed.Changes[0].Entry.Path != h.app+"/small" {
		t.Errorf("want small first, but was: %s", changed.Changes[0].Entry.Path)
	}
	h.flush()
	if got := h.state["/app/large"]; got.Digest != blocks.Sum(content) {
		t.Errorf("the barrier did not wait for the large file: %+v", got)
	}
}

func TestConvergesOnALargeFileThatChangesWhileItIsRead(t *testing.T) {
	h := attach(t, scratch(t))
	var last []byte
	for i := range 20 {
		last = random(int64(i), 2<<20+i)
		write(t, h.app+"/large", string(last))
		time.Sleep(time.Duration(i) * time.Millisecond)
	}
	h.flush()
	if got := h.state["/app/large"]; got.Digest != blocks.Sum(last) {
		t.Errorf("want the last content, but was: %+v", got)
	}
	_ = os.Remove(h.app + "/large")
	write(t, h.app+"/large", string(last))
	_ = os.Remove(h.app + "/large")
	h.flush()
	if got := h.state["/app/large"]; got.Kind != wire.Absent {
		t.Errorf("want nothing, but was: %+v", got)
	}
}

func TestHoldsNoMoreSlicesThanItSays(t *testing.T) {
	h := attach(t, scratch(t))
	content := random(1, 12<<20) // three times what may wait
	h.send(&wire.Apply{ID: 7, Target: largeFile(h.app+"/large", content), Content: wire.Content{How: wire.Sliced}})
	for at := 0; at < len(content); at += wire.MaxInline {
		h.send(&wire.Slice{ID: 7, Data: content[at : at+wire.MaxInline]})
		h.send(&wire.Slice{ID: 99, Data: content[:1]}) // of nothing that is known
	}
	h.send(&wire.Slice{ID: 7, End: wire.Last})
	if ack := await[*wire.Ack](h); ack.Status != wire.Applied {
		t.Fatalf("%+v", ack)
	}
}
