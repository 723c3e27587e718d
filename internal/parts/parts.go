// Package parts compresses parts of files, and remembers them: files of scenarios share most of what they hold.
package parts

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"sync"
)

// Cache compresses each text once, as long as there is room for what came of it. Many goroutines may use it at once.
type Cache struct {
	compressors *sync.Pool
	most        int // bytes that are remembered, compressed
	mu          sync.Mutex
	known       map[[sha256.Size]byte][]byte // by the hash of the text
	held        int
}

// Deflated is a cache of bare DEFLATE streams, as zip files hold them, which remembers so many bytes.
func Deflated(most int) *Cache { return &Cache{compressors: &deflaters, most: most} }

// Gzipped is a cache of gzip members without name or time, which remembers so many bytes.
func Gzipped(most int) *Cache { return &Cache{compressors: &gzippers, most: most} }

type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// Compressors are used again: one takes a megabyte, and a workbook has some twenty parts. The quickest level takes a quarter of the time
// of the usual one and makes files a third larger.
var (
	deflaters = sync.Pool{New: func() any {
		c, _ := flate.NewWriter(nil, flate.BestSpeed) // it is a level that there is
		return c
	}}
	gzippers = sync.Pool{New: func() any {
		c, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // it is a level that there is
		return c
	}}
)

// Compressed is the text compressed, now or before; nobody may change it. Equal texts give equal bytes.
func (c *Cache) Compressed(text []byte) []byte {
	key := sha256.Sum256(text)
	c.mu.Lock()
	out, known := c.known[key]
	c.mu.Unlock()
	if known {
		return out
	}
	out = c.compress(text)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[[sha256.Size]byte][]byte{}
	}
	if _, known := c.known[key]; !known && c.held+len(out) <= c.most {
		c.known[key], c.held = out, c.held+len(out)
	}
	return out
}

func (c *Cache) compress(text []byte) []byte {
	var out bytes.Buffer
	z, _ := c.compressors.Get().(compressor)
	defer c.compressors.Put(z)
	z.Reset(&out)
	z.Write(text) // neither fails: out is memory
	z.Close()
	return bytes.Clone(out.Bytes())
}
