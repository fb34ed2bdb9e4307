package wire

import "strings"

func (m *Hello) fields(c *coder) {
	c.str(&m.Owner)
	c.u32(&m.LeaseMillis)
	c.atMost("a lease", uint64(m.LeaseMillis), 1<<31-1)
}

func (m *Plan) fields(c *coder) {
	list(c, &m.RuleSets, 5, ruleSet)
	list(c, &m.Roots, 20, root)
	list(c, &m.Holes, 2, (*coder).path)
	list(c, &m.Kept, 2, (*coder).path)
	for i := range m.Roots {
		for _, indexes := range [][]uint16{m.Roots[i].Ignore, m.Roots[i].Quiet} {
			for _, index := range indexes {
				if int(index) >= len(m.RuleSets) {
					c.fail("there are %d rule sets, but %s has: %d", len(m.RuleSets), m.Roots[i].Path, index)
				}
			}
		}
	}
}

func ruleSet(c *coder, v *RuleSet) {
	enum(c, "a dialect", &v.Dialect, Docker, Git)
	list(c, &v.Rules, 3, rule)
}

func rule(c *coder, v *Rule) {
	c.str(&v.Glob)
	var flags uint8
	if v.Negated {
		flags |= 1
	}
	if v.DirectoryOnly {
		flags |= 2
	}
	c.u8(&flags)
	c.atMost("a rule's flags", uint64(flags), 3)
	v.Negated = flags&1 != 0
	v.DirectoryOnly = flags&2 != 0
}

func root(c *coder, v *Root) {
	c.path(&v.Path)
	enum(c, "a root's kind", &v.Kind, File, Directory)
	c.str(&v.Prefix)
	if err := checkRelative(v.Prefix); err != nil && c.err == nil {
		c.err = err
	}
	list(c, &v.Ignore, 2, (*coder).u16)
	list(c, &v.Quiet, 2, (*coder).u16)
	c.str(&v.Owner)
	c.i32(&v.Mode)
	if v.Mode != -1 {
		c.atMost("a mode", uint64(uint32(v.Mode)), 0o7777)
	}
}

func (m *Keep) fields(c *coder) { list(c, &m.Paths, 2, (*coder).path) }

func (m *Apply) fields(c *coder) {
	c.u64(&m.ID)
	node(c, &m.Expected)
	entry(c, &m.Target)
	content(c, &m.Content, &m.Target)
	if m.Expected.Kind > Link || m.Target.Kind > Link {
		c.fail("neither is special or unreadable, but was: %d and %d", m.Expected.Kind, m.Target.Kind)
	}
}

func (m *Slice) fields(c *coder) {
	c.u64(&m.ID)
	enum(c, "a slice's end", &m.End, More, GivenUp)
	c.bytes(&m.Data)
}

func (m *Fetch) fields(c *coder) {
	c.u64(&m.ID)
	c.path(&m.Path)
	c.digest(&m.Digest)
	node(c, &m.Base)
	if m.Base.Kind > File {
		c.fail("a file is made from a file or nothing, but was: %d", m.Base.Kind)
	}
}

func (m *Copy) fields(c *coder) {
	c.u64(&m.ID)
	if len(m.Ranges) > MaxRanges {
		c.fail("at most %d ranges, but was: %d", MaxRanges, len(m.Ranges))
	}
	list(c, &m.Ranges, 16, func(c *coder, v *Range) {
		c.i64(&v.Offset)
		c.i64(&v.Length)
		if v.Offset < 0 || v.Length < 1 || v.Offset+v.Length < 0 {
			c.fail("a range has an offset and at least one byte, but was: %d, %d", v.Offset, v.Length)
		}
	})
	if len(m.Ranges) == 0 || len(m.Ranges) > MaxRanges {
		c.fail("1 to %d ranges, but was: %d", MaxRanges, len(m.Ranges))
	}
}

func (m *Resend) fields(c *coder) { c.u64(&m.ID) }

func (m *Upload) fields(c *coder) {
	c.u64(&m.ID)
	enum(c, "an upload's end", &m.End, More, GivenUp)
	c.str(&m.Name)
	if c.err == nil && !isUpload(m.Name) {
		c.fail("an upload's name is %s and 1 to %d hexadecimal digits, but was: %.80q", UploadPrefix, maxUploadDigits, m.Name)
	}
}

