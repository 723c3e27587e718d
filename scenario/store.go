package scenario

import (
	"bufio"
	"encoding/gob"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
	"cadre/workbook"
)

// Store keeps finished runs in a folder, by key, so that an interrupted sweep goes on where it stopped. A run is there
// once its record is: the record is written last, and by renaming.
type Store struct {
	Dir string
	// Write writes the plan folder of an outcome into an empty folder.
	Write func(dir string, o *planning.Outcome) error
}

// Record is what is kept of a run beside its plan folder.
type Record struct {
	Key      string             `json:"key"`
	Status   string             `json:"status"`
	Limit    string             `json:"limit"`
	Planned  bool               `json:"planned"` // whether there is a plan folder
	Conflict *planning.Conflict `json:"conflict,omitempty"`
}

// sweepMark is the file by which the folder of an unfinished sweep is known.
const sweepMark = "sweep.json"

// Open makes the folder, or takes one of an earlier sweep; what a run left unfinished is removed. Any other folder that is
// not empty is refused.
func (s *Store) Open() error {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(filepath.Join(s.Dir, sweepMark)); len(entries) > 0 && err != nil {
		return i18n.E("%s 不是空文件夹，其中也没有未完成的运行", "%s is not empty and holds no unfinished runs", s.Dir)
	}
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) {
			if err := os.RemoveAll(filepath.Join(s.Dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(s.Dir, sweepMark), []byte("{}\n"), 0o644)
}

// tempPrefix begins the names of what is being written.
const tempPrefix = ".tmp-"

// Folder is the plan folder of a run.
func (s *Store) Folder(key string) string { return filepath.Join(s.Dir, key) }

func (s *Store) record(key string) string { return filepath.Join(s.Dir, key+".json") }

// Load finds a finished run.
func (s *Store) Load(key string) (*Record, bool) {
	r := &Record{}
	return r, s.loadJSON(key, r) && r.Key == key
}

// Remember keeps what a run leaves behind for runs near it, nil nothing.
func (s *Store) Remember(key string, m *planning.Memory) error {
	if m == nil {
		return nil
	}
	return s.write(memoryName(key), func(w io.Writer) error { return gob.NewEncoder(w).Encode(m) })
}

// Save keeps a run: its plan folder, then its record.
func (s *Store) Save(r *Record, o *planning.Outcome) error {
	if r.Planned {
		tmp, err := os.MkdirTemp(s.Dir, tempPrefix)
		if err != nil {
			return err
		}
		if err := errors.Join(os.Chmod(tmp, 0o755), s.Write(tmp, o)); err != nil {
			return errors.Join(err, os.RemoveAll(tmp))
		}
		if err := errors.Join(os.RemoveAll(s.Folder(r.Key)), os.Rename(tmp, s.Folder(r.Key))); err != nil {
			return err
		}
	}
	return s.saveJSON(r.Key, r)
}

func memoryName(key string) string { return key + ".memory" }

// Memory is what a run left behind, nil where there is nothing.
func (s *Store) Memory(key string) *planning.Memory {
	f, err := os.Open(filepath.Join(s.Dir, memoryName(key)))
	if err != nil {
		return nil
	}
	defer f.Close()
	m := &planning.Memory{}
	if gob.NewDecoder(f).Decode(m) != nil {
		return nil
	}
	return m
}

// saveJSON keeps a value under a name, whole or not at all.
func (s *Store) saveJSON(name string, v any) error {
	return s.write(filepath.Base(s.record(name)), func(w io.Writer) error { return json.NewEncoder(w).Encode(v) })
}

// write writes a file of the store, whole or not at all.
func (s *Store) write(name string, content func(io.Writer) error) error {
	tmp := filepath.Join(s.Dir, tempPrefix+name)
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(content(w), w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(s.Dir, name))
}

// loadJSON reads a value that was kept under a name, and tells whether there is one.
func (s *Store) loadJSON(name string, v any) bool {
	text, err := os.ReadFile(s.record(name))
	return err == nil && json.Unmarshal(text, v) == nil
}

// Plan reads the plan of a run.
func (s *Store) Plan(key string) (*posting.Plan, error) {
	return workbook.LoadPlanJSON(filepath.Join(s.Folder(key), "plan.json"))
}

// Publish lays the plan folder of a run where it is to be read, by links where the disk allows it.
func (s *Store) Publish(key, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.Folder(key))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := linkOrCopy(filepath.Join(s.Folder(key), e.Name()), filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func linkOrCopy(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
