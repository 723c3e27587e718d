package posting

// Unknown marks a blank number among numbers that are never negative.
const Unknown = -1

// Tri is a flag that may have been left blank.
type Tri int8

const (
	Blank Tri = iota
	No
	Yes
)

// Level is 职务层次 (A0221), ordered: a higher number is a higher level. 0 is not known.
type Level int8

const (
	LevelUnknown   Level = iota
	SectionDeputy        // 股级副职
	SectionHead          // 股级正职
	TownshipDeputy       // 乡科级副职
	TownshipHead         // 乡科级正职
	CountyDeputy         // 县处级副职
	CountyHead           // 县处级正职
	BureauDeputy         // 厅局级副职
	BureauHead           // 厅局级正职
)

// LevelNames are the words of the code list, indexed by Level.
var LevelNames = [...]string{"", "股级副职", "股级正职", "乡科级副职", "乡科级正职", "县处级副职", "县处级正职", "厅局级副职", "厅局级正职"}

func (l Level) String() string { return LevelNames[l] }

// Role is the part that a post plays in its unit.
type Role int8

const (
	RoleUnknown         Role = iota
	PartyPrincipal           // 党委（党组）书记: principal
	GovernmentPrincipal      // 行政正职, and the head of an organ with one principal: principal
	Deputy                   // 副职
	Member                   // other 班子成员
	MiddleHead               // 中层正职
	MiddleDeputy             // 中层副职
	OtherStaff               // 其他
)

// RoleNames are the words of the post sheet, indexed by Role.
var RoleNames = [...]string{"", "书记", "行政正职", "副职", "班子成员", "中层正职", "中层副职", "其他"}

func (r Role) String() string { return RoleNames[r] }

// Principal tells whether the role is one of the two principals (主要负责人).
func (r Role) Principal() bool { return r == PartyPrincipal || r == GovernmentPrincipal }

// Grade is the group of a unit's headcount (职数) in which a post counts.
type Grade int8

const (
	GradeNone   Grade = iota
	GradeHead         // 正职职数
	GradeDeputy       // 副职职数: deputies and other members of the team
	GradeMiddle       // 内设领导职数
)

// Grade of a role: principals, deputies with members, middle level.
func (r Role) Grade() Grade {
	switch {
	case r.Principal():
		return GradeHead
	case r == Deputy || r == Member:
		return GradeDeputy
	case r == MiddleHead || r == MiddleDeputy:
		return GradeMiddle
	}
	return GradeNone
}

// StaffType is 编制类型 of a person, or the one that a post asks for.
type StaffType string

const (
	Administrative StaffType = "行政"
	Participating  StaffType = "参公"
	Institution    StaffType = "事业"
	Enterprise     StaffType = "国企"
)

// UnitKind is 机构类别.
type UnitKind string

const (
	Township        UnitKind = "乡镇"
	Department      UnitKind = "部门"
	MassOrg         UnitKind = "群团"
	InstitutionUnit UnitKind = "事业单位"
)

// Filling is 填补方式: how a seat may be filled in this batch.
type Filling string

const (
	Fillable         Filling = "本批可填"
	MustFill         Filling = "必须填"
	ReservePromotion Filling = "预留提拔"
	ReserveArrival   Filling = "预留调入"
	Frozen           Filling = "冻结"
)

// Approval is 任免程序: who appoints, and whose opinion is asked.
type Approval string

const (
	ByParty    Approval = "党委任免"
	ByCongress Approval = "人大任免"
	ByElection Approval = "选举"
	ByDual     Approval = "双重管理"
)

// Term is 任用方式: how a post is held.
type Term string

const (
	TermOrdinary   Term = ""   // 任职: as the main post
	TermSecondment Term = "挂职" // beside the main post at home, which is kept; takes no headcount
	TermMission    Term = "援派" // as the main post, until a set month; a seat of the old level is guaranteed after it
)

// Duty is a task away from or beside the post that is not to be interrupted.
type Duty string

const (
	NoDuty     Duty = ""
	Support    Duty = "援派"
	Village    Duty = "驻村"
	Secondment Duty = "挂职"
	TaskForce  Duty = "专班"
)

// Away tells whether the duty counts as support or secondment, which takes its holder out of the eligible sets.
func (d Duty) Away() bool { return d == Support || d == Village || d == Secondment }

// Disposition is 本批处置, a recorded decision on one cadre.
type Disposition string

const (
	Normal   Disposition = "正常"
	Stay     Disposition = "不动"
	MustMove Disposition = "必动"
	Fixed    Disposition = "定岗"
)

// Kin is the group of a tie (亲属关系).
type Kin string

const (
	Spouse     Kin = "配偶"
	Lineal     Kin = "直系血亲"
	Collateral Kin = "三代以内旁系血亲"
	InLaw      Kin = "近姻亲"
)

// LeaveClass is why a cadre leaves (拟离任).
type LeaveClass string

const (
	LeaveTransfer    LeaveClass = "调出"
	LeaveRetirement  LeaveClass = "退休"
	LeavePromotion   LeaveClass = "提拔"
	LeaveResignation LeaveClass = "辞职"
	LeaveRelief      LeaveClass = "改任职级" // relieved of the leading post, stays in service
)

// OpinionSource is whose opinion was asked (意见来源).
type OpinionSource string

const (
	SendingUnit   OpinionSource = "转出单位"
	ReceivingUnit OpinionSource = "转入单位"
	Interview     OpinionSource = "谈话" // the person
)

// Stance is what was answered (意见).
type Stance string

const (
	Agrees       Stance = "同意"
	Differs      Stance = "不同意"
	Difficulties Stance = "有困难" // of a person only
	NotAsked     Stance = "未征求"
)

// Difficulty is of which kind a person's difficulties are; health is not among them.
var DifficultyNames = [...]string{"住房", "配偶工作", "子女入学", "赡养老人", "路途", "其他"}

// Degree is 学历, ordered. 0 is not known.
type Degree int8

// DegreeNames are the words of the code list, indexed by Degree.
var DegreeNames = [...]string{"", "高中", "大专", "本科", "硕士", "博士"}

func (d Degree) String() string { return DegreeNames[d] }
