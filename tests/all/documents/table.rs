//! The statements of the five source documents, one row for each figure, grouped by document.

use std::fmt;

use Amount::{Above, AtMost, Between, Counted, Decimal, Exactly, Magnitude, Named, Nearly, NoNumber, Rounded};
use Period::{In, Unclear, Unstated};
use Scope::{Campus, Department, Hospital};

/// A value with the bound that the source gives.
#[derive(Clone, Copy, Debug)]
pub enum Amount {
    Exactly(u32),
    Decimal(f64),
    Above(u32),
    AtMost(u32),
    Nearly(u32),
    /// An order of magnitude.
    Magnitude(u32),
    /// The number of names in the source; for an open list a minimum.
    Counted(u32),
    Named(u32),
    /// Mentioned without a number.
    NoNumber,
    /// A number in larger units, and the value of one step of its last digit.
    Rounded(u32, u32),
    Between(u32, u32),
}

/// The time of a value.
#[derive(Clone, Copy, Debug)]
pub enum Period {
    Unstated,
    In(&'static str),
    /// Stated in words without dates.
    Unclear(&'static str),
}

/// The part of the hospital that a value describes.
#[derive(Clone, Copy, Debug)]
pub enum Scope {
    Hospital,
    /// The id of a campus.
    Campus(&'static str),
    /// A word in the name of a department.
    Department(&'static str),
}

/// Where the catalog must have the row.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// A figure of this measure.
    Figure { measure: &'static str, amount: Amount },
    /// A ranking with this word in its list, field or region.
    Ranking { rank: Amount, keyword: &'static str },
    /// A record of any other kind whose text has all of these parts.
    Record(&'static [&'static str]),
}

/// One statement of a source document.
#[derive(Clone, Copy)]
pub struct Row {
    pub label: &'static str,
    pub check: Check,
    pub period: Period,
    pub scope: Scope,
    /// Whether the catalog must have a caveat for this figure.
    pub doubtful: bool,
}

impl Row {
    const fn new(label: &'static str, check: Check, period: Period) -> Self {
        Self { label, check, period, scope: Hospital, doubtful: false }
    }

    const fn within(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    const fn doubtful(mut self) -> Self {
        self.doubtful = true;
        self
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.label, self.check)?;
        match self.check {
            Check::Record(_) => Ok(()),
            _ => write!(f, ", {:?}, {:?}", self.period, self.scope),
        }
    }
}

const fn figure(label: &'static str, measure: &'static str, amount: Amount, period: Period) -> Row {
    Row::new(label, Check::Figure { measure, amount }, period)
}

const fn ranking(label: &'static str, keyword: &'static str, rank: Amount, period: Period) -> Row {
    Row::new(label, Check::Ranking { rank, keyword }, period)
}

const fn record(label: &'static str, parts: &'static [&'static str]) -> Row {
    Row::new(label, Check::Record(parts), Unstated)
}

/// For each hospital: its id in the catalog, the time of the undated figures in its document, and the rows of that
/// document.
pub const DOCUMENTS: &[(&str, Undated, &[Row])] = &[
    // The latest year in the document.
    ("guangzhou-women-and-children", ("not_before", "2018"), GUANGZHOU),
    // The date of the document.
    ("chongqing-women-and-children", ("as_of", "2022-11-25"), CHONGQING_WOMEN),
    ("shanghai-childrens-medical-center", ("as_of", "2022-03-11"), SHANGHAI),
    // 65 years after 1953.
    ("mudanjiang-women-and-children", ("about", "2018"), MUDANJIANG),
    ("chongqing-medical-university-childrens", ("not_before", "2019"), CHONGQING_CHILDREN),
];

/// The time of figures that have no period.
pub type Undated = (&'static str, &'static str);

// rustfmt would break the rows, which are one line each.

#[rustfmt::skip]
const GUANGZHOU: &[Row] = &[
    record("third-grade hospital", &["grade", "third"]),
    figure("open beds", "beds.open", Above(1500), Unstated),
    figure("visits", "visits.outpatient-emergency", Rounded(4_700_000, 100_000), In("2017")).doubtful(),
    figure("discharges", "inpatients.discharges", Exactly(136_071), In("2017")),
    figure("deliveries", "maternity.deliveries", Exactly(33_717), In("2017")),
    ranking("Fudan list of best hospitals", "Fudan", AtMost(100), Unclear("six consecutive years")),
    figure("key specialties of the ministry", "disciplines.ministry-specialties", Exactly(3), Unstated),
    figure("key specialties of Guangdong", "disciplines.provincial-specialties", Exactly(7), Unstated),
    figure("key laboratories of Guangdong", "research.key-laboratories", Exactly(2), In("2011/2015")),
    figure("biobank for a million samples", "research.biobank-samples", Magnitude(1_000_000), Unstated),
    figure("independent laboratories", "research.independent-laboratories", Exactly(11), Unstated),
    figure("principal investigators", "staff.principal-investigators", Exactly(13), Unstated),
    figure("postdoctoral fellows", "staff.postdocs", Above(70), Unstated),
    figure("NSFC projects", "research.nsfc-projects", Exactly(25), In("2017")),
    figure("SCI papers", "research.sci-papers", Exactly(175), In("2017")),
    figure("summed impact factor", "research.impact-factor-sum", Decimal(627.23), In("2017")),
    ranking("science and technology influence", "influence", Exactly(9), In("2017")),
    record("electronic record rating, level 6", &["accreditations", "electronic", "6"]),
    record("interconnection level 5B", &["accreditations", "interconnect", "5B"]),
    record("EMRAM level 7 for inpatients", &["accreditations", "EMRAM", "7", "2016", "inpatient"]),
    record("EMRAM level 7 for outpatients", &["accreditations", "EMRAM", "7", "2016", "outpatient"]),
    record("national model hospital for service", &["Quality Service", "2015/2017"]),
    record("article in Cell", &["Cell", "2018"]),
    record("predecessors", &["founded", "Guangzhou Children's Hospital", "Guangzhou Maternal and Child Health Hospital"]),
    record("press", &["News Network", "People's Daily"]),
    figure("sister hospitals, an open list", "cooperation.institutions", Named(4), Unstated),
    record("fields of exchange", &["special cases", "child health"]),
    record("claim on artificial intelligence", &["artificial intelligence", "internationally"]),
    record("first in China, of the levels or of the services", &["accreditations", "first in China"]),
    record("first in China, in both readings", &["programmes", "first in China"]),
    record("unclear list of children's hospitals", &["rankings", "unclear"]),
];

#[rustfmt::skip]
const CHONGQING_WOMEN: &[Row] = &[
    ranking("reproductive medicine in China", "reproductive", Exactly(7), In("2021")),
    record("a fifth year in that list", &["rankings", "reproductive", "2017"]),
    record("release of the lists", &["rankings", "Nov", "20", "2022"]),
    ranking("obstetrics and gynecology a year before", "Southwest", Exactly(11), In("2020")),
    ranking("obstetrics and gynecology", "Southwest", Exactly(2), In("2021")),
    record("national training bases", &["programmes", "12", "country"]),
    record("first centre approved by the ministry", &["first", "Ministry of Health"]),
    record("first test-tube baby of western China", &["test-tube", "1997"]),
    figure("staff trained for other centres", "reproduction.staff-trained", Above(2000), In("../2022-11-25")),
    figure("egg retrievals", "reproduction.egg-retrievals", Above(120_000), In("../2022-11-25")),
    figure("test-tube babies", "reproduction.births", Above(60_000), In("../2022-11-25")),
    ranking("deliveries in the city", "deliver", Exactly(1), Unclear("many years")),
    figure("deliveries", "maternity.deliveries", Exactly(16_954), In("2021")),
    figure("high-risk pregnancies", "maternity.high-risk-pregnancies", Exactly(15_523), Unclear("past year")),
    figure("critical referrals", "maternity.critical-referrals", Exactly(396), Unclear("past year")),
    record("plan for a national centre", &["Five-Year Plan", "2021/2025"]),
    figure("key laboratory of the city", "research.municipal-laboratories", Named(1), Unstated),
    record("leading expert", &["people", "Qi", "leading expert"]),
];

#[rustfmt::skip]
const SHANGHAI: &[Row] = &[
    record("founded with Project HOPE", &["founded", "HOPE", "1990s"]),
    record("opened", &["open", "1998"]),
    record("named National Children's Medical Center", &["National Children's Medical Center", "2017"]),
    record("letter for the anniversary", &["letter", "2018-05"]),
    record("20th anniversary", &["20th anniversary"]),
    figure("clinical departments", "facilities.clinical-departments", Exactly(31), Unstated),
    figure("planned beds", "beds.capacity", Exactly(1500), Unstated).doubtful(),
    figure("beds put into use", "beds.open", Exactly(880), Unstated).doubtful(),
    figure("partner institutions", "cooperation.institutions", Above(30), Unstated),
    figure("countries of partners", "cooperation.countries", Above(10), Unstated),
    figure("joint laboratories and centres", "cooperation.joint-centres", Exactly(8), Unstated),
    figure("national key disciplines", "disciplines.national-key", Exactly(6), Unstated),
    ranking("case mix among children's hospitals", "CMI", Exactly(1), Unclear("recent years")),
    ranking("national performance assessment", "performance", Exactly(1), In("2019/2021")),
    record("JCI certificate", &["accreditations", "JCI", "2010"]),
    record("first children's hospital with JCI", &["JCI", "children's hospital", "China"]),
    record("quality award of the city", &["Quality Gold Award", "2018"]),
    figure("national prizes", "research.national-prizes", Exactly(8), In("../2022-03-11")),
    figure("share of national prizes", "research.national-prize-share", Above(50), In("../2022-03-11")),
    record("first social work department", &["social work", "1998"]),
    record("first training for west and northeast", &["training", "2002"]),
    record("first Belt and Road aid", &["Belt and Road", "2012"]),
    record("first No Cry programme", &["No Cry", "2014"]),
    record("National Civilized Unit", &["Civilized", "2017"]),
    figure("branches in other provinces", "facilities.branches", Exactly(3), Unstated),
    record("pilot for high-quality development", &["pilot", "2022"]),
    figure("national key clinical specialties", "disciplines.ministry-specialties", NoNumber, Unstated),
    figure("several key laboratories", "research.key-laboratories", NoNumber, Unstated),
    figure("grants of the NSFC", "research.nsfc-projects", NoNumber, Unclear("recent years")),
    record("difficulty of cases", &["Difficult cases", "front"]),
    record("level of the discipline", &["Discipline", "highest level"]),
    record("background abroad", &["background", "abroad"]),
];

#[rustfmt::skip]
const MUDANJIANG: &[Row] = &[
    record("founded", &["founded", "1953"]),
    figure("years since founding", "history.years", Exactly(65), Unstated),
    figure("years of market orientation", "history.years", Above(60), Unstated),
    record("three-level first-class hospital", &["grade", "three", "first"]),
    figure("institutions with one team", "facilities.institutions", Exactly(3), Unstated),
    record("health and family planning centre", &["family planning", "2016"]),
    figure("two sites", "facilities.campuses", Exactly(2), Unstated),
    figure("floor area", "facilities.floor-area", Decimal(30_187.14), Unstated),
    figure("open beds", "beds.open", Exactly(305), Unstated),
    figure("obstetric beds", "beds.open", Exactly(150), Unstated).within(Department("obstetric")),
    figure("neonatal beds", "beds.open", Exactly(40), Unstated).within(Department("neonat")),
    figure("emergency beds", "beds.open", Exactly(18), Unstated).within(Department("emergency")),
    figure("outpatient visits", "visits.outpatient", Rounded(315_000, 1000), Unstated),
    figure("inpatients, as first given", "inpatients.unspecified", Rounded(315_000, 1000), Unstated).doubtful(),
    figure("inpatients, as then given", "inpatients.unspecified", Above(15_000), Unstated).doubtful(),
    figure("one municipal key discipline", "disciplines.municipal-key", Exactly(1), Unstated).doubtful(),
    figure("four municipal key disciplines", "disciplines.municipal-key", Exactly(4), Unstated).doubtful(),
    figure("municipal key specialties", "disciplines.municipal-specialties", Exactly(6), Unstated),
    figure("staff", "staff.total", Exactly(672), Unstated),
    figure("health professionals", "staff.health-professionals", Exactly(543), Unstated),
    figure("senior titles", "staff.senior-titles", Exactly(135), Unstated),
    figure("master's degrees", "staff.masters-degrees", Exactly(51), Unstated),
    figure("discipline leaders", "staff.discipline-leaders", Exactly(3), Unstated),
    figure("well-known experts", "staff.known-experts", Exactly(3), Unstated),
    figure("officers of medical associations", "staff.association-officers", Above(30), Unstated),
    record("children's hospital set up", &["Children's Hospital", "2013-10-31"]),
    figure("investment", "facilities.investment", Rounded(83_000_000, 1_000_000), Unstated).within(Campus("children")),
    figure("area of the children's hospital", "facilities.floor-area", Exactly(11_000), Unstated).within(Campus("children")),
    figure("beds of the children's hospital", "beds.unspecified", Exactly(200), Unstated).within(Campus("children")),
    figure("patients of the children's hospital", "visits.patients", Rounded(135_000, 1000), Unstated).within(Campus("children")),
    record("labour award", &["May 1"]),
    record("award for better medical services", &["award", "medical services", "2016"]),
    record("dozens of honours", &["dozens", "provincial level"]),
    record("functions", &["rehabilitation", "research", "teaching"]),
    record("both names of the service center", &["Maternal and Child Health Family Planning", "Women and Children Health Family Planning"]),
    record("working group and approval", &["working group", "approved"]),
    record("market-oriented", &["market-oriented"]),
    record("first to fill a gap", &["Emergency transport", "gap"]),
    record("psychological counseling", &["psychological counseling"]),
];

#[rustfmt::skip]
const CHONGQING_CHILDREN: &[Row] = &[
    record("grade 3A", &["grade", "3A"]),
    record("national clinical research centre", &["Clinical Research Center", "2019"]),
    ranking("Fudan list of children's hospitals", "Fudan", Exactly(3), In("2016/2018")),
    ranking("research achievements", "research", Exactly(1), In("2018")),
    ranking("pediatric surgery", "surgery", Exactly(3), In("2018")),
    ranking("pediatric internal medicine", "internal medicine", Exactly(3), In("2018")),
    ranking("science and technology metrics", "STEM", Exactly(2), In("2018")),
    figure("journals edited", "research.journals-edited", Above(10), Unstated),
    record("interconnection level 4A", &["accreditations", "interconnect", "4A"]),
    figure("staff", "staff.total", Exactly(3968), Unstated),
    figure("doctoral supervisors", "staff.doctoral-supervisors", Exactly(46), Unstated),
    figure("senior experts", "staff.senior-experts", Exactly(302), Unstated),
    figure("experts with an allowance", "staff.allowance-experts", Exactly(15), Unstated),
    figure("two campuses", "facilities.campuses", Exactly(2), Unstated),
    figure("registered beds", "beds.registered", Exactly(2480), Unstated),
    figure("beds in service", "beds.open", Exactly(1925), Unstated),
    figure("visits", "visits.outpatient-emergency", Rounded(3_370_000, 10_000), In("2019")),
    figure("hospitalizations", "inpatients.admissions", Rounded(95_300, 100), In("2019")),
    figure("patients from other provinces", "visits.other-province-share", Nearly(40), Unstated),
    record("national first-class undergraduate discipline", &["undergraduate", "2019"]),
    figure("students a year", "education.students", Between(400, 500), Unstated),
    figure("licensing pass rate", "education.licence-pass-rate", Above(94), Unstated),
    figure("lead over the national pass rate", "education.licence-pass-lead", Exactly(25), Unstated),
    figure("research directions", "research.directions", Exactly(4), Unstated),
    figure("member of an academy of sciences", "staff.academicians-sciences", Exactly(1), Unstated),
    figure("member of an academy of health sciences", "staff.academicians-health", Exactly(1), Unstated),
    figure("SCI papers", "research.sci-papers", Exactly(186), In("2019")),
    figure("NSFC projects", "research.nsfc-projects", Exactly(21), In("2019")),
    figure("partner institutions", "cooperation.institutions", Above(10), Unstated),
    figure("national key discipline of pediatrics", "disciplines.national-key", Named(1), Unstated),
    figure("national clinical key majors", "disciplines.ministry-specialties", Counted(5), Unstated),
    figure("key laboratory of the ministry of education", "research.ministry-laboratories", Named(1), Unstated),
    record("influence on performance management", &["performance", "influence"]),
    record("a leading hospital", &["leading hospitals"]),
];
