package posting

// Cadre is one person as recorded on the plan date, or, where Arrives is known, one who is to come (拟调入). Ids are
// keys; names are not. Protected attributes (Sex, Ethnicity, NativePlace, Care) may be read only by the rule kinds
// that declare them.
type Cadre struct {
	ID    string
	Order int // 排序: place in the official order, which is also the order of Instance.Cadres
	Name  string

	Sex         string // 男, 女, "" not known
	Birth       Month
	Ethnicity   string
	NativePlace string // 籍贯, free text; never the test of avoidance
	GrewUp      string // 成长地: a place id, Elsewhere, or "" not known
	Party       string // 政治面貌, e.g. 中共党员
	PartySince  Month
	WorkSince   Month
	Degree      Degree
	Licences    []string // 执业资格、职称
	Fields      []string // 熟悉专业 and fields of work held (分管工作), one vocabulary with Post.Fields
	Appraisals  []Appraisal

	Level      Level
	LevelSince Month
	Post       string // main post on the plan date; "" for an arrival
	PostSince  Month  // 任现职时间
	Deduct     int    // 扣减时间, months not counted in the tenure
	UnitSince  Month
	Also       []string // 兼任: concurrent posts, held as long as the main post is
	Staff      StaffType
	Authority  string // 管理权限
	Grassroots int    // 基层工作经历, months; Unknown where blank
	Reserve    bool   // 优秀年轻干部; never printed

	AreaMonths     int      // 本地区同层次任职累计月数, on the plan date; Unknown where blank
	SpecialChanges int      // 本届特殊变动次数; Unknown where blank
	KinTrades      []string // 亲属经营行业, as reported
	ServesUntil    Month    // 最低服务期至; not known: none

	Home       string // 家庭所在地: a place id, Elsewhere, or "" not known
	Lodging    string // the place in whose dormitory the cadre lives now, "" none
	FamilySize int    // persons who would live with the cadre; Unknown where blank
	ExamYear   int    // year of a child's 中考 or 高考, 0 none
	ParentCare Tri    // parents to care for
	Hardship   Tri    // a registered family difficulty (登记困难)

	Disposition Disposition // 本批处置
	FixedPost   string      // the post of a 定岗
	Unsuited    []string    // 不宜: post or unit ids
	DecidedBy   string      // the body that decided the disposition
	Hold        bool        // 暂缓
	HoldUntil   Month       // last month of the hold; not known: no end
	Care        bool        // R23; the reason is never imported
	Consents    []string    // post or unit ids that the person accepts though Care is set; "*" all
	Review      bool        // R24; the reason is never imported
	Duty        Duty
	DutyUntil   Month    // last month of the duty; not known: no end
	OriginLevel Level    // 派出前职务层次: the level guaranteed at the end of a mission; 0 not recorded
	ReturnsTo   string   // 返回岗位: the post promised at the end of a mission, "" none
	Probation   Month    // last month of the probation; not known: none
	Temperament []string // 性格特点, words of the department's own; empty: not given

	Arrives Month // arrivals only: the month from which the cadre can be placed
}

// Elsewhere stands for any place outside the table of places.
const Elsewhere = "外地"

// Anywhere is the consent that covers every post.
const Anywhere = "*"

// Arrival tells whether the cadre holds no post yet and is to be placed.
func (c *Cadre) Arrival() bool { return c.Arrives.Known() }

// Appraisal is one year's 年度考核 result.
type Appraisal struct {
	Year  int
	Grade string // 优秀, 称职, 基本称职, 不称职
}

// Post is one seat.
type Post struct {
	ID    string
	Order int
	Name  string
	Unit  string
	Role  Role
	Level Level

	Leading   bool     // 领导职务: class E1 of the yearly shares
	Team      bool     // counts in the leading team (班子)
	Key       bool     // 管人管钱管物及执法审批等重要岗位
	Counts    bool     // 是否占职数
	Superior  string   // post id of the direct superior; "" none or not known
	Weight    int      // 岗位分量 1-5; Unknown where blank
	Fields    []string // fields of work; empty: no particular one
	Function  string   // 职能, one of those that R16 bars to kin, or anything else
	Filling   Filling
	Approval  Approval
	Authority string // 管理权限
	Nominated bool   // needs another organ's nomination
	HomeArea  bool   // R18: may not be held by one who grew up in the area
	LiveIn    bool   // 住乡要求: lodging needed whatever the minutes
	Audited   bool   // 离任审计: whoever leaves the post is audited

	Term       Term // 任用方式: an ordinary post, a secondment seat or a mission seat
	TermMonths int  // 任用期限, months of a secondment or mission; 0 not given

	Staff          StaffType // staff type asked for; "" any
	NeedParty      string    // 政治面貌 asked for by law; "" any
	NeedEthnicity  string    // 民族 asked for by law (head of a 民族乡); "" any
	NeedDegree     Degree    // least degree; 0 any
	NeedLicence    string    // licence; "" none
	NeedGrassroots int       // months of grass-roots work; 0 none
}

// Unit is an organ, township or institution.
type Unit struct {
	ID     string
	Order  int
	Name   string
	Kind   UnitKind
	Parent string // "" none
	Place  string
	System string // 系统: middle-level cadres may move inside it
	Tier   int    // 条件层次 1 (best) to 5 (hardest); Unknown where blank
	Heads  int    // 正职职数; Unknown where blank: not limited
	Deps   int    // 副职职数
	Middle int    // 内设领导职数

	Regulates []string // 主管行业
}

// Headcount is the unit's number for a grade, Unknown where none was given.
func (u *Unit) Headcount(g Grade) int {
	switch g {
	case GradeHead:
		return u.Heads
	case GradeDeputy:
		return u.Deps
	case GradeMiddle:
		return u.Middle
	}
	return Unknown
}

