package apply

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"syscall"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// upload is a content that comes into the staging directory beside the stream, by the engine's hand. The gathering goroutine owns it.
type upload struct {
	name string // "" while there is none
	fd   int    // -1 until something is there
}

// pace is how often what comes beside the stream is looked at, so that it is hashed while it comes.
const pace = 5 * time.Millisecond

var errUpload = errors.New("what was to come beside the stream is not there, or not what its digest says")

// takeUpload is told how it stands with an upload. It is true for one that is complete.
func (o *operation) takeUpload(u *wire.Upload) (bool, error) {
	g := o.gathering
	if g.upload.name == "" && g.hash.Size() > 0 {
		return true, errContent // it is one or the other
	}
	switch u.End {
	case wire.More:
		g.upload.name = u.Name
		return false, nil
	case wire.GivenUp:
		o.dropUpload(u.Name)
		return false, nil
	default:
		g.upload.name = u.Name
		err := o.adopt()
		if err != nil {
			o.dropUpload(u.Name)
		}
		return true, err
	}
}

// follow hashes what has come since. There may be nothing yet.
func (o *operation) follow() error {
	u := &o.gathering.upload
	if u.fd < 0 {
		fd, err := fsys.Openat(o.staged.dir, u.name, syscall.O_RDWR|syscall.O_NONBLOCK, 0)
		if err != nil {
			return fmt.Errorf("%w: %w", errUpload, err)
		}
		u.fd = fd
		// a second name would be somebody else's, who would see it change
		if stat, err := fsys.Fstat(fd); err != nil || !stat.IsFile() || stat.Links != 1 {
			return errUpload
		}
	}
	for hash := &o.gathering.hash; ; {
		n, err := hash.Read(u.fd, o.Target.Size+1-hash.Size())
		if err != nil || n == 0 {
			return err
		}
		if hash.Size() > o.Target.Size {
			return errUpload
		}
	}
}

// adopt takes a complete upload for the operation's content, if it is that.
func (o *operation) adopt() error {
	g := o.gathering
	if err := o.follow(); err != nil {
		return err
	}
	size := g.hash.Size()
	digest, list := g.hash.Sum()
	if size == o.Target.Size && digest != o.Target.Digest {
		// what was read while it came need not be what came to stand there
		if _, err := syscall.Seek(g.upload.fd, 0, io.SeekStart); err != nil {
			return err
		}
		var err error
		if digest, list, err = blocks.File(g.upload.fd); err != nil {
			return err
		}
	}
	if size != o.Target.Size || digest != o.Target.Digest {
		return errUpload
	}
	if err := fsys.Renameat2(o.staged.dir, g.upload.name, o.staged.dir, o.staged.name, 0); err != nil {
		return err
	}
	_ = o.close()
	o.fd, g.upload = g.upload.fd, upload{fd: -1}
	blocks.Remember(digest, list)
	return nil
}

// dropUpload removes what has come beside the stream, so that the content can come over it.
func (o *operation) dropUpload(name string) {
	o.gathering.hash.Sum() // gives its buffers back
	o.closeUpload()
	_ = fsys.Unlinkat(o.staged.dir, name)
}

func (o *operation) closeUpload() {
	if u := &o.gathering.upload; u.fd >= 0 {
		fsys.Close(u.fd)
	}
	o.gathering.upload = upload{fd: -1}
}

// sweepUploads removes what nobody takes any more. Who still writes to it, does so to what has no name.
func (h *Home) sweepUploads() {
	dir, err := fsys.OpenDirToRead(path.Join(h.path, "stage"))
	if err != nil {
		return
	}
	defer fsys.Close(dir)
	names, _ := fsys.List(dir)
	for _, n := range names {
		if strings.HasPrefix(n.Name, wire.UploadPrefix) {
			_ = fsys.Unlinkat(dir, n.Name)
		}
	}
}
