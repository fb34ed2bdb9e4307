package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"devshell.dev/agent/internal/wire"
)

// process runs the agent as a process of its own, as it runs in a container, and attaches to it.
func process(b *testing.B, dir string) (*host, *exec.Cmd) {
	b.Helper()
	bin := filepath.Join(b.TempDir(), "agent")
	build := exec.Command("go", "build", "-o", bin, "../../cmd/agent")
	if text, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, text)
	}
	cmd := exec.Command(bin, "-home", dir+"/home")
	cmd.Stderr = os.Stderr
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	h := connect(b, dir, in, out)
	h.send(&wire.Hello{Owner: "bench", LeaseMillis: 600_000})
	await[*wire.Welcome](h)
	h.plan(&wire.Plan{Roots: []wire.Root{h.root("/app")}})
	return h, cmd
}

// BenchmarkEventToFrame measures from before the write of a 2 KB file to its frame, read and decoded.
func BenchmarkEventToFrame(b *testing.B) {
	dir := scratch(b)
	h, _ := process(b, dir)
	content := strings.Repeat("x", 2048)
	var took []time.Duration
	for i := range b.N {
		time.Sleep(2 * time.Millisecond)
		begun := time.Now()
		write(b, h.app+"/f", fmt.Sprint(i, content))
		await[*wire.Changed](h)
		took = append(took, time.Since(begun))
	}
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	b.ReportMetric(float64(took[len(took)/10].Microseconds()), "µs-p10")
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-p99")
}

// BenchmarkApply writes new files of 4 KB, with up to 200 operations in flight.
func BenchmarkApply(b *testing.B) {
	h, cmd := process(b, scratch(b))
	content := strings.Repeat("x", 4096)
	b.ResetTimer()
	inFlight := 0
	for i := range b.N {
		target := fileOf(fmt.Sprintf("%s/d%d/f%d", h.app, i/1000, i), content, 0o644)
		h.send(&wire.Apply{ID: uint64(i), Target: target, Content: wire.Content{How: wire.Inline, Data: []byte(content)}})
		for inFlight++; inFlight > 200; inFlight-- {
			if ack := await[*wire.Ack](h); ack.Status != wire.Applied {
				b.Fatalf("%+v", ack)
			}
		}
	}
	for ; inFlight > 0; inFlight-- {
		await[*wire.Ack](h)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "applies/s")
	h.flush()
	b.ReportMetric(cpu(b, cmd).Seconds()*1e6/float64(b.N), "µs-CPU/apply")
}

// BenchmarkScan scans 50,000 files once and reports what memory the agent has then.
func BenchmarkScan(b *testing.B) {
	dir := scratch(b)
	for i := range 50_000 {
		write(b, fmt.Sprintf("%s/app/d%d/f%d", dir, i/20, i), fmt.Sprint(i))
	}
	b.ResetTimer()
	for range b.N {
		begun := time.Now()
		h, cmd := process(b, dir)
		b.ReportMetric(time.Since(begun).Seconds(), "s")
		time.Sleep(200 * time.Millisecond)
		status := read1(b, fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
		var kb int
		_, rest, _ := strings.Cut(status, "VmRSS:")
		_, _ = fmt.Sscan(rest, &kb)
		b.ReportMetric(float64(kb)/1024, "MiB")
		begun = time.Now()
		h.plan(&wire.Plan{Roots: []wire.Root{h.root("/app")}})
		b.ReportMetric(time.Since(begun).Seconds(), "s-again")
	}
}

// cpu is the processor time that the agent took so far; unlike the time by the clock, it says something on a busy machine.
func cpu(b *testing.B, cmd *exec.Cmd) time.Duration {
	stat := read1(b, fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+2:])
	var user, system int
	_, _ = fmt.Sscan(fields[11], &user)
	_, _ = fmt.Sscan(fields[12], &system)
	return time.Duration(user+system) * 10 * time.Millisecond
}
