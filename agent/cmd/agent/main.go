// Command agent runs inside a container and keeps it in sync with devshell, to which it speaks over its standard streams.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"devshell.dev/agent/internal/session"
	"devshell.dev/agent/internal/wire"
)

func main() {
	home := flag.String("home", "/.devshell", "the agent's own `directory`")
	version := flag.Bool("version", false, "print the protocol's version and the build, and exit")
	flag.Parse()
	build, err := ownDigest()
	if err != nil {
		fmt.Fprintln(os.Stderr, "devshell agent: unable to read itself:", err)
	}
	if *version {
		fmt.Printf("devshell agent, protocol %d, build %s\n", wire.Version, build)
		return
	}
	// a guest in someone else's container keeps small
	debug.SetGCPercent(50)
	debug.SetMemoryLimit(116 << 20)
	signal.Ignore(syscall.SIGPIPE, syscall.SIGHUP)
	stop := make(chan struct{})
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-signals
		close(stop)
	}()
	err = session.Run(session.Config{Home: *home, Build: build, In: os.Stdin, Out: os.Stdout, Stop: stop})
	if err != nil {
		os.Exit(1)
	}
}

func ownDigest() (string, error) {
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		return "", err
	}
	defer self.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, self); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
