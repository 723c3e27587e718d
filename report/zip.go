package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"

	"cadre/internal/parts"
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
		deflated := knownParts.Compressed(p.text.Bytes())
		w, err := z.zip.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(p.text.Bytes()),
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

// knownParts are the parts that were compressed before: of the workbooks of a sweep, two in three parts are the same in several. Eight
// megabytes are more than a sweep of a hundred counties has.
var knownParts = parts.Deflated(1 << 23)
