package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/planning"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/certify"
)

// verifyOptions are the flags of verify.
type verifyOptions struct {
	in              inputFlags
	input           string // INPUT of the plan, "" not compared
	model, solution string // of a bare certificate
	json            bool
}

func newVerifyCmd() *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:     "verify DIR | CERTIFICATE --model MODEL.mps[.gz] --solution SOL",
		Short:   i18n.T("用精确算术复核方案文件夹中的证明", "check the proof in a plan folder in exact arithmetic, without a solver").In(i18n.Default()),
		Example: "  cadre verify out/county --input examples/county\n  cadre verify c.json --model m.mps --solution m.sol   (of cadre solve m.mps --out m.sol --certificate c.json)",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.model != "" || o.solution != "" || isFile(args[0]) {
				return verifyBare(cmd, args[0], o)
			}
			return verifyFolder(cmd, args[0], o)
		},
	}
	o.in.add(cmd)
	cmd.Flags().StringVar(&o.input, "input", "", "also encode this INPUT anew and compare the model and the plan with it")
	cmd.Flags().StringVar(&o.model, "model", "", "model to which a certificate of cadre solve belongs")
	cmd.Flags().StringVar(&o.solution, "solution", "", "solution to which it belongs")
	cmd.Flags().BoolVar(&o.json, "json", false, "print JSON")
	return cmd
}

// verifyFolder checks a plan folder.
func verifyFolder(cmd *cobra.Command, dir string, o verifyOptions) error {
	f, err := openFolder(dir)
	if err != nil {
		return err
	}
	levels, err := f.verify()
	if err != nil {
		return refuted(dir, err)
	}
	if o.input != "" {
		i, err := load(cmd, o.input, o.in.on(f.plan.Inputs.Date))
		if err != nil {
			return err
		}
		if i, err = i.loadFor(cmd, &f.plan.Process); err != nil {
			return err
		}
		if err := f.stemsFrom(i, langOf(cmd)); err != nil {
			return refuted(dir, err)
		}
	}
	if o.json {
		return printJSON(cmd.OutOrStdout(), verdict(levels, f.plan))
	}
	return printVerdict(cmd.OutOrStdout(), verdict(levels, f.plan), 0, langOf(cmd))
}

// verifyBare checks a certificate against the model and the solution that are named.
func verifyBare(cmd *cobra.Command, path string, o verifyOptions) error {
	if o.model == "" || o.input != "" {
		return usageError(i18n.E("单独的证书须配 --model，并配 --solution（证明无解的除外）", "a certificate alone needs --model and, but where there is none, --solution"), i18n.T("例如 cadre verify c.json --model m.mps --solution m.sol；方案则给出整个文件夹：cadre verify out/county", "for example cadre verify c.json --model m.mps --solution m.sol; of a plan give the whole folder: cadre verify out/county"))
	}
	for _, file := range []string{path, o.model, o.solution} {
		if _, err := os.Stat(file); err != nil && file != "" {
			return unread(err)
		}
	}
	f := &planFolder{}
	if err := f.readParts(path, o.model); err != nil {
		return bareRefuted(path, err)
	}
	remarkRounded(cmd.ErrOrStderr(), f.model, langOf(cmd))
	if f.certificate.Infeasible != nil {
		return f.verifyRefutation(cmd, path, o)
	}
	if o.solution == "" {
		return usageError(i18n.E("该证书是关于一个解的：缺少 --solution", "the certificate is about a solution: --solution is missing"), i18n.T("cadre verify c.json --model m.mps --solution m.sol", "cadre verify c.json --model m.mps --solution m.sol"))
	}
	if err := f.readValues(o.solution); err != nil {
		return bareRefuted(path, err)
	}
	levels, err := certify.Verify(f.model, f.values, f.certificate)
	if err != nil {
		return bareRefuted(path, err)
	}
	lines := bareVerdict(f.model, levels)
	for k := range lines {
		lines[k].Within = f.certificate.Within
	}
	if o.json {
		return printJSON(cmd.OutOrStdout(), lines)
	}
	return printVerdict(cmd.OutOrStdout(), lines, f.certificate.Within, langOf(cmd))
}

// verifyRefutation checks that there is no solution.
func (f *planFolder) verifyRefutation(cmd *cobra.Command, path string, o verifyOptions) error {
	if o.solution != "" {
		return usageError(i18n.E("%s 说模型无解，--solution 却给出一个解", "%s says that there is no solution, and --solution names one", path), i18n.T("去掉 --solution", "leave --solution out"))
	}
	if err := certify.VerifyRefutation(f.model, f.certificate); err != nil {
		return bareRefuted(path, err)
	}
	if o.json {
		return printJSON(cmd.OutOrStdout(), map[string]any{"status": solver.Infeasible, "nodes": len(f.certificate.Infeasible.Nodes)})
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), i18n.T("复核通过：该模型无解，已经精确计算证明", "verified: the model has no solution, which is proven in exact arithmetic").In(langOf(cmd)))
	return err
}

