package mip_test

import (
	"fmt"
	"os"
	"strings"

	"cadre/mip"
)

func ExampleReadMPS() {
	m, err := mip.ReadMPS(strings.NewReader(`
ROWS
 N cost
 G need
COLUMNS
 x cost 2 need 1
 y cost 3 nead 1
RHS
 RHS need 4
`))
	fmt.Println(m == nil)
	fmt.Println(err)
	// Output:
	// true
	// line 7: column "y" names row "nead", which ROWS does not declare
	// line 9: the file ends without ENDATA; it may have been cut off
}

func ExampleWriteLP() {
	m := &mip.Model{Name: "one seat"}
	stay := m.AddColumn(mip.Column{Name: "甲.stays", Upper: 1, Integer: true})
	move := m.AddColumn(mip.Column{Name: "甲.moves", Upper: 1, Integer: true})
	m.AddRow(mip.Constraint{
		Name: "place.甲", Lower: 1, Upper: 1, Terms: []mip.Term{{Col: stay, Coef: 1}, {Col: move, Coef: 1}},
		Stamp: mip.Stamp{Clause: "R21", Subjects: []string{"甲"}},
	})
	m.AddLevel(mip.Level{Name: "moves", Unit: "moves", Scale: 1, Terms: []mip.Term{{Col: move, Coef: 1}}})
	if err := mip.WriteLP(os.Stdout, m); err != nil {
		fmt.Println(err)
	}
	// Output:
	// \ one seat: 2 columns, 1 rows
	// \ level 1: moves, in moves / 1
	// Minimize
	//  obj: + 1 甲.moves
	// Subject To
	// \ R21: 甲
	//  place.甲: + 1 甲.stays + 1 甲.moves = 1
	// Bounds
	//  0 <= 甲.stays <= 1
	//  0 <= 甲.moves <= 1
	// Generals
	//  甲.stays
	//  甲.moves
	// End
}
