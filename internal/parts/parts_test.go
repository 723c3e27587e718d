package parts

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
)

// TestCompressed: what is compressed is the text, whether it was remembered or not, for many goroutines at once.
func TestCompressed(t *testing.T) {
	openings := map[string]func(io.Reader) (io.Reader, error){
		"deflate": func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil },
		"gzip":    func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	}
	for name, c := range map[string]*Cache{"deflate": Deflated(1 << 10), "gzip": Gzipped(1 << 10)} {
		var group sync.WaitGroup
		for k := range 64 {
			group.Go(func() {
				text := strings.Repeat(fmt.Sprint("text ", k%7, " "), 50+k%7)
				r, err := openings[name](bytes.NewReader(c.Compressed([]byte(text))))
				if err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				if got, err := io.ReadAll(r); err != nil || string(got) != text {
					t.Errorf("%s: %d bytes of %d, %v", name, len(got), len(text), err)
				}
			})
		}
		group.Wait()
		if len(c.known) != 7 {
			t.Errorf("%s: %d texts are remembered, not 7", name, len(c.known))
		}
	}
}

// TestMost: no more is remembered than there is room for, and each text counts once.
func TestMost(t *testing.T) {
	c := Deflated(100)
	for k := range 40 {
		c.Compressed(fmt.Append(nil, "a text of its own, ", k, k*k))
		c.Compressed([]byte("the same"))
	}
	sum := 0
	for _, part := range c.known {
		sum += len(part)
	}
	if sum != c.held || sum > 100 || len(c.known) < 2 {
		t.Errorf("%d bytes of %d parts are held, said to be %d", sum, len(c.known), c.held)
	}
}
