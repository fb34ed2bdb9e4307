// Package ignore decides which paths do not exist for the sync, by rules that devshell compiled from ignore files.
//
// docs/mappings.md defines how they match; testdata/ignore.json holds this package and devshell's to it.
package ignore

import (
	"fmt"

	"devshell.dev/agent/internal/wire"
)

// Rules is a set of rules that are matched together.
type Rules struct {
	dialect wire.Dialect
	rules   []rule
}

type rule struct {
	glob          *glob
	negated       bool
	directoryOnly bool
}

// Compile prepares a rule set of a plan.
func Compile(set wire.RuleSet) (*Rules, error) {
	compiled := &Rules{dialect: set.Dialect}
	for _, r := range set.Rules {
		g, err := compile(r.Glob)
		if err != nil {
			return nil, fmt.Errorf("unable to compile %.200q: %w", r.Glob, err)
		}
		compiled.rules = append(compiled.rules, rule{g, r.Negated, r.DirectoryOnly})
	}
	return compiled, nil
}

// State is what the rules said of a directory, from which they are asked about its children: so a path costs one look at
// each rule, however deep it lies. The zero State is the top's.
type State struct {
	// matched are the rules that matched the directory or one above it (docker)
	matched places
	// Ignored says that the path does not exist for the sync.
	Ignored bool
	// Descend says that something below may exist nevertheless; it is true of every directory that is not ignored.
	Descend bool
}

// Child returns what the rules say of a path, given what they said of the directory it is in.
func (r *Rules) Child(parent *State, path string, directory bool) State {
	if r.dialect == wire.Git {
		return r.gitChild(parent, path, directory)
	}
	return r.dockerChild(parent, path, directory)
}

func (r *Rules) gitChild(parent *State, path string, directory bool) State {
	ignored := parent.Ignored
	for i := len(r.rules) - 1; i >= 0 && !parent.Ignored; i-- {
		if r.rules[i].matches(path, directory) {
			ignored = !r.rules[i].negated
			break
		}
	}
	return State{Ignored: ignored, Descend: directory && !ignored}
}

func (r *Rules) dockerChild(parent *State, path string, directory bool) State {
	s := State{matched: parent.matched}
	own := !directory // whether matched is ours to change; a file's is never needed
	last := -1
	for i := len(r.rules) - 1; i >= 0; i-- {
		above := s.matched != nil && s.matched.has(i)
		if !above && !r.rules[i].matches(path, directory) {
			continue
		}
		if last < 0 {
			last = i
		}
		if !directory {
			break
		}
		if !above {
			if !own {
				s.matched = append(make(places, 0, len(r.rules)/64+1), parent.matched...)[:len(r.rules)/64+1]
				own = true
			}
			s.matched[i/64] |= 1 << (i % 64)
		}
	}
	s.Ignored = last >= 0 && !r.rules[last].negated
	s.Descend = directory && (!s.Ignored || r.keepsBelow(path, last+1))
	return s
}

// keepsBelow says whether a negated rule from the given one on could match below a directory.
func (r *Rules) keepsBelow(directory string, from int) bool {
	for _, rule := range r.rules[from:] {
		if rule.negated && rule.glob.below(directory) {
			return true
		}
	}
	return false
}

func (r *rule) matches(path string, directory bool) bool {
	return (directory || !r.directoryOnly) && r.glob.match(path)
}

// Look returns what the rules say of a path, asking from the top down.
func (r *Rules) Look(path string, directory bool) State {
	var s State
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			s = r.Child(&s, path[:i], directory || i < len(path))
		}
	}
	return s
}
