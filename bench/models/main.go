// Command models writes mixed-integer programs of the shape of a round of moves into a folder, as MPS files: an
// assignment of cadres to posts with side constraints. The people are invented, and the same flags give the same bytes.
//
//	go run ./bench/models --out DIR                        every size, seed 1
//	go run ./bench/models --out DIR --sizes 100,300 --seeds 1,2,3 --fairness convex
//	go run ./bench/models --out DIR --gap DATA/gap             assignment instances of the literature, with known.csv
//	go run ./bench/models --out DIR --awkward --seeds 1,2      small models of every awkward sort
//
// README.md beside it says what the models contain.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cadre/mip"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// sizes lists what is written where --sizes is not given: cadres, and how many candidate posts each keeps (0 all).
var sizes = []size{{100, 0}, {300, 0}, {1000, 0}, {3000, 60}, {10000, 60}}

// minMaxUpTo is the largest size that --fairness both writes with level rows: they multiply the coefficients tenfold.
const minMaxUpTo = 1000

type size struct{ cadres, keep int }

func (s size) String() string {
	if s.keep == 0 {
		return fmt.Sprintf("n%d", s.cadres)
	}
	return fmt.Sprintf("n%dk%d", s.cadres, s.keep)
}

func run(args []string) error {
	f := flag.NewFlagSet("models", flag.ContinueOnError)
	out := f.String("out", "", "folder to write to")
	sizeList := f.String("sizes", "", "sizes, such as 100,300,3000k60 (default 100,300,1000,3000k60,10000k60)")
	seedList := f.String("seeds", "1", "seeds")
	fairness := f.String("fairness", "both", "convex, minmax, largest or both of the first (minmax up to 1000 cadres)")
	odd := f.Bool("awkward", false, "write small awkward models without any assignment instead")
	gap := f.String("gap", "", "write the instances of this folder of generalised assignment problems instead")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *out == "" {
		return errors.New("--out names no folder")
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	if *gap != "" {
		return writeGAP(*gap, *out)
	}
	if *odd {
		return eachSeed(*seedList, func(seed uint64) error { return writeAwkward(*out, seed) })
	}
	chosen, err := parseSizes(*sizeList)
	if err != nil {
		return err
	}
	for _, s := range chosen {
		if err := eachSeed(*seedList, func(seed uint64) error { return writeSize(*out, s, seed, *fairness) }); err != nil {
			return err
		}
	}
	return nil
}

func eachSeed(list string, do func(seed uint64) error) error {
	for word := range strings.SplitSeq(list, ",") {
		seed, err := strconv.ParseUint(word, 10, 64)
		if err != nil {
			return fmt.Errorf("--seeds %q: %w", list, err)
		}
		if err := do(seed); err != nil {
			return err
		}
	}
	return nil
}

func parseSizes(list string) ([]size, error) {
	if list == "" {
		return sizes, nil
	}
	var out []size
	for word := range strings.SplitSeq(list, ",") {
		n, k, limited := strings.Cut(word, "k")
		s := size{}
		var err, kerr error
		s.cadres, err = strconv.Atoi(n)
		if limited {
			s.keep, kerr = strconv.Atoi(k)
		}
		if err = errors.Join(err, kerr); err != nil || s.cadres < minCadres || s.keep < 0 {
			return nil, fmt.Errorf("--sizes: %q is no size such as 300 or 3000k60 of at least %d cadres", word, minCadres)
		}
		out = append(out, s)
	}
	return out, nil
}

// writeSize writes the models of one size and seed.
func writeSize(out string, s size, seed uint64, fairness string) error {
	kinds := []string{convex, minMax}
	switch {
	case fairness == convex || fairness == minMax || fairness == largest:
		kinds = []string{fairness}
	case fairness != "both":
		return fmt.Errorf("--fairness %q is not one of convex, minmax, largest, both", fairness)
	case s.cadres > minMaxUpTo:
		kinds = []string{convex}
	}
	w := newWorld(s, seed)
	for _, kind := range slices.Sorted(slices.Values(kinds)) {
		m := encode(w, kind)
		m.Name = fmt.Sprintf("%s-%s-s%d", s, kind, seed)
		if err := writeModel(out, m); err != nil {
			return err
		}
	}
	return nil
}

// writeModel writes one file and says on standard output what it holds.
func writeModel(out string, m *mip.Model) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("%s: %w", m.Name, err)
	}
	path := filepath.Join(out, m.Name+".mps")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(mip.WriteMPS(w, m), w.Flush(), f.Close()); err != nil {
		return err
	}
	terms := 0
	for _, r := range m.Rows {
		terms += len(r.Terms)
	}
	fmt.Printf("%s: %d columns, %d rows, %d coefficients\n", m.Name, len(m.Columns), len(m.Rows), terms)
	return nil
}
