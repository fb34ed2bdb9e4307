package scan

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unsafe"
)

func TestLeavesAreWhatAMapWouldBe(t *testing.T) {
	random := rand.New(rand.NewSource(3))
	var l leaves
	model := map[string]uint64{}
	for i := range 200_000 {
		// grows and shrinks, through having an index and having none
		name := fmt.Sprint(random.Intn(1 + (i/100)%400))
		if i%7 == 0 {
			name = strings.Repeat("é", 127) + name[:1]
		}
		if random.Intn(2) == 0 {
			l.set(name, leaf{signature: uint64(i)})
			model[name] = uint64(i)
		} else {
			l.remove(name)
			delete(model, name)
		}
		if l.len() != len(model) {
			t.Fatalf("want %d names, but was: %d", len(model), l.len())
		}
		if got := l.get(name); (got != nil) != (model[name] != 0) || got != nil && got.signature != model[name] {
			t.Fatalf("%s: want %d, but was: %v", name, model[name], got)
		}
	}
	for at := range l.list {
		if model[l.name(at)] != l.list[at].signature {
			t.Errorf("%s: want %d, but was: %d", l.name(at), model[l.name(at)], l.list[at].signature)
		}
	}
}

func TestALeafIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(leaf{}); size > 48 {
		t.Errorf("want at most 48 bytes, but was: %d", size)
	}
}
