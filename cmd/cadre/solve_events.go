package main

import (
	"encoding/json"
	"errors"
	"os"
	"time"

	"cadre/bench/race"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// events writes what a solve finds on its way to a file, one line of JSON for each piece of news on the last level: seconds,
// incumbent and bound in the sense of the file.
type events struct {
	f     *os.File
	began time.Time
	level string
	sign  float64
	err   error
}

// newEvents opens the file; "" gives nil, which tells nobody anything.
func newEvents(path string, m *mip.Model) (*events, error) {
	if path == "" || len(m.Levels) == 0 {
		return nil, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("检查 --events 的路径", "check the path given with --events")}
	}
	last := &m.Levels[len(m.Levels)-1]
	e := &events{f: f, began: time.Now(), level: last.Name, sign: 1}
	if last.Negated {
		e.sign = -1
	}
	return e, nil
}

func (e *events) show(news solver.Progress) {
	if e == nil || e.err != nil || news.Level != e.level {
		return
	}
	line, err := json.Marshal(race.Event{At: time.Since(e.began).Seconds(), Incumbent: finite(e.sign * news.Incumbent), Bound: finite(e.sign * news.Bound)})
	if err == nil {
		_, err = e.f.Write(append(line, '\n'))
	}
	e.err = err
}

func (e *events) close() error {
	if e == nil {
		return nil
	}
	return errors.Join(e.err, e.f.Close())
}
