package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"sync"

	"github.com/xuri/excelize/v2"
)

// orderedZip writes the parts of a workbook in order of their names: excelize hands streamed sheets over in any order, and equal
// papers are to give equal bytes. It compresses quickly rather than well: a workbook is small either way.
type orderedZip struct {
	zip   *zip.Writer
	parts []zipPart
}

// zipPart is a part with its name.
type zipPart struct {
	name string
	text *bytes.Buffer
}

func newOrderedZip(w io.Writer) excelize.ZipWriter { return &orderedZip{zip: zip.NewWriter(w)} }

// Create adds a part, which is written once the workbook is closed.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	p := zipPart{name, &bytes.Buffer{}}
	z.parts = append(z.parts, p)
	return p.text, nil
}

// AddFS is a part of the interface that workbooks made here have no use for.
func (z *orderedZip) AddFS(files fs.FS) error { return z.zip.AddFS(files) }

// Close writes the parts.
func (z *orderedZip) Close() error {
	slices.SortFunc(z.parts, func(a, b zipPart) int { return cmp.Compare(a.name, b.name) })
	for _, p := range z.parts {
		deflated, sum := knownParts.deflated(p.text.Bytes())
		w, err := z.zip.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum,
			UncompressedSize64: uint64(p.text.Len()), CompressedSize64: uint64(len(deflated))})
		if err != nil {
			return err
		}
		if _, err := w.Write(deflated); err != nil {
			return err
		}
	}
	return z.zip.Close()
}

// mostDeflated is how many compressed bytes of parts are remembered: more than a sweep of a hundred counties has.
const mostDeflated = 1 << 23

// knownParts are the parts that were compressed before: of the workbooks of a sweep, two in three parts are the same in several.
var knownParts partCache

type partCache struct {
	mu    sync.Mutex
	parts map[[sha256.Size]byte][]byte // by the hash of the text
	held  int
}

// deflated is a part compressed, and the check sum of its text.
func (c *partCache) deflated(text []byte) (part []byte, sum uint32) {
	key, sum := sha256.Sum256(text), crc32.ChecksumIEEE(text)
	c.mu.Lock()
	part, known := c.parts[key]
	c.mu.Unlock()
	if known {
		return part, sum
	}
	part = deflate(text)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.parts == nil {
		c.parts = map[[sha256.Size]byte][]byte{}
	}
	if c.held+len(part) <= mostDeflated {
		c.parts[key], c.held = part, c.held+len(part)
	}
	return part, sum
}

// compressors are used again: one takes a megabyte, and a workbook has some twenty parts.
var compressors = sync.Pool{New: func() any {
	c, _ := flate.NewWriter(nil, flate.BestSpeed) // it is a level that there is
	return c
}}

func deflate(text []byte) []byte {
	var out bytes.Buffer
	c, _ := compressors.Get().(*flate.Writer)
	defer compressors.Put(c)
	c.Reset(&out)
	c.Write(text) // neither fails: out is memory
	c.Close()
	return bytes.Clone(out.Bytes())
}
