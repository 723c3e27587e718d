package workbook

import (
	"slices"

	"cadre/internal/i18n"
)

// Code explains a problem code. Codes are stable: one that is no longer used is not given to anything else.
type Code struct {
	ID     string
	Title  i18n.Text
	Cause  i18n.Text
	Action i18n.Text // what to do
}

// Codes lists all codes of input problems: E is an error (exit 2), W a warning, N a note.
func Codes() []Code {
	return slices.Concat(tableCodes(), valueCodes(), contentCodes(), planCodes(), editCodes(), decisionCodes())
}

func tableCodes() []Code {
	return []Code{
		{"E1001", i18n.T("缺少必需的表", "required table missing"),
			i18n.T("干部、岗位、单位、地点四张表缺一不可；表名可能被改动。", "Cadres, posts, units and places are all needed; a name may have been changed."),
			i18n.T("补上该表，或改回消息中列出的名称。", "Add the table, or give it one of the names in the message.")},
		{"E1002", i18n.T("同一张表出现两次", "table present twice"),
			i18n.T("两个工作表或文件的名称指同一张表。", "Two sheets or files have names of one table."),
			i18n.T("合并或删去其中一张。", "Merge them, or delete one.")},
		{"E1003", i18n.T("表过大", "table too large"),
			i18n.T("行数或文件大小超过上限，多半是选错了文件。", "More rows or bytes than the limit: mostly the wrong file."),
			i18n.T("只保留有关人员和岗位。", "Keep only the people and posts concerned.")},
		{"E1004", i18n.T("CSV 无法读取", "CSV cannot be read"),
			i18n.T("编码不是 UTF-8 或 GBK/GB18030，或引号不成对。", "The encoding is neither UTF-8 nor GBK/GB18030, or quotation marks do not match."),
			i18n.T("另存为 CSV UTF-8，检查消息所指行的引号。", "Save as CSV UTF-8; look at the quotation marks of that row.")},
		{"E1005", i18n.T("列过多", "too many columns"),
			i18n.T("一行的列数超过上限。", "A row has more columns than the limit."),
			i18n.T("删去表右侧多余的内容。", "Delete what stands to the right of the table.")},
		{"E1006", i18n.T("1904 日期系统", "1904 date system"),
			i18n.T("工作簿的日期序号从 1904 年起算，读出会差四年。", "The workbook counts days from 1904: dates would be four years off."),
			i18n.T("改用 1900 日期系统后另存。", "Switch to the 1900 date system and save again.")},
		{"E1101", i18n.T("缺少必需的列", "required column missing"),
			i18n.T("没有找到该列，列名可能被改动。", "The column was not found; its heading may have been changed."),
			i18n.T("补上该列，或改用消息中列出的列名。", "Add the column, or use one of the headings in the message.")},
		{"E1102", i18n.T("同一列出现两次", "column present twice"),
			i18n.T("两个列名指同一字段。", "Two headings stand for one field."),
			i18n.T("只留一列。", "Keep one.")},
		{"E1103", i18n.T("没有列名", "no headings"),
			i18n.T("表的前几行中没有可识别的列名（CSV 为第一行）。", "None of the first rows (in CSV: the first) has a known heading."),
			i18n.T("在数据上方加上列名一行。", "Put a row of headings above the data.")},
		{"E1104", i18n.T("没有数据行", "no rows"),
			i18n.T("必需的表只有列名。", "A required table has headings only."),
			i18n.T("填入数据。", "Fill it in.")},
		{"W1001", i18n.T("未识别的表", "unknown table"),
			i18n.T("工作表或文件名不是已知的表名。", "The name of the sheet or file is no known table."),
			i18n.T("若应当读取，改用已知的表名。", "If it should be read, give it a known name.")},
		{"W1101", i18n.T("未识别的列", "unknown column"),
			i18n.T("列名不在该表的列中。", "The heading belongs to no column of the table."),
			i18n.T("若应当读取，改用已知的列名。", "If it should be read, give it a known heading.")},
		{"W1102", i18n.T("没有列名的内容", "content without heading"),
			i18n.T("单元格所在列没有列名。", "The cell's column has no heading."),
			i18n.T("补上列名或删去。", "Add a heading, or delete the cell.")},
		{"N1001", i18n.T("内容暂未使用", "content not used yet"),
			i18n.T("意见、意愿、台账三表只核对人员编号。", "Of opinions, wishes and ledger only the ids are checked."),
			i18n.T("不必处理。", "Nothing to do.")},
		{"N1002", i18n.T("未检查合并单元格", "merged cells not searched"),
			i18n.T("工作表很大；合并单元格只有左上角有值。", "The sheet is large; of merged cells only the first has a value."),
			i18n.T("如有合并单元格，请取消合并并填满。", "Unmerge merged cells and fill them.")},
	}
}

