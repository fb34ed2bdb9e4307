package apply

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A LockedError says that another agent holds the directory, and for whom.
type LockedError struct{ Owner string }

func (e *LockedError) Error() string { return "another devshell syncs this container: " + e.Owner }

// yield is how long an agent may take to end after its own devshell started another one.
const yield = 2 * time.Second

// takeLock locks a file for an owner. A devshell that starts a second agent has lost the first: its stream may have been cut where
// the engine ended, and it would only notice at the end of its lease, or never if it stands still. Such an agent is ended.
func takeLock(name, owner string) (*os.File, error) {
	lock, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	killed := false
	for started := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		holder, pid := holder(lock)
		ours := errors.Is(err, syscall.EWOULDBLOCK) && holder == owner
		late := time.Since(started) > yield
		switch {
		case ours && late && !killed && isAgent(pid):
			// what it was at is in the journal
			killed = syscall.Kill(pid, syscall.SIGKILL) == nil
			started = time.Now()
		case ours && !late:
		default:
			_ = lock.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, &LockedError{holder}
			}
			return nil, fmt.Errorf("unable to lock %s: %w", name, err)
		}
	}
	_ = lock.Truncate(0)
	_, _ = lock.WriteAt([]byte(owner+"\n"+strconv.Itoa(os.Getpid())), 0)
	return lock, nil
}

// holder is whom a lock is held for, and by which process.
func holder(lock *os.File) (string, int) {
	text, _ := io.ReadAll(io.NewSectionReader(lock, 0, 1000))
	owner, pid, _ := strings.Cut(strings.ToValidUTF8(string(text), "?"), "\n")
	id, _ := strconv.Atoi(pid)
	return owner, id
}

// isAgent is whether a process runs this very program, for the number may be another's by now.
func isAgent(pid int) bool {
	self, err := os.Stat("/proc/self/exe")
	if err != nil || pid <= 1 || pid == os.Getpid() {
		return false
	}
	other, err := os.Stat("/proc/" + strconv.Itoa(pid) + "/exe")
	return err == nil && os.SameFile(self, other)
}
