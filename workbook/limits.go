package workbook

// The limits keep a mistaken input (a sheet filled to its last row, a wrong file) from taking the machine's memory.
// They lie well above anything a department holds: a province has some ten thousand cadres at these levels, the largest
// instances of the generator three hundred thousand with as many earlier posts again.
const (
	// MaxRows is the largest number of rows that are not blank in one CSV table, MaxSheetRows in one sheet.
	MaxRows      = 1_000_000
	MaxSheetRows = 100_000
	// MaxColumns is the largest number of columns of a table.
	MaxColumns = 256
	// maxCSVBytes bounds one CSV file, which is held in memory while it is decoded.
	maxCSVBytes = 256 << 20
	// maxUnzipped bounds a workbook's content once unpacked; parts above excelize's own limit go to temporary files.
	maxUnzipped = 2 << 30
	// maxMergeCells is the number of cells up to which a sheet is searched for merged cells, which needs all of it
	// in memory.
	maxMergeCells = 400_000
)