func valueCodes() []Code {
	return []Code{
		{"E1201", i18n.T("必填项为空", "required value blank"),
			i18n.T("每行都要有的值没有填；例外须有理由、批准机关和文号。", "A value that every row needs is blank; exceptions need ground, approver and document."),
			i18n.T("填写。", "Fill it in.")},
		{"E1202", i18n.T("日期不可用", "no usable date"),
			i18n.T("月、日不存在，年份离谱，或不是日期。", "The month or day does not exist, the year is absurd, or it is no date."),
			i18n.T("写成 1965.03、196503、1965-03-12 或 1965年3月。", "Write 1965.03, 196503, 1965-03-12 or 1965年3月.")},
		{"E1203", i18n.T("不是整数", "no whole number"),
			i18n.T("数字栏中有文字或小数。", "A text or a fraction stands in a column of numbers."),
			i18n.T("只写整数，不带单位。", "Write a whole number without its unit.")},
		{"E1204", i18n.T("不在代码表中", "not in the code list"),
			i18n.T("该列只能填代码表中的词。", "The column admits only the words of its code list."),
			i18n.T("改用消息中列出的词。", "Use one of the words in the message.")},
		{"E1205", i18n.T("数字超出范围", "number out of range"),
			i18n.T("例如职数为负。", "For example a negative headcount."),
			i18n.T("更正数字。", "Correct the number.")},
		{"E1206", i18n.T("不是是/否", "neither yes nor no"),
			i18n.T("该列只能填 是、否 或留空。", "The column admits 是, 否 or blank."),
			i18n.T("改为 是 或 否；不要写理由。", "Write 是 or 否, and no reason.")},
		{"E1207", i18n.T("年月有歧义", "ambiguous month"),
			i18n.T("1965.1 可能是 1 月，也可能是被软件去掉末位零的 10 月。", "1965.1 may be January, or October whose last zero was dropped."),
			i18n.T("写成 1965.01 或 1965.10（单元格设为文本）。", "Write 1965.01 or 1965.10, as text.")},
		{"E1208", i18n.T("年度考核结果不可读", "appraisals not readable"),
			i18n.T("应为年份加等次，以分号隔开。", "Expected are years with grades, divided by semicolons."),
			i18n.T("写成 2024优秀；2025称职。", "Write 2024优秀；2025称职.")},
		{"E1209", i18n.T("本批处置不可读", "disposition not readable"),
			i18n.T("只有正常、不动、必动、定岗、不宜五种写法。", "There are 正常, 不动, 必动, 定岗 and 不宜."),
			i18n.T("如 定岗:P012，不宜:P012；U03。", "For example 定岗:P012, 不宜:P012；U03.")},
		{"E1210", i18n.T("公式出错", "failed formula"),
			i18n.T("单元格显示 #REF! 等错误值。", "The cell shows an error such as #REF!."),
			i18n.T("修好公式，或改为值。", "Mend the formula, or replace it by its value.")},
		{"E1211", i18n.T("编号含分隔符", "id with a separator"),
			i18n.T("兼任等列用 ；、， 分隔多个编号，编号本身不能含有。", "Lists of ids are divided by ; 、 and commas, so an id cannot hold them."),
			i18n.T("改用字母、数字和短横线。", "Use letters, digits and hyphens.")},
		{"E1213", i18n.T("规则测试的岗位不当", "post of a rule test"),
			i18n.T("拒绝、允许要写岗位；应交流、不应交流只看现任岗位。", "Refused and allowed want a post; due and not due look at the present one."),
			i18n.T("补上岗位编号，或者留空。", "Fill in the post, or leave it blank.")},
	}
}

