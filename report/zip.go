package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
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

func newOrderedZip(w io.Writer) excelize.ZipWriter {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		c, _ := compressors.Get().(*flate.Writer)
		c.Reset(w)
		return pooled{c}, nil
	})
	return &orderedZip{zip: z}
}

// compressors are used again: one takes a megabyte, and a workbook has some twenty parts.
var compressors = sync.Pool{New: func() any {
	c, _ := flate.NewWriter(nil, flate.BestSpeed) // it is a level that there is
	return c
}}

// pooled is a compressor that goes back when it is closed.
type pooled struct{ *flate.Writer }

func (p pooled) Close() error {
	defer compressors.Put(p.Writer)
	return p.Writer.Close()
}

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
		w, err := z.zip.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.text.Bytes()); err != nil {
			return err
		}
	}
	return z.zip.Close()
}
