package blocks

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"testing"

	"devshell.dev/agent/internal/wire"
)

// piece is a stretch of the endless bytes that a linear congruential generator makes from a seed.
type piece struct {
	Seed         uint32
	From, Length int
}

func content(pieces []piece) []byte {
	var out []byte
	for _, p := range pieces {
		state := p.Seed
		for i := range p.From + p.Length {
			state = state*1_664_525 + 1_013_904_223
			if i >= p.From {
				out = append(out, byte(state>>24))
			}
		}
	}
	return out
}

func hash(content []byte) (wire.Digest, *List) {
	var h Hasher
	for step := 1; len(content) > 0; step = step*2 + 1 {
		n := min(step, len(content))
		_, _ = h.Write(content[:n])
		content = content[n:]
	}
	return h.Sum()
}

func delta(fresh, base []byte) *Delta {
	_, freshList := hash(fresh)
	_, baseList := hash(base)
	return NewDelta(freshList, baseList, func(buf []byte, position int64) error {
		copy(buf, fresh[position:])
		return nil
	})
}

func TestAgreesWithDevshell(t *testing.T) {
	text, err := os.ReadFile("../../testdata/blocks.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name        string
		Base, Fresh []piece
		Digest      string
		Parts       []string
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			base, fresh := content(c.Base), content(c.Fresh)
			if digest, _ := hash(fresh); hex.EncodeToString(digest[:]) != c.Digest || Sum(fresh) != digest {
				t.Errorf("the digest is %x", digest)
			}
			if len(fresh) <= Large || len(base) <= Large {
				return
			}
			var parts []string
			for d := delta(fresh, base); ; {
				part, more, err := d.Next()
				if err != nil {
					t.Fatal(err)
				}
				if !more {
					break
				}
				for _, r := range part.Ranges {
					parts = append(parts, fmt.Sprintf("copy %d %d", r.Offset, r.Length))
				}
				if part.Ranges == nil {
					parts = append(parts, fmt.Sprintf("data %d", len(part.Data)))
				}
			}
			if !reflect.DeepEqual(parts, c.Parts) {
				t.Errorf("%q\nfixture %q", parts, c.Parts)
			}
		})
	}
}

func TestADeltaMakesTheNewContent(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	for range 30 {
		base := make([]byte, Large+1+random.Intn(3<<20))
		_, _ = random.Read(base)
		fresh := base
		for range 1 + random.Intn(4) {
			at := random.Intn(len(fresh))
			end := at + random.Intn(min(300_000, len(fresh)-at)+1)
			added := make([]byte, max(random.Intn(300_000), Large+1-len(fresh)+end-at))
			_, _ = random.Read(added)
			fresh = bytes.Join([][]byte{fresh[:at], added, fresh[end:]}, nil)
		}
		var made []byte
		for d := delta(fresh, base); ; {
			part, more, err := d.Next()
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				break
			}
			for _, r := range part.Ranges {
				made = append(made, base[r.Offset:r.Offset+r.Length]...)
			}
			made = append(made, part.Data...)
		}
		if !bytes.Equal(made, fresh) {
			t.Fatalf("%d bytes of %d", len(made), len(fresh))
		}
	}
}

func TestForgetsTheBlocksThatNobodyAsksFor(t *testing.T) {
	list := func(n byte) (wire.Digest, *List) {
		return wire.Digest{n}, &List{Sums: make([]uint32, maxHeld/2)}
	}
	for n := range byte(3) {
		Remember(list(n))
		if Find(wire.Digest{0}) == nil {
			t.Fatal("forgot what was asked for")
		}
	}
	if Find(wire.Digest{1}) != nil || Find(wire.Digest{2}) == nil {
		t.Error("the wrong one is forgotten")
	}
}