func contentCodes() []Code {
	return []Code{
		{"E1301", i18n.T("引用的编号不存在", "unknown reference"),
			i18n.T("该编号不在所指的表中；引用只认编号，不认名称。", "No row of that table has the id; references are ids, never names."),
			i18n.T("更正编号，或在该表中补上一行。", "Correct the id, or add the row.")},
		{"E1302", i18n.T("上下级成环", "cycle"),
			i18n.T("单位、地点或直接上级岗位的上级关系回到了自身。", "The parents of a unit or place, or the superiors of a post, lead back to itself."),
			i18n.T("更正其中一个上级。", "Correct one of the parents.")},
		{"E1303", i18n.T("与本人的亲属关系", "tie with oneself"),
			i18n.T("甲方和乙方是同一人。", "Both sides of the tie are one person."),
			i18n.T("更正乙方编号。", "Correct the second id.")},
		{"E1401", i18n.T("重复行", "repeated row"),
			i18n.T("两行内容完全相同。", "Two rows are equal in every cell."),
			i18n.T("删去一行。", "Delete one.")},
		{"E1402", i18n.T("编号重复", "repeated id"),
			i18n.T("编号是唯一的，不能用两次。", "An id is unique."),
			i18n.T("更正编号，或合并两行。", "Correct the id, or merge the rows.")},
		{"E1403", i18n.T("同一身份两个编号", "one identity, two ids"),
			i18n.T("两行的身份证号相同。", "Two rows have the same identity number."),
			i18n.T("合并两行。", "Merge them.")},
		{"E1404", i18n.T("两个主要职务", "two main posts"),
			i18n.T("同一人列了两行，职务不同。", "One person has two rows with different posts."),
			i18n.T("只留主要职务一行，其余写入 兼任。", "Keep the row of the main post; list the other under also.")},
		{"E1405", i18n.T("主要职务又列为兼任", "main post also concurrent"),
			i18n.T("兼任中含有主要职务。", "The concurrent posts include the main one."),
			i18n.T("从兼任中删去。", "Delete it from the concurrent posts.")},
		{"E1406", i18n.T("同一事实两种说法", "one fact stated twice"),
			i18n.T("同一人的离任列了两次，或同一路程分钟数不同。", "One departure is listed twice, or one way has two durations."),
			i18n.T("只留正确的一行。", "Keep the right row.")},
		{"E1407", i18n.T("文号不在文件表中", "unknown document"),
			i18n.T("输入有 文件 表，而例外的文号没有列入。", "The input has a table of documents, which does not list that of the exception."),
			i18n.T("更正文号，或在文件表中补上一行。", "Correct the document, or add its row.")},
		{"W1401", i18n.T("疑似同一人", "perhaps one person"),
			i18n.T("两行姓名和出生年月相同。", "Two rows share name and birth month."),
			i18n.T("核对；不是同一人则不必处理。", "Compare them; nothing to do if they are two people.")},
		{"W1402", i18n.T("出生年月与身份证号不一致", "birth month against identity number"),
			i18n.T("身份证号中的年月与出生年月不同。", "The month in the identity number is another one."),
			i18n.T("以档案认定为准核对。", "Check against the personnel file.")},
		{"E1501", i18n.T("日期互相矛盾", "contradictory dates"),
			i18n.T("如参加工作早于出生，任职时不满 16 岁，免职早于任职。", "For example work before birth, a post before the age of 16, an end before its beginning."),
			i18n.T("核对并更正。", "Check and correct.")},
		{"E1502", i18n.T("晚于计划基准日", "after the plan date"),
			i18n.T("已发生的事不可能在基准日之后。", "What has happened cannot lie after the plan date."),
			i18n.T("更正日期，或核对基准日（--date 或 plan_date）。", "Correct the date, or the plan date (--date or plan_date).")},
		{"E1503", i18n.T("例外已过期", "exception expired"),
			i18n.T("有效期早于计划基准日；过期的例外不能再作依据。", "It ended before the plan date; nothing can rest on it any more."),
			i18n.T("续批，或删去该行。", "Have it renewed, or delete the row.")},
		{"W1502", i18n.T("离任早于计划基准日", "departure before the plan date"),
			i18n.T("该人仍在干部表中。", "The person still stands among the cadres."),
			i18n.T("已离任的从干部表删去，岗位即为空缺。", "Delete from the cadres who has left; the post is then vacant.")},
		{"W1503", i18n.T("扣减超过任职时间", "deduction exceeds tenure"),
			i18n.T("扣减月数多于任现职的月数。", "More months are deducted than were served."),
			i18n.T("核对扣减时间。", "Check the deduction.")},
		{"W1504", i18n.T("到单位晚于任现职", "entered the unit after taking the post"),
			i18n.T("到本单位时间晚于任现职时间。", "unit_since is later than post_since."),
			i18n.T("核对两个日期。", "Check both dates.")},
		{"E1601", i18n.T("没有现任职务", "no present post"),
			i18n.T("干部表中的人都要有主要职务。", "Everybody among the cadres holds a main post."),
			i18n.T("填写岗位编号；待安排的人员列入 拟调入 表。", "Fill in the post; people to be placed belong in the arrivals.")},
		{"E1602", i18n.T("拟调入人员已有职务", "arrival with a present post"),
			i18n.T("拟调入人员在到任前不占岗位。", "One who is to arrive holds no post yet."),
			i18n.T("删去现任职务；指定岗位写在 本批处置。", "Delete the post; to fix one use the disposition.")},
		{"W1601", i18n.T("超职数", "above headcount"),
			i18n.T("单位实配人数多于职数（超配）。", "The unit has more holders than its headcount."),
			i18n.T("核对；确属超配则不必处理。", "Check; nothing to do if it is so.")},
		{"W1602", i18n.T("一岗两人", "post with two main holders"),
			i18n.T("两人的主要职务是同一岗位。", "Two people have one main post."),
			i18n.T("核对；确属超配则不必处理。", "Check; nothing to do if it is so.")},
	}
}

