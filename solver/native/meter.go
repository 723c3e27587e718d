package native

import (
	"context"
	"time"

	"cadre/solver"
	"cadre/solver/native/assign"
)

// meter watches the limits of a run. All parts of one run share it.
type meter struct {
	ctx      context.Context
	begin    time.Time
	deadline time.Time // zero: none
	maxWork  int64     // pivots and propagation sweeps, 0 none
	work     int64
	limit    solver.Limit // what ended the run, LimitNone while it goes on
	clocked  bool         // the clock made a part shorter
}

func newMeter(ctx context.Context, p solver.Params) *meter {
	m := &meter{ctx: ctx, begin: time.Now(), maxWork: p.Work, limit: solver.LimitNone}
	if p.Time > 0 {
		m.deadline = m.begin.Add(p.Time)
	}
	return m
}

// spent says whether the run has to stop, and remembers why.
func (m *meter) spent() bool {
	switch {
	case m.limit != solver.LimitNone:
	case m.maxWork > 0 && m.work >= m.maxWork:
		m.limit = solver.LimitWork
	case m.ctx.Err() != nil:
		m.limit = solver.LimitInterrupted
	case !m.deadline.IsZero() && !time.Now().Before(m.deadline):
		m.limit = solver.LimitTime
	}
	return m.limit != solver.LimitNone
}

// child is a meter for a part of the run with a work limit of its own.
func (m *meter) child(work int64) *meter {
	c := *m
	c.work, c.maxWork = 0, work
	if m.maxWork > 0 {
		c.maxWork = min(work, max(1, m.maxWork-m.work))
	}
	return &c
}

// join adds what a part has spent.
func (m *meter) join(c *meter) {
	m.work += c.work
	if c.limit != solver.LimitNone && c.limit != solver.LimitWork {
		m.limit = c.limit
	}
	m.clocked = m.clocked || c.clocked
}

// left is how much time there still is, false without a limit.
func (m *meter) left() (time.Duration, bool) {
	return time.Until(m.deadline), !m.deadline.IsZero()
}

// after says, whenever it is asked, whether such a share of the time that is left now has passed; an answer that ends something is the clock's.
func (m *meter) after(share float64) func() bool {
	left, limited := m.left()
	end := time.Now().Add(time.Duration(share * float64(left)))
	return func() bool {
		if !limited || time.Now().Before(end) {
			return false
		}
		m.clocked = true
		return true
	}
}

// pace is the clock for annealing.
func (m *meter) pace() assign.Pace {
	return assign.Pace{Stop: m.spent, Left: m.left, Short: func() { m.clocked = true }}
}
