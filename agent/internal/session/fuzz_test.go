package session

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FuzzSession gives a session whatever bytes follow a good handshake: it ends, and nothing outside its root has changed.
func FuzzSession(f *testing.F) {
	fixtures, err := filepath.Glob("../../testdata/wire/*.hex")
	if err != nil || len(fixtures) == 0 {
		f.Fatal("no fixtures: ", err)
	}
	for _, name := range fixtures {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		data, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
		if err != nil {
			f.Fatal(name, ": ", err)
		}
		// The handshake has had the preamble.
		f.Add(data[6:])
	}
	f.Add([]byte{0, 0, 0, 1, 0x05})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x03})
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := scratch(t)
		write(t, dir+"/outside", "not yours")
		h := attach(t, dir)
		go func() {
			_, _ = h.to.Write(data)
			_ = h.to.Close()
		}()
		select {
		case <-h.ended:
		case <-time.After(20 * time.Second):
			t.Fatal("it goes on")
		}
		if read1(t, dir+"/outside") != "not yours" {
			t.Error("changed outside the root")
		}
	})
}
