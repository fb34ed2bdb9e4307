package session

import "devshell.dev/agent/internal/scan"

// readings reads large files in a goroutine of its own, one after the other, so that what is small need not wait for them. All
// but read is the loop's.
type readings struct {
	queue []*scan.Reading // the first is being read
	done  chan *scan.Reading
}

func newReadings() *readings { return &readings{done: make(chan *scan.Reading, 1)} }

func (r *readings) add(reading *scan.Reading) {
	for _, waiting := range r.queue {
		if waiting.Same(reading) {
			waiting.Again()
			return
		}
	}
	if r.queue = append(r.queue, reading); len(r.queue) == 1 {
		go r.read(reading)
	}
}

func (r *readings) read(reading *scan.Reading) {
	reading.Read()
	r.done <- reading // there is room: one is read at a time
}

// next goes on after one was taken from done.
func (r *readings) next() {
	if r.queue = r.queue[1:]; len(r.queue) > 0 {
		go r.read(r.queue[0])
	}
}

// barrier has everything that was written so far read.
func (r *readings) barrier() {
	for _, reading := range r.queue {
		reading.Anew()
	}
}

func (r *readings) idle() bool { return len(r.queue) == 0 }