func planCodes() []Code {
	return []Code{
		{"E1701", i18n.T("不是方案文件", "no plan file"),
			i18n.T("JSON 有误，或工作簿中没有 拟任免建议名单。", "Broken JSON, or a workbook without the sheet 拟任免建议名单."),
			i18n.T("使用 plan.json、plan.xlsx，或含 cadre,to 两列的 CSV。", "Use plan.json, plan.xlsx, or a CSV with the columns cadre,to.")},
		{"E1702", i18n.T("方案中的干部不存在", "unknown cadre in the plan"),
			i18n.T("编号不在干部或拟调入表中。", "The id is neither among the cadres nor the arrivals."),
			i18n.T("更正编号，或用方案所依据的数据核查。", "Correct the id, or audit with the data of the plan.")},
		{"E1703", i18n.T("方案中的岗位不存在", "unknown post in the plan"),
			i18n.T("编号不在岗位表中。", "The id is not among the posts."),
			i18n.T("更正编号，或用方案所依据的数据核查。", "Correct the id, or audit with the data of the plan.")},
		{"E1704", i18n.T("批次超出范围", "period out of range"),
			i18n.T("批次从 1 起。", "Periods count from 1."),
			i18n.T("更正批次。", "Correct the period.")},
		{"E1705", i18n.T("同一人同一批两次", "cadre twice in one period"),
			i18n.T("一人一批只能有一个主要职务。", "A person takes one main post in a period."),
			i18n.T("只留一行；兼任写入 also。", "Keep one entry; concurrent posts belong in also.")},
	}
}
