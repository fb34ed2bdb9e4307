// Package scan knows what stands below the roots, finds out what changed, and says so.
//
// It reads and never writes. All of it belongs to one goroutine.
package scan

import (
	"path"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// Watcher watches directories; watch.Watcher is one.
type Watcher interface {
	Add(dir int) (int32, error)
	Remove(watch int32)
}

// Sink takes what the tree finds. Content is only given for changes, and only of small files.
type Sink interface {
	Found(e wire.Entry, content []byte)
	Problem(path string, code wire.Code, message string)
	// Later asks to look at a name again soon: it changes faster than it can be read.
	Later(d *Dir, name string)
	// Large asks to read a large file, whatever goroutine that is done in, and to give it to TakeRead then.
	Large(r *Reading)
}

const unwatched = -1

// Dir is a directory that is watched.
type Dir struct {
	place
	path   string // real
	parent *Dir
	watch  int32
	mode   uint16
	dev    uint64
	ino    uint64
	gone   bool
	shut   bool // it cannot be read, and what is known of it is from before
	leaves leaves
	dirs   map[string]*Dir
}

// Gone says that the directory is not part of the tree any more.
func (d *Dir) Gone() bool { return d.gone }

// Watched says whether events come from the directory.
func (d *Dir) Watched() bool { return d.watch != unwatched }

// Tree is all that is known.
type Tree struct {
	scope   *Scope
	watcher Watcher
	sink    Sink
	top     *Dir
	byWatch map[int32]*Dir
	polled  map[*Dir]struct{} // where the watch limit was reached
	links   links
	// CameBack says that a root appeared that was not there: time for a scan with a fresh scope.
	CameBack bool
	scanning bool
}

// NewTree returns a tree that knows nothing yet.
func NewTree(scope *Scope, watcher Watcher, sink Sink) *Tree {
	t := &Tree{scope: scope, watcher: watcher, sink: sink, byWatch: map[int32]*Dir{}, polled: map[*Dir]struct{}{}, links: newLinks()}
	t.top = &Dir{place: scope.top(), path: "/", watch: unwatched}
	return t
}

// Scan fills the tree and reports everything in it. It reads only what old, a tree of an earlier plan, does not know.
func (t *Tree) Scan(old *Tree) {
	t.scanning = true
	var oldTop *Dir
	if old != nil {
		oldTop = old.top
	}
	if len(t.scope.roots) > 0 {
		t.enter(t.top, oldTop)
	}
	t.scanning = false
	if old != nil {
		for watch := range old.byWatch {
			if t.byWatch[watch] == nil {
				t.watcher.Remove(watch)
			}
		}
	}
}

// ByWatch returns the directory that an event came from, nil if it is none of ours any more.
func (t *Tree) ByWatch(watch int32) *Dir { return t.byWatch[watch] }

// visit watches an open directory, closes it, and finds everything in it: first what is in it, then what is below.
func (t *Tree) visit(d *Dir, fd int, old *Dir) {
	below := t.list(d, fd, old)
	fsys.Close(fd)
	for _, child := range below {
		var oldChild *Dir
		if old != nil {
			oldChild = old.dirs[path.Base(child.path)]
		}
		t.enter(child, oldChild)
	}
}

// enter visits a directory by its path.
func (t *Tree) enter(d *Dir, old *Dir) {
	fd, err := openDir(d.path)
	if err != nil {
		t.shut(d, err)
		return
	}
	t.visit(d, fd, old)
}

// What reads directories; tests have them fail.
var (
	openDir = fsys.OpenDirToRead
	listDir = fsys.List
)

// shut reports a directory that cannot be read. Nothing in it is said to be gone: nobody knows. It is tried again like those
// that have no watch. One that vanished has an event of its own.
func (t *Tree) shut(d *Dir, err error) {
	if unreadable(err).kind == wire.Absent || err == syscall.ELOOP {
		return
	}
	t.polled[d] = struct{}{}
	if d.shut {
		return
	}
	d.shut = true
	if d.root != nil && !d.ignored {
		t.unreadable(t.nominal(d, ""), err)
	}
	t.rootsUnreadable(d.path, err)
}

// rootsUnreadable reports the roots below a path, which no name leads to now.
func (t *Tree) rootsUnreadable(real string, err error) {
	for at, r := range t.scope.roots {
		if at != real && below(at, real) {
			t.unreadable(r.Path, err)
		}
	}
}

func (t *Tree) unreadable(nominal string, err error) {
	t.sink.Found(wire.Entry{Path: nominal, Kind: wire.Unreadable}, nil)
	t.sink.Problem(nominal, wire.PathUnreadable, err.Error())
}

// list is visit without what is below: it returns the directories to go on with.
func (t *Tree) list(d *Dir, fd int, old *Dir) []*Dir {
	if stat, err := fsys.Fstat(fd); err == nil {
		d.dev, d.ino, d.mode = stat.Dev, stat.Ino, stat.Permissions()
	}
	t.watch(d, fd)
	names, err := t.names(d, fd)
	if err != nil {
		t.shut(d, err)
		return nil
	}
	if d.shut {
		// what changed in it meanwhile, and what else was not told, a scan finds
		d.shut, t.CameBack = false, true
		return nil
	}
	if !t.scanning {
		t.dropMissing(d, names)
	}
	t.reserve(d, names)
	var below []*Dir
	for len(names) > 0 {
		some := names[:min(len(names), atOnce)]
		found := t.examineAll(d, fd, some, old)
		for i := range some {
			if child := t.settle(d, some[i].Name, &found[i]); child != nil {
				below = append(below, child)
			}
		}
		names = names[len(some):]
	}
	if old != nil && old != d {
		old.leaves = leaves{} // two trees are not held in full
	}
	return below
}

// atOnce is of how many names all is held that was found out about them.
const atOnce = 1024

// reserve makes room for what a scan is about to find.
func (t *Tree) reserve(d *Dir, names []fsys.Name) {
	if d.root == nil || d.leaves.len() > 0 {
		return
	}
	files, bytes := 0, 0
	for _, n := range names {
		if !n.Dir {
			files++
			bytes += len(n.Name)
		}
	}
	d.leaves.reserve(files, bytes)
}

// names lists a directory: of one above the roots, only what leads to them.
func (t *Tree) names(d *Dir, fd int) ([]fsys.Name, error) {
	if d.root != nil && d.root.Kind == wire.Directory {
		names, err := listDir(fd)
		if t.scanning { // devshell keeps them in their order
			slices.SortFunc(names, func(a, b fsys.Name) int { return strings.Compare(a.Name, b.Name) })
		}
		return names, err
	}
	var names []fsys.Name
	for _, name := range t.scope.next[d.path] {
		names = append(names, fsys.Name{Name: name, Dir: true})
	}
	return names, nil
}

// placed is a finding, and where it is.
type placed struct {
	finding
	place place
}

func (t *Tree) examineAll(d *Dir, fd int, names []fsys.Name, old *Dir) []placed {
	found := make([]placed, len(names))
	want := wantContent
	if t.scanning {
		want = wantDigest
	}
	parallel(len(names), func(i int) {
		found[i] = t.examine(d, fd, names[i].Name, names[i].Dir, old, trustOwn, want)
	})
	return found
}

// examine finds out about one name. It changes nothing, so that many can run at once.
func (t *Tree) examine(d *Dir, fd int, name string, directory bool, old *Dir, how trust, want want) placed {
	real := join(d.path, name)
	p := t.scope.child(&d.place, real, directory)
	if p.skip && p.root == nil {
		return placed{place: p}
	}
	stat, err := fsys.Lstat(fd, name)
	if err != nil {
		return placed{finding: unreadable(err), place: p}
	}
	if stat.IsDir() != directory {
		p = t.scope.child(&d.place, real, stat.IsDir())
	}
	if p.skip || (p.ignored && !stat.IsDir()) {
		return placed{place: p, finding: finding{stat: stat}}
	}
	var known *leaf
	if old != nil {
		known = old.leaves.get(name)
	}
	if t.scanning && how == trustOwn {
		how = trustNone
	}
	return placed{finding: examineStat(fd, name, stat, known, how, want), place: p}
}

// settle takes in a finding and reports it if it is news. It returns a directory that is to be visited.
func (t *Tree) settle(d *Dir, name string, f *placed) *Dir {
	if f.kind == wire.Absent && !f.place.skip {
		t.unname(d, name)
		t.dropDirReporting(d, name)
		t.put(d, name, &f.place, f.finding)
		return nil
	}
	if f.place.skip || (f.place.ignored && f.kind != wire.Directory) {
		return nil
	}
	if !t.nameable(d, name, f) {
		return nil
	}
	if f.kind == wire.Directory {
		return t.putDir(d, name, f)
	}
	if f.kind == wire.Unreadable && t.settleUnreadable(d, name, f.err) {
		return nil
	}
	if f.kind == wire.Link && t.scope.leads(join(d.path, name)) {
		// where a root should be, or above one: the roots are to be resolved anew
		t.CameBack = t.CameBack || !t.scanning
		return nil
	}
	t.dropDir(d, name)
	t.put(d, name, &f.place, f.finding)
	return nil
}

// settleUnreadable is settle for a name that was a directory, or that leads to roots.
func (t *Tree) settleUnreadable(d *Dir, name string, err error) bool {
	if child := d.dirs[name]; child != nil {
		t.shut(child, err)
		return true
	}
	real := join(d.path, name)
	if !t.scope.leads(real) {
		return false
	}
	t.polled[d] = struct{}{}
	if r := t.scope.roots[real]; r != nil {
		t.unreadable(r.Path, err)
	}
	t.rootsUnreadable(real, err)
	return true
}

// leads says whether a path is a directory's root, or above a root.
func (s *Scope) leads(real string) bool {
	if r := s.roots[real]; r != nil {
		return r.Kind == wire.Directory
	}
	_, leads := s.next[real]
	return leads
}

// unname reports that a name is gone which could only be told of as a problem.
func (t *Tree) unname(d *Dir, name string) {
	if utf8.ValidString(name) || d.root == nil {
		return
	}
	if shown := shownName(name); !d.leaves.has(shown) && d.dirs[shown] == nil {
		t.sink.Found(wire.Entry{Path: t.nominal(d, shown)}, nil)
	}
}

func shownName(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }

func (t *Tree) nameable(d *Dir, name string, f *placed) bool {
	if f.place.root == nil {
		return true
	}
	if !utf8.ValidString(name) {
		t.sink.Problem(t.nominal(d, shownName(name)), wire.NotUTF8, "the name is not UTF-8")
		return false
	}
	if p := f.place.root.nominal(join(d.path, name)); wire.CheckPath(p) != nil {
		t.sink.Problem(t.nominal(d, ""), wire.PathTooLong, "a path below is longer than 4095 bytes")
		return false
	}
	if f.kind == wire.Link && !utf8.ValidString(f.target) {
		t.sink.Problem(t.nominal(d, name), wire.NotUTF8, "the link's target is not UTF-8")
		f.kind = wire.Special
	}
	return true
}

// nominal is the path of a name in a directory as devshell knows it.
func (t *Tree) nominal(d *Dir, name string) string {
	real := join(d.path, name)
	if r := t.scope.roots[real]; r != nil {
		return r.Path
	}
	if d.root == nil || !below(real, d.root.Real) {
		return real
	}
	return d.root.nominal(real)
}

// put notes a leaf, or that there is none, and reports it if it is news.
func (t *Tree) put(d *Dir, name string, p *place, f finding) {
	was := d.leaves.get(name)
	if f.unstable && !t.scanning {
		t.sink.Later(d, name)
		return
	}
	if f.kind == wire.Absent {
		if was != nil {
			d.leaves.remove(name)
			t.sink.Found(wire.Entry{Path: t.nominal(d, name)}, nil)
		}
		return
	}
	d.leaves.set(name, f.leaf)
	if f.kind == wire.File && f.stat.Links > 1 {
		t.links.add(d, name, &f.stat)
	}
	if f.unstable {
		t.sink.Later(d, name)
	}
	if !t.scanning && was != nil && was.same(&f.leaf) {
		return
	}
	if f.kind == wire.Unreadable && f.err != nil {
		t.sink.Problem(t.nominal(d, name), wire.PathUnreadable, f.err.Error())
	}
	t.sink.Found(f.entry(t.nominal(d, name)), f.data)
}

func (f *finding) entry(nominal string) wire.Entry {
	e := wire.Entry{Path: nominal, Kind: f.kind}
	switch f.kind {
	case wire.File:
		e.Mode = f.stat.Permissions()
		e.Size = f.stat.Size
		e.Mtime = f.stat.Mtime
		e.Digest = f.digest
	case wire.Directory:
		e.Mode = f.stat.Permissions()
	case wire.Link:
		e.Target = f.target
	}
	return e
}

// putDir notes a directory and reports it if it is news. It returns it if it is to be visited.
func (t *Tree) putDir(d *Dir, name string, f *placed) *Dir {
	if child := d.dirs[name]; child != nil {
		if child.dev == f.stat.Dev && child.ino == f.stat.Ino && child.watch != unwatched {
			return nil
		}
		t.unwatch(child)
		return child
	}
	if !t.scanning && t.scope.roots[join(d.path, name)] != nil {
		t.CameBack = true
		return nil
	}
	child := d.add(name, f.place)
	if !child.ignored {
		t.sink.Found(f.entry(t.nominal(child, "")), nil)
	}
	return child
}

// add notes a directory in another one.
func (d *Dir) add(name string, p place) *Dir {
	d.leaves.remove(name)
	if d.dirs == nil {
		d.dirs = map[string]*Dir{}
	}
	child := &Dir{place: p, path: join(d.path, name), parent: d, watch: unwatched}
	d.dirs[name] = child
	return child
}

// dropMissing forgets what is not listed any more, and reports that.
func (t *Tree) dropMissing(d *Dir, names []fsys.Name) {
	if d.leaves.len()+len(d.dirs) == 0 {
		return
	}
	listed := make(map[string]struct{}, len(names))
	for _, n := range names {
		listed[n.Name] = struct{}{}
	}
	for at := d.leaves.len() - 1; at >= 0; at-- { // what goes leaves its place to one that was looked at
		name := d.leaves.name(at)
		if _, ok := listed[name]; !ok {
			t.put(d, name, &d.place, finding{})
		}
	}
	for name := range d.dirs {
		if _, ok := listed[name]; !ok {
			t.dropDirReporting(d, name)
		}
	}
}

// dropDir forgets a directory that is something else now, and reports all that was in it.
func (t *Tree) dropDir(d *Dir, name string) {
	child := d.dirs[name]
	if child == nil {
		return
	}
	delete(d.dirs, name)
	child.gone = true
	for at := range child.leaves.list {
		t.sink.Found(wire.Entry{Path: t.nominal(child, child.leaves.name(at))}, nil)
	}
	for below := range child.dirs {
		t.dropDirReporting(child, below)
	}
	t.unwatch(child)
	delete(t.polled, child)
}

// dropDirReporting is dropDir for one that is nothing any more.
func (t *Tree) dropDirReporting(d *Dir, name string) {
	child := d.dirs[name]
	if child == nil {
		return
	}
	t.dropDir(d, name)
	if !child.ignored {
		t.sink.Found(wire.Entry{Path: t.nominal(child, "")}, nil)
	}
}

func (t *Tree) watch(d *Dir, fd int) {
	watch, err := t.watcher.Add(fd)
	if err != nil {
		t.polled[d] = struct{}{}
		t.sink.Problem("/", wire.WatchLimit, "unable to watch all directories ("+err.Error()+
			"): the rest is polled; raise the limit on the machine that runs the engine: sysctl fs.inotify.max_user_watches=1048576")
		return
	}
	delete(t.polled, d)
	d.watch = watch
	t.byWatch[watch] = d
}

func (t *Tree) unwatch(d *Dir) {
	if d.watch != unwatched && t.byWatch[d.watch] == d {
		delete(t.byWatch, d.watch)
		t.watcher.Remove(d.watch)
	}
	d.watch = unwatched
}

// Unwatched notes that the kernel ended a watch, and looks at what became of the directory.
func (t *Tree) Unwatched(d *Dir) {
	if t.byWatch[d.watch] == d {
		delete(t.byWatch, d.watch)
	}
	d.watch = unwatched
	if d.parent != nil && !d.gone {
		t.Look(d.parent, path.Base(d.path), true, false)
	}
}

// Poll looks at everything in the directories that could not be watched.
func (t *Tree) Poll() {
	for d := range t.polled {
		if !d.gone {
			t.enter(d, d)
		}
	}
}

// Polling says whether there are such directories.
func (t *Tree) Polling() bool { return len(t.polled) > 0 }
