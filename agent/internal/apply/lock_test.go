package apply

import (
	"errors"
	"os"
	"os/exec"
	"path"
	"syscall"
	"testing"
)

func TestEndsAnAgentThatItsOwnDevshellHasLost(t *testing.T) {
	name := path.Join(t.TempDir(), "lock")
	if held := os.Getenv("HOLD_LOCK"); held != "" {
		if _, err := takeLock(held, "ada"); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("held")
		select {}
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "HOLD_LOCK="+name)
	out, _ := child.StdoutPipe()
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = child.Process.Kill() }()
	if _, err := out.Read(make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	_ = child.Process.Signal(syscall.SIGSTOP)

	var locked *LockedError
	if _, err := takeLock(name, "grace"); !errors.As(err, &locked) || locked.Owner != "ada" {
		t.Errorf("another's agent: %v", err)
	}
	lock, err := takeLock(name, "ada")
	if err != nil {
		t.Fatalf("its own agent: %v", err)
	}
	_ = lock.Close()
	if state, _ := child.Process.Wait(); state.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Errorf("the lost agent: %v", state)
	}
}
