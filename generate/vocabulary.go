package generate

import "cadre/internal/i18n"

// style is how the four leading seats of a department are named and ranked.
type style int

const (
	bureau     style = iota // 党组书记、局长, two deputies, a fourth seat
	office                  // 主任, deputies
	ministry                // the head is a county leader outside the table: 常务副部长 first
	discipline              // 县纪委监委, likewise
	police                  // 县公安局: the head is a county leader; 政委 first
	split                   // 党委书记 and 局长 are two people
	tax                     // under dual management of the superior authority
	military                // under the military
)

// fourth is the last seat of a bureau.
type fourth int

const (
	fourthMember    fourth = iota // 党组成员
	fourthInspector               // 派驻纪检监察组组长, nominated by 县纪委监委
	fourthEngineer                // 总工程师, asks a licence
)

// department is one entry of the list of departments, which stands in official order. The rank says which ones a
// smaller county has: those of the lowest ranks.
type department struct {
	name     string
	system   string
	style    style
	fourth   fourth
	weight   int // of the head's post
	key      bool
	field    string
	rank     int
	sections []string // middle-level sections; those marked * are key posts
}

func departments() []department {
	return []department{
		{"县委办公室", "党群", office, fourthMember, 5, false, "综合", 13, nil},
		{"县纪委监委", "党群", discipline, fourthMember, 4, false, "纪检", 10, nil},
		{"县委组织部", "党群", ministry, fourthMember, 4, true, "组织人事", 9, nil},
		{"县委宣传部", "党群", ministry, fourthMember, 4, false, "宣传", 14, nil},
		{"县委统战部", "党群", ministry, fourthMember, 4, false, "统战", 21, nil},
		{"县委政法委", "政法", office, fourthMember, 4, false, "政法", 22, nil},
		{"县政府办公室", "综合", office, fourthMember, 5, false, "综合", 15, nil},
		{"县发展和改革局", "财经", bureau, fourthEngineer, 5, false, "经济", 3, []string{"办公室", "投资股*", "价格收费股*", "项目审批股*", "国民经济综合股", "产业发展股", "粮食物资股"}},
		{"县教育和体育局", "社会事业", split, fourthMember, 5, false, "教育", 12, nil},
		{"县经济信息化局", "财经", bureau, fourthMember, 4, false, "工业", 23, nil},
		{"县公安局", "政法", police, fourthMember, 4, false, "政法", 16, nil},
		{"县民政局", "社会事业", bureau, fourthMember, 4, false, "民政", 17, nil},
		{"县司法局", "政法", bureau, fourthMember, 4, false, "政法", 24, nil},
		{"县财政局", "财经", bureau, fourthInspector, 5, true, "财政", 1, []string{"办公室", "预算股*", "国库股*", "政府采购监管股*", "行政事业资产股*", "农业农村股", "会计股*"}},
		{"县人力资源和社会保障局", "社会事业", bureau, fourthInspector, 5, true, "人社", 8, []string{"办公室", "公务员管理股*", "事业单位人事股*", "工资福利股*", "社会保险基金监督股*", "就业促进股", "劳动监察股*"}},
		{"县自然资源局", "城建", bureau, fourthEngineer, 5, true, "国土", 2, []string{"办公室", "国土空间规划股*", "土地利用股*", "耕地保护股*", "矿产管理股*", "确权登记股*", "执法监察股*"}},
		{"县住房和城乡建设局", "城建", bureau, fourthEngineer, 5, true, "建设", 4, []string{"办公室", "建筑市场监管股*", "房地产监管股*", "工程质量安全股*", "村镇建设股", "行政审批股*", "人防股"}},
		{"县交通运输局", "城建", bureau, fourthEngineer, 4, false, "交通", 5, nil},
		{"县水利局", "农口", bureau, fourthEngineer, 4, false, "水利", 6, nil},
		{"县农业农村局", "农口", bureau, fourthInspector, 5, false, "农业", 18, nil},
		{"县商务局", "财经", bureau, fourthMember, 4, false, "经济", 25, nil},
		{"县文化旅游局", "社会事业", bureau, fourthMember, 4, false, "宣传", 26, nil},
		{"县卫生健康局", "社会事业", split, fourthMember, 5, false, "卫健", 7, []string{"办公室", "医政医管股*", "公共卫生股", "财务股*", "药政股*", "人事股*", "行政审批股*"}},
		{"县应急管理局", "综合", bureau, fourthMember, 4, false, "应急", 27, nil},
		{"县审计局", "财经", bureau, fourthInspector, 4, true, "审计", 19, nil},
		{"县市场监督管理局", "财经", bureau, fourthMember, 4, false, "经济", 28, []string{"办公室", "登记注册股*", "质量监管股*", "食品监管股*", "药械监管股*", "价格监督股*", "信用监管股"}},
		{"县林业局", "农口", bureau, fourthMember, 4, false, "生态", 29, nil},
		{"县信访局", "综合", bureau, fourthMember, 4, false, "信访", 30, nil},
		{"县医疗保障局", "社会事业", bureau, fourthMember, 4, false, "卫健", 31, []string{"办公室", "基金监管股*", "待遇保障股*", "医药价格股*", "稽核股*", "规划财务股*", "信息股"}},
		{"县税务局", "驻县", tax, fourthMember, 5, true, "财政", 11, nil},
		{"县人民武装部", "驻县", military, fourthMember, 5, false, "武装", 20, nil},
	}
}