// on is the flags with the plan's own date where none is given.
func (f inputFlags) on(date posting.Month) inputFlags {
	if f.date == "" && date.Known() {
		f.date = date.String()
	}
	return f
}

// errUncertified is why a plan cannot be verified at all.
var errUncertified = i18n.E("plan.json 写明界没有经过证明", "plan.json states that the bound is not certified")

// refuted says of a plan folder that it does not hold, and what to do about it.
func refuted(dir string, err error) error {
	switch {
	case errors.Is(err, errUncertified):
		return broken(dir, err, i18n.T("没有可复核的证明：用更多 --time 或另一个 --solver 重新 cadre plan；cadre audit 审核方案本身", "there is no proof to check: plan anew with more --time or another --solver; cadre audit checks the plan itself"))
	case errors.Is(err, fs.ErrNotExist):
		return broken(dir, err, i18n.T("文件夹不完整：向制作者要完整的一份，或重新 cadre plan", "the folder is not whole: get all of it from whoever made it, or plan anew"))
	}
	return broken(dir, err, i18n.T("文件夹写出后被改动，或各部分不是一套；不要采用：向制作者要原来的一份，或重新 cadre plan",
		"the folder was changed after it was written, or its parts do not belong together; do not rely on it: get it as it was written from whoever made it, or plan anew"))
}

// bareRefuted says of a certificate that it does not hold, unless it is one of the files that cannot be read.
func bareRefuted(path string, err error) error {
	if known, ok := errors.AsType[*exitError](err); ok {
		return known // of the model
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return unread(err)
	}
	return broken(path, err, i18n.T("证书、模型、解不是同一次 cadre solve 的，或有一个被改动；不要采用：向制作者要原来的三个文件，或用 --out 和 --certificate 重新求解",
		"certificate, model and solution are not of one cadre solve, or one of them was changed; do not rely on them: get all three as they were from whoever made them, or solve anew with --out and --certificate"))
}

// broken says that what lies at a path does not hold, or of a certificate that only a later cadre can read that it is not known to.
func broken(path string, err error, hint i18n.Text) error {
	if errors.Is(err, certify.ErrNewer) {
		return &exitError{code: exitViolation, err: i18n.E("%s 不能在此复核：%s", "%s cannot be verified here: %s", path, err), hint: i18n.T("换用更新的 cadre；cadre version 显示当前版本", "use a newer cadre; cadre version shows which one this is")}
	}
	return &exitError{code: exitViolation, err: i18n.E("%s 没有通过复核：%s", "%s does not hold: %s", path, err), hint: hint}
}

// unread says that a file cannot be read.
func unread(err error) error {
	return &exitError{code: exitUsage, err: err, hint: i18n.T("检查路径和读写权限", "check the path, and whether it may be read or written")}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// planFolder is what verify reads of a plan folder.
type planFolder struct {
	dir         string
	plan        *posting.Plan
	model       *mip.Model
	values      []float64
	certificate *certify.Certificate
}

// openFolder finds the plan. A folder without one is a usage error; all that is wrong with its parts is a finding.
func openFolder(dir string) (*planFolder, error) {
	text, err := os.ReadFile(filepath.Join(dir, "plan.json"))
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("检查路径；DIR 是 cadre plan --out 写出的文件夹", "check the path: DIR is a folder that cadre plan --out wrote")}
	}
	f := &planFolder{dir: dir, plan: &posting.Plan{}}
	if err := json.Unmarshal(text, f.plan); err != nil {
		return nil, refuted(dir, i18n.E("plan.json：%s", "plan.json: %s", err))
	}
	return f, nil
}

// read reads the other parts, and checks that the model is the one that the others name.
func (f *planFolder) read() error {
	file := func(name string) string { return filepath.Join(f.dir, name) }
	if err := f.readParts(file("certificate.json"), file("model.mps.gz")); err != nil {
		return err
	}
	if err := f.readValues(file("solution.txt")); err != nil {
		return err
	}
	if f.certificate.Model != f.plan.Inputs.Model {
		return i18n.E("model.mps.gz 不是 plan.json 所指的模型（inputs.model_sha256）", "model.mps.gz is not the model that plan.json names (inputs.model_sha256)")
	}
	return nil
}