func (m *Stored) fields(c *coder) { list(c, &m.IDs, 8, (*coder).u64) }
func (m *Cookie) fields(c *coder) { c.u64(&m.ID) }
func (*Heartbeat) fields(*coder)  {}
func (*Bye) fields(*coder)        {}
func (*ScanDone) fields(*coder)   {}
func (m *Welcome) fields(c *coder) {
	c.str(&m.Build)
	c.u32(&m.PID)
	c.str(&m.Architecture)
	c.i64(&m.ClockNanos)
}

func (m *Refused) fields(c *coder) {
	c.str(&m.Code)
	c.str(&m.Message)
}

func (m *ScanBegin) fields(c *coder) { enum(c, "a scan's reason", &m.Why, ByPlan, ByRoot) }

func (m *Scanned) fields(c *coder) {
	list(c, &m.Entries, 4, entry)
	for i := range m.Entries {
		if m.Entries[i].Kind == Absent {
			c.fail("a scan does not name what is absent, but was: %s", m.Entries[i].Path)
		}
	}
}

func (m *Changed) fields(c *coder) {
	list(c, &m.Changes, 5, func(c *coder, v *Change) {
		entry(c, &v.Entry)
		content(c, &v.Content, &v.Entry)
		if v.Content.How == Sliced {
			c.fail("a change's content is inline or fetched, but was sliced: %s", v.Entry.Path)
		}
	})
}

func (m *Ack) fields(c *coder) {
	c.u64(&m.ID)
	enum(c, "a status", &m.Status, Applied, BadContent)
	entry(c, &m.Current)
	entry(c, &m.Displaced)
	content(c, &m.Content, &m.Displaced)
	c.str(&m.Message)
}

func (m *CookieSeen) fields(c *coder) { c.u64(&m.ID) }

func (m *Problem) fields(c *coder) {
	c.path(&m.Path)
	enum(c, "a problem's code", &m.Code, PathUnreadable, LinkInRoot)
	c.str(&m.Message)
}

func (m *Displaced) fields(c *coder) {
	c.u64(&m.ID)
	entry(c, &m.Entry)
	content(c, &m.Content, &m.Entry)
	if m.ID>>63 == 0 {
		c.fail("the id of what was set aside has its top bit set, but was: %d", m.ID)
	}
}

func entry(c *coder, v *Entry) {
	c.path(&v.Path)
	enum(c, "an entry's kind", &v.Kind, Absent, Unreadable)
	switch v.Kind {
	case File:
		c.u16(&v.Mode)
		c.i64(&v.Size)
		c.i64(&v.Mtime)
		c.digest(&v.Digest)
		c.atMost("a size", uint64(v.Size), 1<<63-1)
	case Directory:
		c.u16(&v.Mode)
	case Link:
		c.target(&v.Target)
	}
	c.atMost("a mode", uint64(v.Mode), 0o7777)
}

func node(c *coder, v *Node) {
	enum(c, "a node's kind", &v.Kind, Absent, Unreadable)
	switch v.Kind {
	case File:
		c.digest(&v.Digest)
		c.bool(&v.Executable)
	case Link:
		c.target(&v.Target)
	}
}

func (c *coder) target(v *string) {
	c.str(v)
	if c.err == nil && (*v == "" || len(*v) > maxPath || strings.IndexByte(*v, 0) >= 0) {
		c.fail("a link's target has 1 to %d bytes and no NUL, but was: %.80q", maxPath, *v)
	}
}

func content(c *coder, v *Content, of *Entry) {
	enum(c, "how content travels", &v.How, None, Sliced)
	if v.How == Inline {
		c.bytes(&v.Data)
	}
	if v.How != None && of.Kind != File {
		c.fail("only a file has content, but was: %s", of.Path)
	}
	if v.How == Inline && int64(len(v.Data)) != of.Size {
		c.fail("content of %d bytes for a file of %d: %s", len(v.Data), of.Size, of.Path)
	}
}
