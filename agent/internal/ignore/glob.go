package ignore

import (
	"errors"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// op is what one state of a glob's machine consumes.
type op uint8

const (
	literal  op = iota // one given character
	anyOne             // one character other than /
	class              // one character of a class, never /
	anyRun             // any run of characters other than /
	anything           // any run of characters
	deepSkip           // nothing: either deepRun follows or is left out; together they are (.*/)?
	deepRun            // any run of characters that ends in /
)

type state struct {
	op     op
	char   rune
	ranges []rune // pairs, low and high
	negate bool
}

// glob is a canonical glob as docs/mappings.md defines it, run as a machine that holds all places it may be in at once, so
// that no glob takes more than its length times the path's.
type glob struct {
	states   []state
	prefix   string  // what every match starts with
	suffix   string  // what every match ends with
	plain    bool    // prefix is all there is
	segments []*glob // between the slashes; nil for one with a **, which ends the list
}

var errGlob = errors.New("not a canonical glob")

func compile(text string) (*glob, error) {
	g, err := compileStates(text)
	if err != nil {
		return nil, err
	}
	for _, part := range splitSegments(text) {
		segment, err := compileStates(part)
		if err != nil {
			return nil, err
		}
		if segment.spans() {
			g.segments = append(g.segments, nil)
			break
		}
		g.segments = append(g.segments, segment)
	}
	return g, nil
}

func compileStates(text string) (*glob, error) {
	if text == "" || !utf8.ValidString(text) {
		return nil, errGlob
	}
	g := &glob{}
	for rest := text; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "**/"):
			g.states = append(g.states, state{op: deepSkip}, state{op: deepRun})
			rest = rest[3:]
		case strings.HasPrefix(rest, "**"):
			g.states = append(g.states, state{op: anything})
			rest = rest[2:]
		case rest[0] == '*':
			g.states = append(g.states, state{op: anyRun})
			rest = rest[1:]
		case rest[0] == '?':
			g.states = append(g.states, state{op: anyOne})
			rest = rest[1:]
		case rest[0] == '[':
			s, length, err := parseClass(rest)
			if err != nil {
				return nil, err
			}
			g.states = append(g.states, s)
			rest = rest[length:]
		default:
			char, length, err := character(rest)
			if err != nil {
				return nil, err
			}
			g.states = append(g.states, state{op: literal, char: char})
			rest = rest[length:]
		}
	}
	g.anchor()
	return g, nil
}

// anchor finds the literal beginning and end.
func (g *glob) anchor() {
	var b strings.Builder
	first := 0
	for first < len(g.states) && g.states[first].op == literal {
		b.WriteRune(g.states[first].char)
		first++
	}
	g.prefix = b.String()
	g.plain = first == len(g.states)
	last := len(g.states)
	for last > first && g.states[last-1].op == literal {
		last--
	}
	b.Reset()
	for _, s := range g.states[last:] {
		b.WriteRune(s.char)
	}
	g.suffix = b.String()
}

// spans says whether the glob has a **.
func (g *glob) spans() bool {
	for _, s := range g.states {
		if s.op >= anything {
			return true
		}
	}
	return false
}

// character reads one character, escaped or not.
func character(text string) (rune, int, error) {
	if text[0] != '\\' {
		char, length := utf8.DecodeRuneInString(text)
		return char, length, nil
	}
	if len(text) == 1 {
		return 0, 0, errGlob
	}
	char, length := utf8.DecodeRuneInString(text[1:])
	return char, 1 + length, nil
}

// parseClass reads [a-z_] or [^a-z_] and returns its length.
func parseClass(text string) (state, int, error) {
	s := state{op: class}
	at := 1
	if strings.HasPrefix(text[at:], "^") {
		s.negate = true
		at++
	}
	for at < len(text) && text[at] != ']' {
		low, length, err := character(text[at:])
		if err != nil {
			return s, 0, err
		}
		at += length
		high := low
		if at+1 < len(text) && text[at] == '-' && text[at+1] != ']' {
			if high, length, err = character(text[at+1:]); err != nil {
				return s, 0, err
			}
			at += 1 + length
		}
		s.ranges = append(s.ranges, low, high)
	}
	if at == len(text) || len(s.ranges) == 0 {
		return s, 0, errGlob
	}
	return s, at + 1, nil
}

// splitSegments cuts a glob at the slashes that are neither escaped nor in a class.
func splitSegments(text string) []string {
	var parts []string
	start, inClass := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case inClass:
			inClass = c != ']'
		case c == '[':
			inClass = true
		case c == '/':
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	parts = append(parts, text[start:])
	for i, part := range parts {
		// a slash at an end, or two in a row: no component is empty, so this never matches one
		if part == "" {
			parts[i] = "/"
		}
	}
	return parts
}

func (s *state) takes(c rune) bool {
	switch s.op {
	case literal:
		return c == s.char
	case anyOne, anyRun:
		return c != '/'
	case class:
		if c == '/' {
			return false
		}
		for i := 0; i < len(s.ranges); i += 2 {
			if s.ranges[i] <= c && c <= s.ranges[i+1] {
				return !s.negate
			}
		}
		return s.negate
	case anything, deepRun:
		return true
	}
	return false
}

// match holds the glob against the whole path.
func (g *glob) match(path string) bool {
	if g.plain {
		return path == g.prefix
	}
	if len(path) < len(g.prefix)+len(g.suffix) || !strings.HasPrefix(path, g.prefix) || !strings.HasSuffix(path, g.suffix) {
		return false
	}
	var room [4]uint64
	words := len(g.states)/64 + 1
	now, next := places(room[:2]), places(room[2:])
	if words > 2 {
		now, next = make(places, words), make(places, words)
	}
	g.enter(now, 0)
	for _, c := range path {
		clear(next)
		g.step(now, next, c)
		now, next = next, now
	}
	return now.has(len(g.states))
}

// places is a set of states that the machine may be in.
type places []uint64

func (p places) has(i int) bool { return p[i/64]>>(i%64)&1 != 0 }

// enter adds a state and those that are reached from it for nothing.
func (g *glob) enter(p places, i int) {
	for !p.has(i) {
		p[i/64] |= 1 << (i % 64)
		if i == len(g.states) {
			return
		}
		switch g.states[i].op {
		case anyRun, anything:
			i++
		case deepSkip:
			g.enter(p, i+1)
			i += 2
		default:
			return
		}
	}
}

func (g *glob) step(now, next places, c rune) {
	for word, set := range now {
		for ; set != 0; set &= set - 1 {
			i := word*64 + bits.TrailingZeros64(set)
			if i == len(g.states) || !g.states[i].takes(c) {
				continue
			}
			switch g.states[i].op {
			case anyRun, anything:
				g.enter(next, i)
			case deepRun:
				g.enter(next, i)
				if c == '/' {
					g.enter(next, i+1)
				}
			default:
				g.enter(next, i+1)
			}
		}
	}
}

// below says whether something below the directory could match.
func (g *glob) below(directory string) bool {
	for rest, more, i := directory, true, 0; more; i++ {
		if i == len(g.segments) {
			return false
		}
		if g.segments[i] == nil {
			return true
		}
		var component string
		component, rest, more = strings.Cut(rest, "/")
		if !g.segments[i].match(component) {
			return false
		}
	}
	return true
}
