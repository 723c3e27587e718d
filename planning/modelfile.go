package planning

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"sync"

	"cadre/mip"
)

// ModelHash is the sha256 of the canonical MPS.
func ModelHash(m *mip.Model) string {
	h := sha256.New()
	if err := mip.WriteMPS(h, m); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// WriteModel writes the canonical MPS, gzipped without name or time so that equal models give equal bytes. The quickest level
// takes a quarter of the time of the usual one and makes files a third larger.
func WriteModel(w io.Writer, m *mip.Model) error { return writeModel(w, io.Discard, m) }

// zippers are used again: one takes a megabyte, and sweeps write many models.
var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // it is a level that there is
	return z
}}

// writeModel writes the text besides.
func writeModel(w, text io.Writer, m *mip.Model) error {
	z, _ := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(w)
	return errors.Join(mip.WriteMPS(io.MultiWriter(z, text), m), z.Close())
}

// fileModel names the model by its hash, and keeps it as a file where that is asked for: it is written down once for both.
func (o *Outcome) fileModel(keep bool) {
	if !keep {
		o.hash = ModelHash(o.Model)
		return
	}
	h, file := sha256.New(), &bytes.Buffer{}
	if writeModel(file, h, o.Model) == nil {
		o.hash, o.ModelFile = hex.EncodeToString(h.Sum(nil)), file.Bytes()
	}
}