// readParts reads certificate and model, and checks that the certificate is about the model.
func (f *planFolder) readParts(certificate, model string) error {
	file, err := os.Open(certificate)
	if err != nil {
		return err
	}
	defer file.Close()
	if f.certificate, err = certify.Read(file); err != nil {
		return i18n.E("%s：%s", "%s: %s", filepath.Base(certificate), err)
	}
	m, sum, err := readModelSum(model)
	if err != nil {
		return err
	}
	if sum != f.certificate.Model { // it may have been formatted otherwise
		sum = planning.ModelHash(m)
	}
	if sum != f.certificate.Model {
		return i18n.E("%s 不是 %s 所指的模型（model_sha256）", "%s is not the model that %s names (model_sha256)", filepath.Base(model), filepath.Base(certificate))
	}
	f.model = m
	return nil
}

func (f *planFolder) readValues(solution string) (err error) {
	f.values, err = readSolution(solution, f.model)
	return err
}

// verify checks the folder by itself: its parts against each other, and the proof.
func (f *planFolder) verify() ([]certify.Checked, error) {
	if !f.plan.Certified {
		return nil, errUncertified
	}
	if err := f.read(); err != nil {
		return nil, err
	}
	if w := f.certificate.Within; w != 0 {
		return nil, i18n.E("certificate.json 允许约束相差 %g；方案须精确满足约束", "certificate.json lets rows be off by %g; a plan has to keep them exactly", w)
	}
	levels, err := certify.Verify(f.model, f.values, f.certificate)
	if err != nil {
		return nil, err
	}
	if err := f.levels(levels); err != nil {
		return nil, err
	}
	if err := f.totals(levels); err != nil {
		return nil, err
	}
	if err := sameAssignments(f.plan.Assignments, columnNames(f.model), f.values); err != nil {
		return nil, err
	}
	if planSum(f.plan) != f.certificate.Plan {
		return nil, i18n.E("plan.json 被改动：不是 certificate.json 所指的方案", "plan.json was changed: it is not the plan that certificate.json names")
	}
	return levels, nil
}

// agree compares a stated number with the one that follows.
func agree(what string, stated, follows float64) error {
	if stated != follows {
		return i18n.E("plan.json 写 %s 为 %s，实为 %s", "plan.json states %s %s; it is %s", what, plain(stated), plain(follows))
	}
	return nil
}

// levels compares every level of the plan with what was proven.
func (f *planFolder) levels(proven []certify.Checked) error {
	if len(f.plan.Levels) != len(proven) || len(f.plan.Audit.Levels) != len(proven) {
		return i18n.E("plan.json 有 %d 个层级、%d 个审核过的层级，模型有 %d 个", "plan.json has %d levels and %d audited ones, the model %d", len(f.plan.Levels), len(f.plan.Audit.Levels), len(proven))
	}
	for k, c := range proven {
		l, of, seen := f.plan.Levels[k], &f.model.Levels[k], f.plan.Audit.Levels[k]
		if l.Name != of.Name || l.Unit != of.Unit || l.Scale != of.Scale || seen.Name != of.Name {
			return i18n.E("plan.json：levels[%d] 不是模型的层级 %s", "plan.json: levels[%d] is not level %s of the model", k, of.Name)
		}
		scale, at := float64(of.Scale), fmt.Sprintf("levels[%d].", k)
		gap := planning.GapOf(of, c.Value, c.Bound)
		if err := errors.Join(
			agree(at+"value", l.Value, c.Value/scale), agree(at+"bound", l.Bound, c.Bound/scale),
			agree(at+"gap_abs", l.GapAbs, math.Max(0, c.Value-c.Bound)/scale), agree(at+"gap_rel", l.GapRel, gap),
			agree("audit."+at+"value", seen.Value, c.Value/scale),
		); err != nil {
			return err
		}
		asked := f.certificate.Asked(k)
		if optimal := l.Status == string(solver.Optimal); optimal != (gap <= asked.Gap || c.Value-c.Bound <= asked.AbsGap) {
			return i18n.E("plan.json 写 %sstatus 为 %s；差距为 %g，要求为 %g，与此不符", "plan.json states %sstatus %s; with a gap of %g, where %g was asked for, it is not", at, l.Status, gap, asked.Gap)
		}
	}
	return nil
}

// totals compares what the plan states of the whole.
func (f *planFolder) totals(proven []certify.Checked) error {
	p := f.plan
	optimal, gap, last := true, 0.0, posting.LevelValue{}
	for _, l := range p.Levels {
		gap, last = math.Max(gap, l.GapRel), l
		optimal = optimal && l.Status == string(solver.Optimal)
	}
	if stated := p.Status == string(solver.Optimal); stated != optimal {
		return i18n.E("plan.json 写 status 为 %s，与各层级不符", "plan.json states status %s; by its levels it is not", p.Status)
	}
	people := math.Max(1, float64(len(p.Assignments)+len(p.Unplaced)))
	return errors.Join(agree("objective", p.Objective, last.Value), agree("bound", p.Bound, last.Bound), agree("gap", p.Gap, gap),
		agree("gap_points_per_cadre", p.PerCadre, last.GapAbs/people))
}

