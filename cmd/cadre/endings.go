package main

import (
	"strings"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
	"cadre/solver/highs"
	"cadre/solver/native"
)

// statusText puts a status into words; in English its own word is one.
func statusText(s solver.Status) i18n.Text {
	return i18n.Text{En: string(s), Zh: map[solver.Status]string{solver.Optimal: "最优", solver.Feasible: "可行，未证明最优", solver.Infeasible: "无解",
		solver.Unbounded: "无界", solver.NoSolution: "没有找到解"}[s]}
}

// limitText puts what ended a run into words; in English its own word is one.
func limitText(l solver.Limit) i18n.Text {
	return i18n.Text{En: string(l), Zh: map[solver.Limit]string{solver.LimitNone: "算完", solver.LimitGap: "达到差距要求", solver.LimitTime: "时间限制", solver.LimitWork: "工作量限制",
		solver.LimitInterrupted: "人工中断", solver.LimitMemory: "内存限制", solver.LimitNumerics: "数值相差太大"}[l]}
}

// stopped is the end of a run that came to nothing before its limit; what says what it was to find.
func stopped(l solver.Limit, what i18n.Text, by string) *exitError {
	hint := i18n.Text{}
	switch l {
	case solver.LimitTime:
		hint = i18n.T("用 --time 给更多时间", "give more --time")
	case solver.LimitWork:
		hint = i18n.T("用 --work 给更多工作量", "give more --work")
	case solver.LimitMemory:
		hint = i18n.T("减少 --threads，或换用内存更大的机器", "use fewer --threads, or a machine with more memory")
	case solver.LimitInterrupted:
		hint = i18n.T("再运行同一命令，等它算完或达到 --time", "run the same command again, and let it come to its end or to --time")
	case solver.LimitNumerics:
		hint = apart(by)
	}
	return told(exitNoPlan, i18n.F("在找到%[2]s之前停止（%[1]s）", "stopped (%[1]s) before any %[2]s was found", limitText(l), what), hint)
}

// apart is what helps where the numbers of a model lie too far apart for a solver.
func apart(name string) i18n.Text {
	return i18n.F("换一个求解器（如 --solver %[1]s），或缩小约束中系数之间的差距（如过大的 M）",
		"take another solver, such as --solver %[1]s, or bring the coefficients of a row closer together (a big M, for example)", another(name))
}

// another is a backend to try where one, or a chain of them, has failed.
func another(name string) string {
	if strings.Contains(name, native.New().Name()) {
		return highs.Name
	}
	return native.New().Name()
}

// selfEvident says whether anybody sees from one column or one row that there is no solution.
func selfEvident(m *mip.Model) bool {
	crossed := func() bool {
		for i := range m.Rows {
			if m.Rows[i].Lower > m.Rows[i].Upper {
				return true
			}
		}
		return false
	}
	return crossed() || len(emptyRows(m)) > 0 || len(pick(m, func(_ int, c *mip.Column) bool { return impossible(c) })) > 0
}
