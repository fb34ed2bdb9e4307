package wire

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadRefusesWhatDoesNotFit(t *testing.T) {
	for _, test := range []struct{ name, frames, want string }{
		{"empty frame", "00000000", "1 to 1048576"},
		{"large frame", "00100001", "1048577"},
		{"short frame", "00000002 08", "unexpected EOF"},
		{"trailing byte", "00000002 0800", "1 bytes too many"},
		{"type of the other direction", "00000001 81", "type 0x81"},
		{"short value", "00000005 07 00000000", "ends within a value"},
		{"large list", "00000005 06 7fffffff", "list of 2147483647"},
		{"not UTF-8", "00000009 01 0002c328 00000001", "not UTF-8"},
		{"a way out of the stage", "00000012 0d 0000000000000001 01 00062e2e2f612f62", "an upload's name"},
		{"large lease", "00000009 01 0002c3a4 ffffffff", "a lease"},
		{"trailing slash", "0000000a 0a 00000001 00032f612f", "no empty"},
		{"dots", "0000000a 0a 00000001 00032f2e2e", "no empty"},
		{"empty component", "0000000a 0a 00000001 00032f2f61", "no empty"},
		{"NUL", "00000009 0a 00000001 00022f00", "no NUL"},
		{"relative", "00000009 0a 00000001 00026162", "starts with /"},
		{"slice's end", "0000000e 04 0000000000000001 03 00000000", "from 0 to 2"},
		{"range before the start", "0000001d 0b 0000000000000001 00000001 ffffffffffffffff 0000000000000001", "an offset"},
		{"range past all ends", "0000001d 0b 0000000000000001 00000001 0000000000000001 7fffffffffffffff", "an offset"},
		{"empty range", "0000001d 0b 0000000000000001 00000001 0000000000000001 0000000000000000", "at least one byte"},
		{"no range", "0000000d 0b 0000000000000001 00000000", "1 to 4096 ranges"},
		{"large slice", "0000000e 04 0000000000000001 00 00010001", "at most 65536"},
	} {
		t.Run(test.name, func(t *testing.T) {
			frames, err := hex.DecodeString(strings.ReplaceAll(test.frames, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			_, err = ToAgent.Read(bytes.NewReader(frames))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("want an error with %q, but was: %v", test.want, err)
			}
		})
	}
}

func TestReadPreamble(t *testing.T) {
	var version *VersionError
	if err := ReadPreamble(strings.NewReader("dvsh\x00\x04")); !errors.As(err, &version) || version.Version != 4 {
		t.Errorf("want a VersionError, but was: %v", err)
	}
	if err := ReadPreamble(strings.NewReader("HTTP/1")); err == nil || !strings.Contains(err.Error(), "HTTP/1") {
		t.Errorf("want what it starts with, but was: %v", err)
	}
	if err := ReadPreamble(bytes.NewReader(Preamble)); err != nil {
		t.Error(err)
	}
}

func TestAppendRefusesWhatDoesNotFit(t *testing.T) {
	before := []byte("before")
	for _, m := range []Message{
		&Keep{Paths: []string{"relative"}},
		&Hello{Owner: "\xff"},
		&Slice{Data: make([]byte, MaxInline+1)},
		&Welcome{},
		&Apply{Target: Entry{Path: "/a", Kind: Special}},
		&Apply{Target: Entry{Path: "/a", Kind: File, Size: 2}, Content: Content{How: Inline, Data: []byte("a")}},
	} {
		after, err := ToAgent.Append(before, m)
		if err == nil || !bytes.Equal(after, before) {
			t.Errorf("%T: want an error and nothing appended, but was: %v, %q", m, err, after)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(fixtures + "/*.hex")
	for _, file := range files {
		f.Add(loadFixture(f, file)[6:])
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		for _, d := range []*Direction{ToAgent, ToHost} {
			in := bytes.NewReader(stream)
			for {
				before := in.Len()
				m, err := d.Read(in)
				if err != nil {
					if errors.Is(err, io.EOF) && in.Len() != 0 {
						t.Errorf("the end before the end")
					}
					break
				}
				// what is read can be written, to the same bytes
				written, err := d.Append(nil, m)
				read := stream[len(stream)-before : len(stream)-in.Len()]
				if err != nil || !bytes.Equal(written, read) {
					t.Fatalf("read %x, written %x, %v", read, written, err)
				}
			}
		}
	})
}

func FuzzCheckPath(f *testing.F) {
	for _, p := range []string{"/", "/a", "/a/..", "//", "a", "/a\x00", "/" + strings.Repeat("a", 256), strings.Repeat("/a", 2048)} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if CheckPath(p) == nil && (filepath.Clean(p) != p || !filepath.IsAbs(p) || len(p) > 4095 || strings.Contains(p, "\x00")) {
			t.Errorf("taken for clean: %q", p)
		}
	})
}
