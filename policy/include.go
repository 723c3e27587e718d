package policy

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"cadre/internal/i18n"
)

// mostFiles and mostNested bound what one policy includes: the files of the nation, a province, a city and a county are
// four, one below the other.
const (
	mostFiles  = 32
	mostNested = 8
)

// shelf collects the files of a policy, each once, those that a file includes before it. Every file is known by its
// path from the folder of the named file.
type shelf struct {
	d     *decoder
	open  func(string) (fs.File, error)
	laid  []*node
	files map[string]bool // every file that was looked at
	chain []string        // the files that are being read, the named one first
}

// resolve follows `include`: it returns the file laid over the files that it includes, each over those before it. Every
// node keeps the place where it was written.
func (d *decoder) resolve(name string, src []byte, open func(string) (fs.File, error)) *node {
	s := &shelf{d: d, open: open, files: map[string]bool{name: true}}
	s.add(name, src)
	out := s.laid[0]
	for _, over := range s.laid[1:] {
		out = d.overlay(out, over)
	}
	return out
}

// add reads a file and, before it, what it includes.
func (s *shelf) add(name string, src []byte) {
	s.chain = append(s.chain, name)
	root := s.d.shaped(parse(name, src, s.d.ps), table)
	s.d.version(root)
	s.d.uniqueIDs(root)
	if include := root.get("include"); include != nil {
		for _, n := range s.included(include) {
			s.follow(n)
		}
	}
	s.laid = append(s.laid, root)
	s.chain = s.chain[:len(s.chain)-1]
}

// included lists the names under `include`: one, or several in order.
func (s *shelf) included(n *node) []*node {
	switch n.shape {
	case blank:
		return nil
	case list:
		return n.items
	}
	return []*node{n}
}

// follow finds the file that an include names, and adds it where it has not been met yet.
func (s *shelf) follow(n *node) {
	name := n.text
	if name == builtinName {
		if !s.files[builtinFile] {
			s.files[builtinFile] = true
			s.add(builtinFile, builtinSource)
		}
		return
	}
	if n.shape != scalar || !isRelative(name) {
		s.d.ps.add("E2009", n.at, i18n.F("include 要写 %[1]s，或者从本文件出发、用 / 分隔的路径，实际是 %[2]q", "include names %[1]s or a path from this file, with /, not %[2]q", builtinName, name))
		return
	}
	file := path.Join(path.Dir(s.chain[len(s.chain)-1]), name)
	switch {
	case slices.Contains(s.chain, file):
		chain := strings.Join(append(s.chain[slices.Index(s.chain, file):len(s.chain):len(s.chain)], file), " → ")
		s.d.ps.add("E2013", n.at, i18n.F("include 成环：%s", "the files include each other: %s", chain))
	case s.files[file]:
	case len(s.chain) >= mostNested || len(s.files) >= mostFiles:
		s.d.ps.add("E2014", n.at, i18n.F("include 过多：至多 %[1]d 个文件、%[2]d 层", "too many includes: at most %[1]d files, %[2]d deep", mostFiles, mostNested))
	default:
		s.files[file] = true
		if src, ok := s.read(n, file); ok {
			s.add(file, src)
		}
	}
}

// isRelative tells whether a name is a path from a file to another, such as ../shared/province.yaml.
func isRelative(name string) bool {
	return name != "" && !path.IsAbs(name) && !strings.ContainsAny(name, "\\:\x00") && path.Base(name) != "." && path.Base(name) != ".."
}

// read reads an included file; one that is too large is cut just beyond the limit, where parse refuses it.
func (s *shelf) read(n *node, file string) ([]byte, bool) {
	src, err := s.bytes(file)
	if err != nil {
		s.d.ps.add("E2009", n.at, i18n.F("不能 include %[1]s：%[2]s", "%[1]s cannot be included: %[2]s", file, reason(err)))
	}
	return src, err == nil
}

// errNoFile is the error of what is no regular file, errNoFiles that of a text for which no files can be opened.
var (
	errNoFile  = i18n.E("不是普通文件", "no regular file")
	errNoFiles = i18n.E("这里不能读取文件", "no files can be read here")
)

func (s *shelf) bytes(file string) ([]byte, error) {
	if s.open == nil {
		return nil, errNoFiles
	}
	f, err := s.open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, errNoFile)
	}
	return io.ReadAll(io.LimitReader(f, maxBytes+1))
}

// reason says why a file could not be read, without its path, which the message gives.
func reason(err error) i18n.Text {
	var atPath *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return i18n.T("没有这个文件", "there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return i18n.T("没有读取权限", "it may not be read")
	case errors.Is(err, errNoFile):
		return i18n.T("不是普通文件", "it is no regular file")
	case errors.As(err, &atPath):
		err = atPath.Err
	}
	return i18n.T(err.Error(), err.Error())
}
