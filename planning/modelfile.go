package planning

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"hash/maphash"
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

// ModelFiles makes files of models, and remembers the parts that it compressed: models of scenarios share most of them. Many
// goroutines may use it at once.
type ModelFiles struct {
	mu    sync.Mutex
	seed  maphash.Seed
	parts map[uint64]zippedPart
	held  int // bytes of text
}

// zippedPart is a part of a file, as text and compressed.
type zippedPart struct{ text, zip []byte }

// Sizes of parts, in bytes of text.
const (
	partSize  = 1 << 18 // what is compressed by itself: long enough that little is lost
	mostParts = 1 << 26 // what is remembered; models of which more is different are too large to gain
)

// Write writes the canonical MPS of m, gzipped: a member for each part of it, without name or time, so that equal models give equal
// bytes. It returns the sha256 of the text. The quickest level takes a quarter of the time of the usual one and makes files a
// third larger.
func (f *ModelFiles) Write(w io.Writer, m *mip.Model) (sum string, err error) {
	p := &partWriter{files: f, to: w, sum: sha256.New(), text: make([]byte, 0, partSize)}
	if err := mip.WriteMPS(p, m); err != nil {
		return "", err
	}
	err = p.Section()
	return hex.EncodeToString(p.sum.Sum(nil)), err
}

// partWriter divides a text into parts: at sections, and where they grow too long.
type partWriter struct {
	files *ModelFiles
	to    io.Writer
	sum   hash.Hash
	text  []byte
}

func (p *partWriter) Write(text []byte) (int, error) {
	n := len(text)
	for len(p.text)+len(text) >= partSize {
		room := partSize - len(p.text)
		p.text = append(p.text, text[:room]...)
		if err := p.Section(); err != nil {
			return 0, err
		}
		text = text[room:]
	}
	p.text = append(p.text, text...)
	return n, nil
}

// Section ends a part.
func (p *partWriter) Section() error {
	if len(p.text) == 0 {
		return nil
	}
	p.sum.Write(p.text)
	_, err := p.to.Write(p.files.zip(p.text))
	p.text = p.text[:0]
	return err
}

// zip is the gzip member of a part, compressed now or before.
func (f *ModelFiles) zip(text []byte) []byte {
	key, known := f.known(text)
	if known != nil {
		return known
	}
	var out bytes.Buffer
	z, _ := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(&out)
	z.Write(text) // neither fails: out is memory
	z.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.held+len(text) <= mostParts {
		f.parts[key], f.held = zippedPart{bytes.Clone(text), out.Bytes()}, f.held+len(text)
	}
	return out.Bytes()
}

func (f *ModelFiles) known(text []byte) (key uint64, zip []byte) {
	f.mu.Lock()
	if f.parts == nil {
		f.seed, f.parts = maphash.MakeSeed(), map[uint64]zippedPart{}
	}
	f.mu.Unlock()
	key = maphash.Bytes(f.seed, text)
	f.mu.Lock()
	p := f.parts[key]
	f.mu.Unlock()
	if !bytes.Equal(p.text, text) {
		return key, nil
	}
	return key, p.zip
}

// zippers are used again: one takes a megabyte, and sweeps write many models.
var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // it is a level that there is
	return z
}}

// fileModel names the model by its hash, and keeps it as a file where that is asked for: it is written down once for both.
func (o *Outcome) fileModel(files *ModelFiles) {
	if files == nil {
		o.hash = ModelHash(o.Model)
		return
	}
	var file bytes.Buffer
	if sum, err := files.Write(&file, o.Model); err == nil {
		o.hash, o.ModelFile = sum, file.Bytes()
	}
}
