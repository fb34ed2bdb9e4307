package session

import (
	"bytes"
	"os"
	"syscall"
	"testing"
	"time"

	"devshell.dev/agent/internal/wire"
)

const uploadName = "upload-0a1b"

// put plays the engine: it writes a part of what comes beside the stream.
func (h *host) put(name string, content []byte) {
	h.t.Helper()
	file, err := os.OpenFile(h.dir+"/home/stage/"+name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		h.t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(content); err != nil {
		h.t.Fatal(err)
	}
}

func (h *host) staged() []os.DirEntry {
	left, _ := os.ReadDir(h.dir + "/home/stage")
	return left
}

func (h *host) upload(end wire.End) { h.send(&wire.Upload{ID: 7, End: end, Name: uploadName}) }

func TestTakesWhatCameBesideTheStream(t *testing.T) {
	content := random(1, 9<<20)
	half := len(content) / 2
	slices := func(h *host) {
		for at := 0; at < len(content); at += wire.MaxInline {
			h.send(&wire.Slice{ID: 7, Data: content[at:min(len(content), at+wire.MaxInline)]})
		}
		h.send(&wire.Slice{ID: 7, End: wire.Last})
	}
	stage := func(h *host) string { return h.dir + "/home/stage/" + uploadName }
	for _, test := range []struct {
		name  string
		parts func(h *host)
		want  wire.Status
	}{
		{"hashed while it comes", func(h *host) {
			h.upload(wire.More)
			h.put(uploadName, content[:half])
			time.Sleep(3 * 5 * time.Millisecond)
			h.put(uploadName, content[half:])
			h.upload(wire.Last)
		}, wire.Applied},
		{"there before it is spoken of", func(h *host) { h.put(uploadName, content); h.upload(wire.Last) }, wire.Applied},
		{"rewritten while it comes", func(h *host) {
			h.put(uploadName, make([]byte, len(content)))
			h.upload(wire.More)
			time.Sleep(3 * 5 * time.Millisecond)
			_ = os.WriteFile(stage(h), content, 0o600)
			h.upload(wire.Last)
		}, wire.Applied},
		{"given up before anything came", func(h *host) { h.upload(wire.More); h.upload(wire.GivenUp); slices(h) }, wire.Applied},
		{"given up in its middle", func(h *host) {
			h.upload(wire.More)
			h.put(uploadName, content[:half])
			time.Sleep(3 * 5 * time.Millisecond)
			h.upload(wire.GivenUp)
			slices(h)
		}, wire.Applied},
		{"not there", func(h *host) { h.upload(wire.Last) }, wire.BadContent},
		{"too short", func(h *host) { h.put(uploadName, content[1:]); h.upload(wire.Last) }, wire.BadContent},
		{"too long", func(h *host) { h.put(uploadName, content); h.put(uploadName, []byte{0}); h.upload(wire.Last) }, wire.BadContent},
		{"another content", func(h *host) { h.put(uploadName, random(2, len(content))); h.upload(wire.Last) }, wire.BadContent},
		{"a link", func(h *host) {
			write(h.t, h.dir+"/secret", string(content))
			_ = os.Symlink(h.dir+"/secret", stage(h))
			h.upload(wire.Last)
		}, wire.BadContent},
		{"a second name of a file", func(h *host) {
			write(h.t, h.dir+"/secret", string(content))
			_ = os.Link(h.dir+"/secret", stage(h))
			h.upload(wire.Last)
		}, wire.BadContent},
		{"a pipe", func(h *host) { _ = syscall.Mkfifo(stage(h), 0o600); h.upload(wire.Last) }, wire.BadContent},
		{"slices in between", func(h *host) {
			h.put(uploadName, content)
			h.upload(wire.More)
			h.send(&wire.Slice{ID: 7, Data: content[:100]})
			h.upload(wire.Last)
		}, wire.BadContent},
		{"after slices", func(h *host) {
			h.put(uploadName, content)
			h.send(&wire.Slice{ID: 7, Data: content[:100]})
			h.upload(wire.Last)
			h.upload(wire.GivenUp)
		}, wire.BadContent},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := attach(t, scratch(t))
			h.send(&wire.Apply{ID: 7, Target: largeFile(h.app+"/large", content), Content: wire.Content{How: wire.Sliced}})
			test.parts(h)
			ack := await[*wire.Ack](h)
			if ack.Status != test.want {
				t.Fatalf("%+v", ack)
			}
			if test.want == wire.Applied {
				if got, err := os.ReadFile(h.app + "/large"); err != nil || !bytes.Equal(got, content) {
					t.Errorf("%d bytes, %v", len(got), err)
				}
				if info, err := os.Stat(h.app + "/large"); err != nil || info.Mode() != 0o644 || info.ModTime().UnixNano() != 1e18 {
					t.Errorf("%v, %v", info, err)
				}
			}
			if n := h.flush(); n != 0 {
				t.Errorf("%d echoes", n)
			}
			if left := h.staged(); len(left) > 0 {
				t.Errorf("left in the stage: %v", left)
			}
		})
	}
}

func TestLeavesNothingOfAnUpload(t *testing.T) {
	content := random(1, 3<<20)
	begin := func(h *host) {
		h.send(&wire.Apply{ID: 7, Target: largeFile(h.app+"/large", content), Content: wire.Content{How: wire.Sliced}})
		h.upload(wire.More)
		h.put(uploadName, content[:1<<20])
		h.put("upload-f", content[:1<<20]) // for an operation that never came
		h.flush()
	}
	for name, end := range map[string]func(h *host){
		"the end of the stream": func(h *host) { _ = h.to.Close() },
		"Bye":                   func(h *host) { h.send(&wire.Bye{}); await[*wire.Bye](h) },
	} {
		t.Run(name, func(t *testing.T) {
			h := attach(t, scratch(t))
			begin(h)
			end(h)
			<-h.ended
			if left := h.staged(); len(left) > 0 {
				t.Errorf("left in the stage: %v", left)
			}
		})
	}
	t.Run("an agent that was killed", func(t *testing.T) {
		dir := scratch(t)
		h := attach(t, dir)
		_ = h.to.Close()
		<-h.ended
		h.put(uploadName, content) // what the engine wrote after that
		attach(t, dir)
		if left := h.staged(); len(left) > 0 {
			t.Errorf("left in the stage: %v", left)
		}
	})
	t.Run("an operation that was answered", func(t *testing.T) {
		h := attach(t, scratch(t))
		h.put(uploadName, content)
		h.upload(wire.Last)
		h.flush()
		if left := h.staged(); len(left) > 0 {
			t.Errorf("left in the stage: %v", left)
		}
	})
}
