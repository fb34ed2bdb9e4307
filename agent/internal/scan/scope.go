package scan

import (
	"fmt"
	"path"
	"strings"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/ignore"
	"devshell.dev/agent/internal/wire"
)

// StagePrefix starts the names that the agent gives what it sets aside beside its target. They are never looked at.
const StagePrefix = ".devshell-stage-"

// Root is a path that is synced. Everything inside the agent speaks of real paths, with no link in them; only what leaves
// the agent is translated.
type Root struct {
	wire.Root
	Real  string
	Owner Owner

	ignore, quiet []*ignore.Rules
	top           []ignore.State // what the rules say of the root's own place, first ignore's, then quiet's
}

// Scope says which paths are the sync's.
type Scope struct {
	home  string
	roots map[string]*Root
	next  map[string][]string // from a directory above a root, the names that lead to one
	holes map[string]bool
	kept  map[string]bool // with all directories above
}

// NewScope prepares a plan. The second result names the roots whose links lead to where another root is already.
func NewScope(plan *wire.Plan, home string) (*Scope, []string, error) {
	s := &Scope{home: home, roots: map[string]*Root{}, next: map[string][]string{}, holes: map[string]bool{}, kept: map[string]bool{}}
	var sets []*ignore.Rules
	for _, set := range plan.RuleSets {
		rules, err := ignore.Compile(set)
		if err != nil {
			return nil, nil, err
		}
		sets = append(sets, rules)
	}
	var doubles []string
	for _, r := range plan.Roots {
		root, err := newRoot(r, sets)
		if err != nil {
			return nil, nil, err
		}
		if s.roots[root.Real] != nil {
			doubles = append(doubles, root.Path)
			continue
		}
		s.roots[root.Real] = root
		s.lead(root.Real)
	}
	for _, hole := range plan.Holes {
		real, err := fsys.Resolve(hole)
		if err != nil {
			return nil, nil, fmt.Errorf("unable to resolve %s: %w", hole, err)
		}
		s.holes[real] = true
	}
	for _, kept := range plan.Kept {
		if _, real := s.real(kept); real != "" {
			s.Keep(real)
		}
	}
	return s, doubles, nil
}

func newRoot(r wire.Root, sets []*ignore.Rules) (*Root, error) {
	real, err := fsys.Resolve(r.Path)
	if err != nil {
		return nil, fmt.Errorf("unable to resolve %s: %w", r.Path, err)
	}
	owner, err := ParseOwner(r.Owner)
	if err != nil {
		return nil, fmt.Errorf("the owner of %s: %w", r.Path, err)
	}
	root := &Root{Root: r, Real: real, Owner: owner}
	for _, i := range r.Ignore {
		root.ignore = append(root.ignore, sets[i])
	}
	for _, i := range r.Quiet {
		root.quiet = append(root.quiet, sets[i])
	}
	root.top = make([]ignore.State, len(root.ignore)+len(root.quiet))
	for i := range root.top {
		if r.Prefix != "" {
			root.top[i] = root.rules(i).Look(r.Prefix, r.Kind == wire.Directory)
		}
	}
	return root, nil
}

func (r *Root) rules(i int) *ignore.Rules {
	if i < len(r.ignore) {
		return r.ignore[i]
	}
	return r.quiet[i-len(r.ignore)]
}

// lead notes the names that lead from / to a root.
func (s *Scope) lead(real string) {
	for real != "/" {
		parent, name := path.Split(real)
		parent = path.Clean(parent)
		_, known := s.next[parent]
		if !contains(s.next[parent], name) {
			s.next[parent] = append(s.next[parent], name)
		}
		if known {
			return
		}
		real = parent
	}
	if _, known := s.next["/"]; !known {
		s.next["/"] = nil
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// Keep lets a path be reported although a quiet rule set ignores it.
func (s *Scope) Keep(real string) {
	for !s.kept[real] {
		s.kept[real] = true
		real = path.Dir(real)
	}
}

// real translates a path that devshell named: the longest root that holds it, and where it really is.
func (s *Scope) real(nominal string) (*Root, string) {
	var longest *Root
	for _, r := range s.roots {
		if below(nominal, r.Path) && (longest == nil || len(r.Path) > len(longest.Path)) {
			longest = r
		}
	}
	if longest == nil || (longest.Kind == wire.File && nominal != longest.Path) {
		return nil, ""
	}
	return longest, join(longest.Real, strings.TrimPrefix(nominal[len(longest.Path):], "/"))
}

// nominal is the way back from real.
func (r *Root) nominal(real string) string {
	return join(r.Path, strings.TrimPrefix(real[len(r.Real):], "/"))
}

// below says whether p is dir or lies below it.
func below(p, dir string) bool {
	return dir == "/" || (strings.HasPrefix(p, dir) && (len(p) == len(dir) || p[len(dir)] == '/'))
}

func join(dir, rest string) string {
	switch {
	case rest == "":
		return dir
	case dir == "/":
		return "/" + rest
	case dir == "":
		return rest
	}
	return dir + "/" + rest
}

// place is what the scope says of a path.
type place struct {
	root    *Root // nil: outside all roots, but above one
	states  []ignore.State
	skip    bool // it is not looked at, nor anything below it
	ignored bool // it does not exist for the sync; what is below it may
	quiet   bool // it is ignored only as long as devshell does not name it
}

// top is the place of /.
func (s *Scope) top() place {
	if r := s.roots["/"]; r != nil {
		return place{root: r, states: r.top}
	}
	return place{ignored: true}
}

// child says what a name in a directory is, given what the directory is.
func (s *Scope) child(parent *place, real string, directory bool) place {
	if s.holes[real] || real == s.home || strings.Contains(real, "/"+StagePrefix) {
		return place{skip: true}
	}
	if r := s.roots[real]; r != nil {
		return place{root: r, states: r.top}
	}
	_, leads := s.next[real]
	p := place{root: parent.root, ignored: true}
	if parent.root == nil || parent.root.Kind == wire.File {
		p.root = nil
		p.skip = !leads
		return p
	}
	p.rule(parent, real, directory)
	p.quiet = p.quiet && !p.ignored && !s.kept[real]
	if p.quiet {
		p.ignored = true
		p.skip = true
	}
	p.skip = p.skip && !leads
	return p
}

// rule asks the rule sets, each from what it said of the parent.
func (p *place) rule(parent *place, real string, directory bool) {
	r := p.root
	p.ignored = false
	if len(r.top) == 0 {
		return
	}
	p.states = make([]ignore.State, len(r.top))
	inTree := join(r.Prefix, strings.TrimPrefix(real[len(r.Real):], "/"))
	for i := range p.states {
		p.states[i] = r.rules(i).Child(&parent.states[i], inTree, directory)
		state := &p.states[i]
		switch {
		case i >= len(r.ignore):
			p.quiet = p.quiet || state.Ignored
		case state.Ignored:
			p.ignored = true
			p.skip = p.skip || !state.Descend
		}
	}
}

// KeepAlso keeps what another scope came to keep: what devshell applied stays reported when the plan changes.
func (s *Scope) KeepAlso(other *Scope) {
	for real := range other.kept {
		s.Keep(real)
	}
}
