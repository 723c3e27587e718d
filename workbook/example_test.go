package workbook_test

import (
	"fmt"
	"os"
	"path/filepath"

	"cadre/internal/i18n"
	"cadre/posting"
	"cadre/workbook"
)

// A slip of the pen is reported with its cell, what was expected, and the nearest valid value.
func ExampleRead() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for name, content := range map[string]string{
		"干部.csv":     "编号,姓  名,出生年月,职务层次,现任职务,任现职时间\nC1,王一,1970.05,正科级,P1,2015.3\nC2,李二,1980.13,副科级,P02,2020.8\n",
		"posts.csv":  "id,name,unit,role,level\nP1,甲乡党委书记,U1,书记,乡科级正职\nP2,甲乡副乡长,U1,副职,科级副职\n",
		"units.csv":  "id,name,kind,place\nU1,甲乡,乡镇,L1\n",
		"places.csv": "id,name\nL1,甲地\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			fmt.Println(err)
			return
		}
	}
	_, problems, err := workbook.Read(dir, workbook.Options{Date: posting.NewMonth(2026, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	problems.Write(os.Stdout, i18n.En)
	// Output:
	// E1202 干部.csv!C3: birth_month "1980.13" is no usable date; write 1965.03, 196503, 1965-03-12 or 1965年3月 with a year from 1920 to 2100
	// E1301 干部.csv!E3: post "P02" is no id of posts; did you mean P2?
	// E1204 posts.csv!E3: level "科级副职" is not in the code list; expected one of 股级副职、股级正职、乡科级副职、乡科级正职、县处级副职、县处级正职、厅局级副职、厅局级正职; did you mean 乡科级副职?
}
