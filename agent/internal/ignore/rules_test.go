package ignore

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"devshell.dev/agent/internal/wire"
)

func TestFixture(t *testing.T) {
	text, err := os.ReadFile("../../testdata/ignore.json")
	if err != nil {
		t.Fatal(err)
	}
	var groups []struct {
		Note, Dialect string
		Rules         []wire.Rule
		Cases         []struct {
			Path                        string
			Directory, Ignored, Descend bool
		}
	}
	if err := json.Unmarshal(text, &groups); err != nil {
		t.Fatal(err)
	}
	for _, group := range groups {
		t.Run(group.Note, func(t *testing.T) {
			dialect := map[string]wire.Dialect{"docker": wire.Docker, "git": wire.Git}[group.Dialect]
			rules, err := Compile(wire.RuleSet{Dialect: dialect, Rules: group.Rules})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range group.Cases {
				if s := rules.Look(c.Path, c.Directory); s.Ignored != c.Ignored || s.Descend != c.Descend {
					t.Errorf("%+v, but was: ignored %v, descend %v", c, s.Ignored, s.Descend)
				}
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, text := range []string{"", "a[", "[]", "[^]", `\`, `a\`, `[\`, "[a-", "\xff"} {
		if _, err := compile(text); err == nil {
			t.Errorf("compiled: %q", text)
		}
	}
}

func TestLongGlobsTakeNoLongerThanTheirLength(t *testing.T) {
	g, err := compile(strings.Repeat("*a", 1000) + "b")
	if err != nil {
		t.Fatal(err)
	}
	if g.match(strings.Repeat("a", 4000)) {
		t.Error("matched without the b")
	}
	if !g.match(strings.Repeat("a", 4000) + "b") {
		t.Error("did not match")
	}
}

// expression is the glob as a regular expression, for comparison.
func expression(g *glob) *regexp.Regexp {
	var b strings.Builder
	for _, s := range g.states {
		switch s.op {
		case literal:
			b.WriteString(regexp.QuoteMeta(string(s.char)))
		case anyOne:
			b.WriteString("[^/]")
		case class:
			b.WriteString("[^/]") // the fuzz target has none
		case anyRun:
			b.WriteString("[^/]*")
		case anything:
			b.WriteString(".*")
		case deepSkip:
			b.WriteString("(.*/)?")
		}
	}
	return regexp.MustCompile(fmt.Sprintf("(?s)^(?:%s)$", b.String()))
}

func FuzzMatch(f *testing.F) {
	f.Add("**/*.log", "a/b/c.log")
	f.Add("a/**", "a/b")
	f.Add("**/a/**/b*?", "x/a/y/z/bcd")
	f.Add(`\*a**/`, "*a/")
	f.Add("ä?[a-c]", "äöb")
	f.Fuzz(func(t *testing.T, text, path string) {
		g, err := compile(text)
		if err != nil || len(path) > 1000 || strings.ToValidUTF8(path, "") != path {
			return
		}
		matched := g.match(path)
		if !strings.Contains(text, "[") && matched != expression(g).MatchString(path) {
			t.Errorf("glob %q, path %q: %v", text, path, matched)
		}
		clean := path != "" && !strings.Contains("/"+path+"/", "//") && !strings.Contains(text, `\/`)
		if at := strings.LastIndexByte(path, '/'); matched && clean && at > 0 {
			if !g.below(path[:at]) {
				t.Errorf("glob %q matches %q, but nothing below %q", text, path, path[:at])
			}
		}
	})
}

func BenchmarkChild(b *testing.B) {
	globs := []string{".git", "node_modules", "log/*", "tmp/*", "**/*~", "**/.#*", "**/#*#", "**/4913", "**/.*.sw?", "**/*___jb_tmp___", "**/*___jb_old___"}
	set := wire.RuleSet{}
	for _, g := range globs {
		set.Rules = append(set.Rules, wire.Rule{Glob: g})
	}
	rules, _ := Compile(set)
	dir := rules.Look("app/models/concerns", true)
	for range b.N {
		rules.Child(&dir, "app/models/concerns/searchable.rb", false)
	}
}