// Place is where units stand and families live.
type Place struct {
	ID       string
	Order    int
	Name     string
	Parent   string // "" none
	Tier     int    // 条件层次 1 (best) to 5 (hardest); Unknown where blank
	Hardship int    // 艰苦边远类别 0 (not listed) to 6; Unknown where blank
	Zone     string // 片区, a word of the department's own; "" not given
	Lodging  int    // dormitory and 周转房 places; Unknown where blank
	Outside  int    // of these, taken by people outside the table of cadres
}

// Tie is kinship between two cadres of the tables (arrivals included).
type Tie struct {
	A, B string
	Kin  Kin
}

// Stint is one row of the tenure history.
type Stint struct {
	Cadre     string
	Unit      string // unit id or free text
	Post      string // post id or free text
	From, To  Month
	Exchanged Tri // 交流标识
}

// Departure is a recorded leaving (拟离任).
type Departure struct {
	Cadre string
	Month Month
	Class LeaveClass
}

// Exception is an approved exception (例外审批) to a waivable clause.
type Exception struct {
	No       string // number by which plans cite it
	Clause   string
	Subject  string // cadre, post or unit id
	Ground   string
	Approver string
	Document string
	Until    Month // last month in which it holds; not known: no end
}

// LedgerRow is what one cadre bore in one year or cycle (台账). Rows of one cadre add up.
type LedgerRow struct {
	Cadre    string
	Year     int // of the year or cycle's end
	Hardship int // 艰苦类别×月数: class of the place times months served there
	Far      int // months in which the way home was too far to go daily
	Apart    int // months in which the spouse worked elsewhere
	Care     int // months in which parents to care for were far
	Overdue  int // months in post beyond those after which a move was due
	Unmet    int // cycles in which none of the first wishes was met
}

// FollowUp is one row of the follow-up sheet (跟踪台账): what became of one move of an earlier round. Blank is not known.
type FollowUp struct {
	Round     string // 轮次
	Cadre     string
	Post      string   // the post taken, as the earlier plan had it
	Date      Month    // when the move took effect
	Reported  Month    // 报到时间; not known: not reported yet
	Housing   Tri      // 住房落实
	SpouseJob Tri      // 配偶工作落实
	School    Tri      // 子女入学落实
	Family    Tri      // 家属随迁
	Medical   Tri      // 医疗关系落实
	Allowance Tri      // 津贴落实
	Promised  []string // 承诺事项, words of FollowUpItems
	HalfYear  string   // 半年考核, a grade of the yearly appraisal
	OneYear   string   // 一年考核
	Midterm   string   // 中期考核 of a secondment or mission
	Final     string   // 期满考核
	ReturnsTo string   // 返回去向: the post agreed for the return
	Remind    Month    // 提醒时间
	Note      string
}

// FollowUpItems are what may be promised to one who moves; each has a column of the follow-up sheet.
var FollowUpItems = [...]string{"住房", "配偶工作", "子女入学", "家属随迁", "医疗", "津贴"}

// Delivered tells whether a promised item was delivered: Blank where the sheet does not say.
func (f *FollowUp) Delivered(item string) Tri {
	for i, v := range [...]Tri{f.Housing, f.SpouseJob, f.School, f.Family, f.Medical, f.Allowance} {
		if FollowUpItems[i] == item {
			return v
		}
	}
	return Blank
}

// Opinion is what a unit or a person said of a proposed move (意见), and what the organisation answered.
type Opinion struct {
	Cadre      string
	Post       string // the proposed post; "" the move as such
	From       OpinionSource
	Stance     Stance
	Difficulty string // of what kind, where the person has difficulties; never health
	Ground     string
	Answer     string // the organisation's answer, "" none yet
	Date       Month
}

// Wish is one wish of a cadre (意愿): a post, unit or place, in order of rank; or one that is refused.
type Wish struct {
	Cadre  string
	Rank   int    // 1 first; 0 for a refusal
	Target string // post, unit or place id
	Refuse bool   // 不愿去
}

// Rating is what the unit of a post says of a candidate (双向选择): a place in its own ranking, a grade, or a veto.
type Rating struct {
	By    string // unit or post id
	Cadre string
	Rank  int // 1 first; Unknown where not ranked
	Grade int // 1 (best) to 5; Unknown where blank
	Veto  bool
}

// Document is a paper on which an exception rests (文件).
type Document struct {
	No    string // 文号
	Title string
	Body  string // 机关: who issued it
	Date  Month
}

// Done is a move already made this year (本年度已交流), before the plan date.
type Done struct {
	Cadre    string
	From, To string // post ids
	Month    Month
}

// Planned is what a plan made before holds for a cadre (上一轮方案): the main post from the start of a period on. A post
// that he holds already says that he was to stay.
type Planned struct {
	Cadre  string `json:"cadre"`
	To     string `json:"to"`
	Period int    `json:"period"`
}

// Trip is the travel time between two places, one way; it holds in both directions.
type Trip struct {
	From, To string
	Minutes  int
}

// Instance is all that is known on the plan date. Every slice is in official order (Order, then ID). Arrivals stand
// in Cadres. Call NewIndex after the last change.
type Instance struct {
	Name       string
	Cadres     []Cadre
	Posts      []Post
	Units      []Unit
	Places     []Place
	Ties       []Tie
	History    []Stint
	Departures []Departure
	Exceptions []Exception
	Documents  []Document
	Done       []Done
	Previous   []Planned
	Trips      []Trip
	Ledger     []LedgerRow
	FollowUps  []FollowUp
	Opinions   []Opinion
	Wishes     []Wish
	Ratings    []Rating
	Hash       string // sha256 of the canonical content, set by the reader
}