// middleOrder lists the departments with middle-level posts in the table, by the order in which a larger county
// gets them.
func middleOrder() []string {
	return []string{"县财政局", "县发展和改革局", "县自然资源局", "县住房和城乡建设局", "县人力资源和社会保障局", "县卫生健康局",
		"县市场监督管理局", "县医疗保障局"}
}

// deputyFields are the fields of work that the deputy heads of a township share out.
func deputyFields() []string {
	return []string{"农业", "建设", "教育", "卫健", "民政", "水利", "交通", "生态", "应急", "工业"}
}

// surnames by frequency: the first ones are drawn more often.
const (
	commonSurnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
	otherSurnames  = "郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴莫孔向汤"
	maleGiven      = "建国平伟强军明辉峰磊斌勇志刚永红文华成德海林兴旺清祥松柏云涛山波良仁义忠宏远立新安民世荣树根生"
	femaleGiven    = "芳秀兰英梅玉华丽燕红霞静敏雪琴莉萍慧娟琳蓉艳春菊凤云淑珍月桂香巧素"
)

// Place names are a head and a tail; the county takes its own.
const (
	placeHeads = "岚砚槐樟芦桐柘杉鹿鹤雁蕨葛苇柚荻菖棠桤榆椿楮枫萝"
	placeTails = "坪溪塘湾洞渡岭坳坝垭田井桥场沱铺"
)

func countyNames() []i18n.Text {
	return []i18n.Text{i18n.T("岚川县", "Lanchuan County"), i18n.T("砚阳县", "Yanyang County"), i18n.T("柘宁县", "Zhening County"),
		i18n.T("桤安县", "Qi'an County"), i18n.T("鹤坪县", "Heping County"), i18n.T("沅桐县", "Yuantong County")}
}

// minorPlaces are the places that are no township seat.
func minorPlaces() []string {
	return []string{"城东新区", "工业园区", "国有林场", "水库管理区", "老矿区"}
}

// minority is the people after which the 民族乡 is named.
const minority = "苗"

const (
	engineerLicence = "工程系列高级职称"
	doctorLicence   = "执业医师"
	teacherLicence  = "中小学高级教师"
	lawLicence      = "法律职业资格"
)

func otherParties() []string {
	return []string{"民盟盟员", "民建会员", "农工党党员", "九三学社社员", "无党派人士"}
}

// allFields is the vocabulary of fields of work.
func allFields() []string {
	return []string{"党务", "组织人事", "纪检", "宣传", "政法", "综合", "财政", "经济", "审计", "教育", "卫健", "民政", "人社", "建设", "国土",
		"交通", "水利", "农业", "工业", "信访", "统战", "武装", "群团", "应急", "生态"}
}
