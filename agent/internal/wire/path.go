package wire

import (
	"fmt"
	"strings"
)

const (
	maxPath      = 4095
	maxComponent = 255
)

// CheckPath says what keeps p from being an absolute, clean path, if anything.
func CheckPath(p string) error {
	if p == "/" {
		return nil
	}
	if !strings.HasPrefix(p, "/") {
		return fmt.Errorf("a path starts with /, but was: %.80q", p)
	}
	return checkComponents(p[1:], len(p))
}

// checkRelative is CheckPath for a relative path, or "".
func checkRelative(p string) error {
	if p == "" {
		return nil
	}
	return checkComponents(p, len(p))
}

func checkComponents(p string, length int) error {
	if length > maxPath {
		return fmt.Errorf("a path has at most %d bytes, but was: %.80q", maxPath, p)
	}
	if strings.IndexByte(p, 0) >= 0 {
		return fmt.Errorf("a path has no NUL, but was: %.80q", p)
	}
	for rest, more := p, true; more; {
		var component string
		component, rest, more = strings.Cut(rest, "/")
		switch {
		case component == "" || component == "." || component == "..":
			return fmt.Errorf("a path has no empty, . or .. component, but was: %.80q", p)
		case len(component) > maxComponent:
			return fmt.Errorf("a path's component has at most %d bytes, but was: %.80q", maxComponent, p)
		}
	}
	return nil
}

// UploadPrefix starts the name of what devshell puts into the staging directory beside the stream.
const UploadPrefix = "upload-"

const maxUploadDigits = 32

func isUpload(name string) bool {
	digits, ok := strings.CutPrefix(name, UploadPrefix)
	if !ok || digits == "" || len(digits) > maxUploadDigits {
		return false
	}
	return strings.Trim(digits, "0123456789abcdef") == ""
}
