package planning

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"cadre/internal/parts"
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

// ModelFiles makes files of models, of parts that are remembered: models of scenarios share most of them. Many goroutines may use it at
// once.
type ModelFiles struct{ parts *parts.Cache }

const (
	partSize  = 1 << 18 // bytes of text that are compressed by themselves: so many that little is lost
	mostParts = 1 << 23 // bytes that are remembered; models of which more is different are too large to gain
)

// NewModelFiles remembers nothing yet.
func NewModelFiles() *ModelFiles { return &ModelFiles{parts.Gzipped(mostParts)} }

// Write writes the canonical MPS of m, gzipped: a member for each part of it, without name or time, so that equal models give equal
// bytes. It returns the sha256 of the text.
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
	_, err := p.to.Write(p.files.parts.Compressed(p.text))
	p.text = p.text[:0]
	return err
}

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