// stemsFrom compares the folder with what the input gives today.
func (f *planFolder) stemsFrom(i *input, lang i18n.Lang) error {
	switch {
	case i.index.Hash != f.plan.Inputs.Instance:
		return i18n.E("方案所依据的数据与 --input 不同（inputs.instance_sha256）", "the plan was made from other data than --input (inputs.instance_sha256)")
	case i.policy.Hash != f.plan.Inputs.Policy:
		return i18n.E("方案所依据的政策与 --input 的不同（inputs.policy_sha256）", "the plan was made under another policy than that of --input (inputs.policy_sha256)")
	}
	enc := constraints.Encode(i.index, i.policy)
	if planning.ModelHash(enc.Model) != f.plan.Inputs.Model {
		return i18n.E("由 --input 得出的模型与方案的不同（inputs.model_sha256）", "--input encodes to another model (inputs.model_sha256)")
	}
	decoded := enc.Decode(f.values)
	if len(decoded) != len(f.plan.Assignments) {
		return i18n.E("solution.txt 得出 %d 条安排，plan.json 有 %d 条", "solution.txt decodes to %d assignments, plan.json has %d", len(decoded), len(f.plan.Assignments))
	}
	for n, a := range f.plan.Assignments {
		if d := decoded[n]; a.Cadre != d.Cadre || a.From != d.From || a.To != d.To || a.Period != d.Period || a.Move != d.Move {
			return i18n.E("assignments[%d]：plan.json 派 %s 到 %q，solution.txt 派 %s 到 %q", "assignments[%d]: plan.json sends %s to %q, solution.txt sends %s to %q", n, a.Cadre, a.To, d.Cadre, d.To)
		}
	}
	report, err := audit.Judge(i.index, i.policy, f.plan, lang)
	if err != nil {
		return err
	}
	if n := len(report.Violated); n > 0 {
		return i18n.E("方案有 %d 处违反政策，第一处：%s", "the plan breaks the policy in %d places, the first: %s", n, report.Violated[0].Text)
	}
	return nil
}

// verifiedLevel is one line of the verdict, in the units that people read. Within is how far rows may be off, left out where not
// at all.
type verifiedLevel struct {
	Name   string  `json:"name"`
	Unit   string  `json:"unit"`
	Value  float64 `json:"value"`
	Bound  float64 `json:"bound"`
	Gap    float64 `json:"gap"`
	Leaves int     `json:"leaves"`
	Within float64 `json:"within,omitempty"`
}

func verdict(levels []certify.Checked, p *posting.Plan) []verifiedLevel {
	out := make([]verifiedLevel, len(levels))
	for k, l := range p.Levels {
		out[k] = verifiedLevel{Name: l.Name, Unit: l.Unit, Value: l.Value, Bound: l.Bound, Gap: l.GapRel, Leaves: levels[k].Leaves}
	}
	return out
}

// bareVerdict is about a model as it stands, in the sense of the file.
func bareVerdict(m *mip.Model, levels []certify.Checked) []verifiedLevel {
	out := make([]verifiedLevel, len(levels))
	for k, c := range levels {
		sign := 1.0
		if m.Levels[k].Negated {
			sign = -1
		}
		out[k] = verifiedLevel{Name: c.Name, Unit: m.Levels[k].Unit, Value: sign * c.Value, Bound: sign * c.Bound, Gap: certify.Gap(c.Value, c.Bound), Leaves: c.Leaves}
	}
	return out
}

// printVerdict prints what holds; within is how far the solution's rows may be off.
func printVerdict(w io.Writer, lines []verifiedLevel, within float64, lang i18n.Lang) error {
	head := i18n.T("复核通过：方案可行，各层级的界均经精确计算证明", "verified: the plan is feasible, and the bound of every level is proven in exact arithmetic")
	if within != 0 {
		head = i18n.F("复核通过：解在容差 %g 以内可行，各层级的界均经精确计算证明", "verified: the solution is feasible within %g, and the bound of every level is proven in exact arithmetic", within)
	}
	fmt.Fprintln(w, head.In(lang))
	for _, l := range lines {
		fmt.Fprintln(w, " ", i18n.F("%s：值 %s，界 %s，间隙 %.3f%%", "%s: value %s, bound %s, gap %.3f%%", l.Name, plain(l.Value), plain(l.Bound), 100*l.Gap).In(lang))
	}
	return nil
}
