package session

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/wire"
)

// host plays devshell against a whole agent over pipes, in a scratch directory:
//
//	dir/home   the agent's own
//	dir/app    the root, unless a test plans otherwise
type host struct {
	t        testing.TB
	dir      string
	app      string
	to       io.WriteCloser
	messages chan wire.Message
	ended    chan error
	state    map[string]wire.Entry // what the agent reported, by path
	content  map[string]string
	problems []*wire.Problem
	last     wire.Message
}

func scratch(t testing.TB) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir+"/app", 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start connects a host to a new agent and says Hello.
func start(t *testing.T, dir string) *host {
	t.Helper()
	inReader, inWriter := io.Pipe()
	outReader, outWriter := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := Run(Config{Home: dir + "/home", Build: "b", In: inReader, Out: outWriter, Stop: make(chan struct{})})
		_ = outWriter.Close()
		_ = inReader.Close()
		ended <- err
	}()
	h := connect(t, dir, inWriter, outReader)
	h.ended = ended
	h.send(&wire.Hello{Owner: "test", LeaseMillis: 60_000})
	return h
}

// connect plays devshell on an agent's streams.
func connect(t testing.TB, dir string, to io.WriteCloser, from io.Reader) *host {
	t.Helper()
	h := &host{t: t, dir: dir, app: dir + "/app", to: to, messages: make(chan wire.Message, 10_000),
		state: map[string]wire.Entry{}, content: map[string]string{}}
	go func() {
		defer close(h.messages)
		in := bufio.NewReaderSize(from, 1<<16)
		if err := wire.ReadPreamble(in); err != nil {
			return
		}
		for {
			m, err := wire.ToHost.Read(in)
			if err != nil {
				return
			}
			if _, beat := m.(*wire.Heartbeat); !beat {
				h.messages <- m
			}
		}
	}()
	if _, err := to.Write(wire.Preamble); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = to.Close() })
	return h
}

// attach is start with a plan for dir/app, up to the end of the scan.
func attach(t *testing.T, dir string) *host {
	t.Helper()
	h := start(t, dir)
	await[*wire.Welcome](h)
	h.plan(&wire.Plan{Roots: []wire.Root{h.root("/app")}})
	return h
}

func (h *host) root(path string) wire.Root {
	return wire.Root{Path: h.dir + path, Kind: wire.Directory, Mode: -1}
}

func (h *host) plan(p *wire.Plan) {
	h.t.Helper()
	h.send(p)
	await[*wire.ScanDone](h)
}

func (h *host) send(m wire.Message) {
	h.t.Helper()
	frame, err := wire.ToAgent.Append(nil, m)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.to.Write(frame); err != nil {
		h.t.Fatal(err)
	}
}

// next waits for a message and takes in what it reports.
func (h *host) next() wire.Message {
	h.t.Helper()
	select {
	case m, ok := <-h.messages:
		if !ok {
			h.t.Fatal("the agent ended")
		}
		h.take(m)
		return m
	case <-time.After(10 * time.Second):
		h.t.Fatalf("no message; the last was: %#v", h.last)
		return nil
	}
}

func (h *host) take(m wire.Message) {
	h.last = m
	switch m := m.(type) {
	case *wire.ScanBegin:
		clear(h.state)
	case *wire.Scanned:
		for _, e := range m.Entries {
			h.state[h.short(e.Path)] = e
		}
	case *wire.Changed:
		for _, c := range m.Changes {
			h.state[h.short(c.Entry.Path)] = c.Entry
			h.content[h.short(c.Entry.Path)] = string(c.Content.Data)
			if c.Entry.Kind == wire.Absent {
				delete(h.state, h.short(c.Entry.Path))
			}
		}
	case *wire.Problem:
		h.problems = append(h.problems, m)
	}
}

func (h *host) short(path string) string { return strings.TrimPrefix(path, h.dir) }

// await waits for a message of a kind.
func await[M wire.Message](h *host) M {
	h.t.Helper()
	for {
		if m, ok := h.next().(M); ok {
			return m
		}
	}
}

var cookies uint64

// flush waits for everything that happened so far, and returns how many changes were reported meanwhile.
func (h *host) flush() int {
	h.t.Helper()
	cookies++
	h.send(&wire.Cookie{ID: cookies})
	changes := 0
	for {
		switch m := h.next().(type) {
		case *wire.Changed:
			changes += len(m.Changes)
		case *wire.CookieSeen:
			if m.ID == cookies {
				return changes
			}
		}
	}
}

var ids uint64 = 100

func (h *host) apply(expected wire.Node, target wire.Entry, content string) *wire.Ack {
	h.t.Helper()
	ids++
	target.Path = h.dir + target.Path
	m := &wire.Apply{ID: ids, Expected: expected, Target: target}
	if target.Kind == wire.File && content != "" {
		m.Content = wire.Content{How: wire.Inline, Data: []byte(content)}
	}
	h.send(m)
	return await[*wire.Ack](h)
}

func fileOf(path, content string, mode uint16) wire.Entry {
	return wire.Entry{Path: path, Kind: wire.File, Mode: mode, Size: int64(len(content)), Mtime: 1e18, Digest: sha256.Sum256([]byte(content))}
}

func nodeOf(content string) wire.Node {
	return wire.Node{Kind: wire.File, Digest: sha256.Sum256([]byte(content))}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read1(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// disk is what a walk finds below dir/app: what the reported state must come to.
func (h *host) disk() map[string]string {
	found := map[string]string{}
	_ = filepath.Walk(h.app, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return nil
		}
		switch {
		case info.IsDir():
			found[h.short(path)] = "dir"
		case info.Mode()&os.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			found[h.short(path)] = "-> " + target
		default:
			content, _ := os.ReadFile(path)
			found[h.short(path)] = fmt.Sprintf("%x %v", blocks.Sum(content), info.Mode()&0o111 != 0)
		}
		return nil
	})
	return found
}

func (h *host) reported() map[string]string {
	found := map[string]string{}
	for path, e := range h.state {
		switch e.Kind {
		case wire.Directory:
			found[path] = "dir"
		case wire.Link:
			found[path] = "-> " + e.Target
		default:
			found[path] = fmt.Sprintf("%x %v", e.Digest, e.Mode&0o111 != 0)
		}
	}
	return found
}

// same checks that what was reported is what is on disk.
func (h *host) same() {
	h.t.Helper()
	disk, reported := h.disk(), h.reported()
	for path, want := range disk {
		if reported[path] != want {
			h.t.Errorf("%s is %s, but was reported: %q", path, want, reported[path])
		}
	}
	for path, was := range reported {
		if _, there := disk[path]; !there {
			h.t.Errorf("%s is not there, but was reported: %s", path, was)
		}
	}
}
