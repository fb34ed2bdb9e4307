package session

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"unsafe"

	"devshell.dev/agent/internal/fsys"
)

const withoutExchange = "DEVSHELL_TEST_WITHOUT_EXCHANGE"

func TestMain(m *testing.M) {
	if os.Getenv(withoutExchange) != "" {
		refuseRenameFlags()
	}
	os.Exit(m.Run())
}

// Runs every test that applies something once more, under a kernel that knows no flag of renameat2, as some file systems do not.
func TestAppliesWhereNothingCanBeExchanged(t *testing.T) {
	run := exec.Command(os.Args[0], "-test.count=1", "-test.run",
		"TestAppliesWithoutEcho|TestRefusesWhatIsNotExpected|TestKeepsOwner|TestLargeFiles|TestReportsWhatAnEarlierAgent|TestConvergesUnder|TestMakesALargeFile|TestAppliesOnAnother")
	run.Env = append(os.Environ(), withoutExchange+"=1")
	if output, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// A program of the kernel's packet filter, which seccomp(2) runs before each system call.
type instruction struct {
	code   uint16
	yes    uint8
	no     uint8
	number uint32
}

func refuseRenameFlags() {
	const (
		load, equals, answer = 0x20, 0x15, 0x06
		number, flags        = 0, 16 + 4*8 // where the call's number and its fifth argument are
		allow, refuse        = 0x7fff0000, 0x00050000 | uint32(syscall.EINVAL)
		noNewPrivileges      = 38
		setFilter, allThread = 1, 1
	)
	renameat2, seccomp := uint32(316), uintptr(317)
	if runtime.GOARCH == "arm64" {
		renameat2, seccomp = 276, 277
	}
	program := []instruction{
		{load, 0, 0, number},
		{equals, 0, 3, renameat2},
		{load, 0, 0, flags},
		{equals, 1, 0, 0},
		{answer, 0, 0, refuse},
		{answer, 0, 0, allow},
	}
	filter := struct {
		length  uint16
		program *instruction
	}{uint16(len(program)), &program[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, _, errno := syscall.Syscall6(syscall.SYS_PRCTL, noNewPrivileges, 1, 0, 0, 0, 0); errno != 0 {
		panic(errno)
	}
	if _, _, errno := syscall.Syscall(seccomp, setFilter, allThread, uintptr(unsafe.Pointer(&filter))); errno != 0 {
		panic(errno)
	}
	if err := fsys.Renameat2(-1, "/nothing", -1, "/nowhere", fsys.RenameExchange); err != syscall.EINVAL {
		panic(err)
	}
}
