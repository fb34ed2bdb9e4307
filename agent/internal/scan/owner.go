package scan

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Owner is who gets what is created; not Set: whoever has the directory that it is created in.
type Owner struct {
	Set      bool
	UID, GID uint32
}

// ParseOwner reads what COPY's --chown takes: a user and perhaps a group, by names or numbers. Names are the container's. A
// user alone stands for the primary group too, a number alone for the group of that number.
func ParseOwner(text string) (Owner, error) {
	if text == "" {
		return Owner{}, nil
	}
	user, group, both := strings.Cut(text, ":")
	o := Owner{Set: true}
	if number, err := strconv.ParseUint(user, 10, 32); err == nil {
		o.UID, o.GID = uint32(number), uint32(number)
	} else if fields, err := find("/etc/passwd", user, 4); err != nil {
		return o, err
	} else if o.UID, err = id(fields[2]); err != nil {
		return o, err
	} else if o.GID, err = id(fields[3]); err != nil {
		return o, err
	}
	if !both {
		return o, nil
	}
	if number, err := strconv.ParseUint(group, 10, 32); err == nil {
		o.GID = uint32(number)
	} else if fields, err := find("/etc/group", group, 3); err != nil {
		return o, err
	} else if o.GID, err = id(fields[2]); err != nil {
		return o, err
	}
	return o, nil
}

func id(text string) (uint32, error) {
	n, err := strconv.ParseUint(text, 10, 32)
	return uint32(n), err
}

// find returns the fields of the line of a database that starts with a name.
func find(database, name string, fields int) ([]string, error) {
	f, err := os.Open(database)
	if err != nil {
		return nil, fmt.Errorf("unable to look up %q: %w", name, err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := strings.Split(lines.Text(), ":"); line[0] == name && len(line) >= fields {
			return line, nil
		}
	}
	return nil, fmt.Errorf("%s does not name %q", database, name)
}
