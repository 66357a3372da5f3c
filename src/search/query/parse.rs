//! The query language, kept small.
//!
//! ```text
//! women chongqing          words, in any order
//! "st mary"                exactly this, from the start of a word to the end of one
//! !eye                     without this word
//! city:chongqing           one field: city, region, country, kind, owner, id, source
//! country=niger            exactly this in a field
//! sort:beds                sorted by name, place or a measure
//! beds>1000                a measure or a family of measures: > >= < <= =, none, any
//! beds>?2000               also where the source leaves it open, as "more than 1,500" does
//! ```
//!
//! What cannot be understood is a [`Mistake`], with its place and its cure; the rest of the query still counts, so a
//! slip while typing never empties the list.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::catalog::{Catalog, Interval};
use crate::search::order::Order;
use crate::search::text::fold::fold;
use crate::text::{Text, clean, clip, width};

/// Longest query looked at, in characters. A longer one is cut: no name is that long.
pub const MAX_QUERY: usize = 128;

/// What sorts the list, as it is typed: `sort:beds`.
pub const SORT: &str = "sort";

/// A field that a query can ask for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// Kind of hospital.
    Kind,
    /// Who owns it.
    Owner,
    /// Its id.
    Id,
    /// A source of its figures, by title or publisher, or its dataset.
    Source,
}

impl Asked {
    /// Every field, as it is typed.
    pub const ALL: [(&'static str, Self); 7] = [
        ("city", Self::City),
        ("region", Self::Region),
        ("country", Self::Country),
        ("kind", Self::Kind),
        ("owner", Self::Owner),
        ("id", Self::Id),
        ("source", Self::Source),
    ];
}

/// What a measure must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// The source states a number that is so for certain; with `or_possibly` also one that may be.
    Number {
        /// How it stands to the number.
        relation: Relation,
        /// The number.
        number: f64,
        /// Whether a number that only may be so is enough.
        or_possibly: bool,
    },
    /// No source states a number.
    None,
    /// Some source states a number.
    Any,
}

/// How a figure stands to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
}

/// The signs of relations, the longer first.
const RELATIONS: [(&str, Relation); 6] = [
    (">=", Relation::AtLeast),
    ("<=", Relation::AtMost),
    (">", Relation::Above),
    ("<", Relation::Below),
    ("=", Relation::Equal),
    (":", Relation::Equal),
];

impl Relation {
    /// Whether every number of `interval` stands so to `number`; none when only some do.
    #[must_use]
    pub fn holds(self, interval: &Interval, number: f64) -> Option<bool> {
        let point = Interval { low: number, low_open: false, high: number, high_open: false };
        let order = interval.order(&point);
        let (all_above, all_below) = (order == Some(Ordering::Greater), order == Some(Ordering::Less));
        let (all_at_least, all_at_most) = (interval.low >= number, interval.high <= number);
        let (yes, no) = match self {
            Self::Above => (all_above, all_at_most),
            Self::AtLeast => (all_at_least, all_below),
            Self::Below => (all_below, all_at_least),
            Self::AtMost => (all_at_most, all_above),
            Self::Equal => (order == Some(Ordering::Equal), all_above || all_below),
        };
        if yes { Some(true) } else { no.then_some(false) }
    }
}

/// What one part of a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Words, folded.
    Words(Vec<String>),
    /// A phrase, folded; `closed` when it must end with a word's end.
    Phrase {
        /// Its words.
        words: Vec<String>,
        /// Whether the closing quote is there.
        closed: bool,
    },
    /// Words, folded, in one field; or, when that is asked, nothing but these words.
    Field(Asked, Vec<String>, bool),
    /// In which order the list shall stand.
    Sort(Order),
    /// A measure, by the ids that its name stands for.
    Measure(Vec<Text>, Test),
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it asks for.
    pub what: What,
    /// Whether hospitals with it are left out.
    pub not: bool,
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
}

/// A part of a query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
    /// What is wrong, and the cure.
    pub says: String,
}

impl Mistake {
    /// The query with the mistake pointed at, and what is wrong with it, cleaned for a terminal.
    #[must_use]
    pub fn pointed_at(&self, query: &str) -> String {
        let part = |range: Range<usize>| clean(query.get(range).unwrap_or_default()).into_owned();
        // Cleaning trims, so that the spaces between the parts are put back.
        let before = part(0..self.at.start);
        let before = if before.is_empty() { before } else { before + " " };
        let (wrong, after) = (part(self.at.clone()), part(self.at.end..query.len()));
        let marks = "^".repeat(width(&wrong).max(1));
        let lead = " ".repeat(width(&before));
        format!("{}\n{lead}{marks} {}", format!("{before}{wrong} {after}").trim_end(), self.says)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

/// A query, understood as far as it can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Its parts, in order.
    pub terms: Vec<Term>,
    /// What could not be understood.
    pub mistakes: Vec<Mistake>,
}

impl Query {
    /// Reads `text`; measures are those of `catalog`.
    #[must_use]
    pub fn parse(text: &str, catalog: &Catalog) -> Self {
        let end = text.char_indices().nth(MAX_QUERY).map_or(text.len(), |(at, _)| at);
        let mut query = Self::default();
        for at in pieces(&text[..end]) {
            match term(&text[at.clone()], catalog) {
                Ok(Some((what, not))) => query.terms.push(Term { what, not, at }),
                Ok(None) => {}
                Err(says) => query.mistakes.push(Mistake { at, says }),
            }
        }
        query
    }

    /// A query of nothing but words, whatever signs they hold.
    #[must_use]
    pub fn of_words(text: &str) -> Self {
        let words = words(text);
        let term = Term { what: What::Words(words), not: false, at: 0..text.len() };
        Self { terms: vec![term], mistakes: Vec::new() }
    }

    /// The words that must be found and decide the order, those of phrases too.
    /// A word that is repeated counts once.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let wanted = self.terms.iter().filter(|term| !term.not);
        let words = wanted.flat_map(|term| match &term.what {
            What::Words(words) | What::Phrase { words, .. } => words.as_slice(),
            _ => &[],
        });
        let mut once: Vec<&str> = Vec::new();
        for word in words {
            if !once.contains(&word.as_str()) {
                once.push(word);
            }
        }
        once
    }

    /// What only lets hospitals through or not: all but the plain words and orders.
    pub fn filters(&self) -> impl Iterator<Item = &Term> {
        let filters = |term: &&Term| match term.what {
            What::Words(_) => term.not,
            What::Sort(_) => false,
            _ => true,
        };
        self.terms.iter().filter(filters)
    }

    /// The order that it asks for, when it does; the last one counts.
    #[must_use]
    pub fn order(&self) -> Option<&Order> {
        self.terms.iter().rev().find_map(|term| match &term.what {
            What::Sort(order) => Some(order),
            _ => None,
        })
    }
}

/// The words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    fold(text, MAX_QUERY).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Where the parts of a query stand: what is between spaces that are not in quotes.
#[must_use]
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted) = (None, false);
    for (at, c) in text.char_indices() {
        if is_quote(c) {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            pieces.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
    }
    pieces.extend(start.map(|start| start..text.len()));
    pieces
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

/// Signs, letters and digits of full width, as Chinese input methods type them, made plain.
fn half_width(piece: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    piece.chars().map(plain).collect()
}

/// What one part asks for, and whether to leave it out; nothing for signs alone.
fn term(piece: &str, catalog: &Catalog) -> Result<Option<(What, bool)>, String> {
    let plain = half_width(piece);
    let piece = plain.as_str();
    let (rest, not) = match piece.strip_prefix('!') {
        Some(rest) => (rest, true),
        None => (piece, false),
    };
    if rest.starts_with(is_quote) {
        let inner = rest.trim_matches(is_quote);
        let closed = rest.chars().filter(|c| is_quote(*c)).count() > 1;
        let words = words(inner);
        return Ok((!words.is_empty()).then_some((What::Phrase { words, closed }, not)));
    }
    if let Some(what) = asked(rest, catalog)? {
        return Ok(Some((what, not)));
    }
    let words = words(rest);
    // What is left out must stand together, as it was typed.
    let what = |words| if not { What::Phrase { words, closed: false } } else { What::Words(words) };
    Ok((!words.is_empty()).then(|| (what(words), not)))
}

/// The name before a sign, the sign's relation, whether it is a colon, and what follows.
fn split(piece: &str) -> Option<(&str, Relation, bool, &str)> {
    let at = piece.find(['>', '<', '=', ':'])?;
    let (name, rest) = piece.split_at(at);
    let (sign, relation) = RELATIONS.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
    (at > 0).then_some((name, relation, sign == ":", &rest[sign.len()..]))
}

/// A field or measure that is asked for by name; none when the piece is no such thing.
fn asked(piece: &str, catalog: &Catalog) -> Result<Option<What>, String> {
    let Some((name, relation, is_colon, value)) = split(piece) else { return Ok(None) };
    let lower = name.to_lowercase();
    let value = value.trim_matches(is_quote);
    if let Some((name, field)) = Asked::ALL.into_iter().find(|(known, _)| *known == lower) {
        if relation != Relation::Equal {
            return Err(format!("{name} is text; write {name}:{value}"));
        }
        let words = words(value);
        if words.is_empty() {
            return Err(format!("{name}: needs a value, as in {name}:{}", example(field)));
        }
        return Ok(Some(What::Field(field, words, !is_colon)));
    }
    if lower == SORT {
        return order(&value.to_lowercase(), catalog).map(|order| Some(What::Sort(order)));
    }
    let measures = measures(&lower, catalog);
    if measures.is_empty() {
        return Err(unknown(&lower, piece, catalog));
    }
    let test = test(&lower, relation, is_colon, value)?;
    Ok(Some(What::Measure(measures, test)))
}

/// The order of that name: `name`, `place`, `best`, or a measure; of a family the measure that most hospitals report.
fn order(name: &str, catalog: &Catalog) -> Result<Order, String> {
    match name {
        "best" => return Ok(Order::Best),
        "name" => return Ok(Order::Name),
        "place" => return Ok(Order::Place),
        _ => {}
    }
    let most = measures(name, catalog).into_iter().rev().max_by_key(|id| catalog.reporting(id));
    most.map(Order::Measure).ok_or_else(|| {
        let name = clip(&Text::clean(name), 20).into_owned();
        format!("nothing is called “{name}” to sort by; write sort:name, sort:place or a measure, as in sort:beds")
    })
}

fn example(field: Asked) -> &'static str {
    match field {
        Asked::City => "chongqing",
        Asked::Region => "guangdong",
        Asked::Country => "china",
        Asked::Kind => "children",
        Asked::Owner => "government",
        Asked::Id => "10021f",
        Asked::Source => "about",
    }
}

fn test(name: &str, relation: Relation, is_colon: bool, value: &str) -> Result<Test, String> {
    match (is_colon, value) {
        (true, "none") => return Ok(Test::None),
        (true, "any") => return Ok(Test::Any),
        (true, "") => return Err(format!("{name}: needs none, any or a number, as in {name}:none")),
        _ => {}
    }
    let (or_possibly, digits) = value.strip_prefix('?').map_or((false, value), |rest| (true, rest));
    let number = number(digits).ok_or_else(|| match digits {
        "" => format!("{name} needs a number, as in {name}>1000"),
        other => format!("“{}” is no number; write digits, as in {name}>1000", clip(&Text::clean(other), 20)),
    })?;
    Ok(Test::Number { relation, number, or_possibly })
}

/// A number as people type it: `1000`, `1,000`, `1.5k`, `2m`, `3万`.
fn number(typed: &str) -> Option<f64> {
    let plain = typed.replace([',', '_', '，'], "").to_lowercase();
    let (digits, factor) = [("k", 1e3), ("m", 1e6), ("万", 1e4), ("萬", 1e4), ("亿", 1e8)]
        .into_iter()
        .find_map(|(suffix, factor)| Some((plain.strip_suffix(suffix)?, factor)))
        .unwrap_or((&plain, 1.0));
    let is_plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    digits.parse::<f64>().ok().filter(|number| is_plain && number.is_finite()).map(|number| number * factor)
}

/// Every name under which a measure or a family can be asked for: the family's id, the measure's id, what
/// follows the point in it, and its label.
pub fn measure_names(catalog: &Catalog) -> impl Iterator<Item = (String, &Text)> {
    catalog.measures().by_family().flat_map(|(family, measure)| {
        let short = measure.id.split_once('.').map_or("", |(_, short)| short);
        let label = fold(&measure.label, MAX_QUERY).replace(' ', "-");
        let names = [family.id.to_string(), measure.id.to_string(), short.to_owned(), label];
        names.into_iter().filter(|name| !name.is_empty()).map(|name| (name, &measure.id))
    })
}

/// The measures that `name` stands for.
fn measures(name: &str, catalog: &Catalog) -> Vec<Text> {
    let mut ids: Vec<Text> =
        measure_names(catalog).filter(|(known, _)| known == name).map(|(_, id)| id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn unknown(name: &str, piece: &str, catalog: &Catalog) -> String {
    let fields = Asked::ALL.iter().map(|(field, _)| *field).chain([SORT]).map(str::to_owned);
    let known = fields.chain(measure_names(catalog).map(|(known, _)| known));
    let near = known
        .map(|known| (strsim::damerau_levenshtein(name, &known), known))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .min();
    let name = clip(&Text::clean(name), 20).into_owned();
    let cure = match near {
        Some((_, known)) => format!("did you mean {known}?"),
        None => format!("to search the text itself, quote it: \"{}\"", clip(&Text::clean(piece), 30)),
    };
    format!("no field or measure is called “{name}”; {cure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::parse(text, &Catalog::bundled())
    }

    fn whats(text: &str) -> Vec<What> {
        read(text).terms.into_iter().map(|term| term.what).collect()
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(whats("Women's  chongqing"), [What::Words(owned(&["womens"])), What::Words(owned(&["chongqing"]))]);
        assert_eq!(whats("\"St. Mary\""), [What::Phrase { words: owned(&["st", "mary"]), closed: true }]);
        assert_eq!(whats("“st ma"), [What::Phrase { words: owned(&["st", "ma"]), closed: false }]);
        assert_eq!(whats("city:\"New York\""), [What::Field(Asked::City, owned(&["new", "york"]), false)]);
        assert!(read("!eye").terms[0].not);
        let test = |text: &str| match &whats(text)[..] {
            [What::Measure(ids, test)] => (ids.len(), *test),
            other => panic!("{text}: {other:?}"),
        };
        let number = |relation, number, or_possibly| Test::Number { relation, number, or_possibly };
        assert_eq!(test("beds>1000"), (4, number(Relation::Above, 1000.0, false)));
        assert_eq!(test("beds.open<=1,5k"), (1, number(Relation::AtMost, 15_000.0, false)));
        assert_eq!(test("deliveries>=1万"), (1, number(Relation::AtLeast, 10_000.0, false)));
        assert_eq!(test("open-beds=305"), (1, number(Relation::Equal, 305.0, false)));
        assert_eq!(test("beds>?2000"), (4, number(Relation::Above, 2000.0, true)));
        assert_eq!(test("beds:none"), (4, Test::None));
        assert_eq!(test("beds:any"), (4, Test::Any));
        assert_eq!(test("beds＞１０００"), (4, number(Relation::Above, 1000.0, false)));
        assert_eq!(whats("city：重庆"), [What::Field(Asked::City, owned(&["重庆"]), false)]);
        assert_eq!(whats("＂St. Mary＂"), [What::Phrase { words: owned(&["st", "mary"]), closed: true }]);
    }

    #[test]
    fn signs_alone_ask_for_nothing() {
        for text in ["", "  ", "'", "\"", "\"\"", "!", "-", "…"] {
            assert_eq!(read(text), Query::default(), "{text}");
        }
    }

    #[test]
    fn a_mistake_has_a_place_and_a_cure_and_the_rest_counts() {
        for (text, at, cure) in [
            ("chong bed>5", 6..11, "did you mean beds?"),
            ("citty:x", 0..7, "did you mean city?"),
            ("beds>", 0..5, "as in beds>1000"),
            ("beds>many", 0..9, "“many” is no number"),
            ("beds:", 0..5, "as in beds:none"),
            ("city:", 0..5, "as in city:chongqing"),
            ("city>5", 0..6, "write city:5"),
            ("ward:7", 0..6, "quote it: \"ward:7\""),
            ("beds>1e9", 0..8, "is no number"),
        ] {
            let query = read(text);
            assert_eq!(query.mistakes.len(), 1, "{text}");
            assert_eq!(query.mistakes[0].at, at, "{text}");
            assert!(query.mistakes[0].says.contains(cure), "{text}: {}", query.mistakes[0].says);
        }
        assert_eq!(read("chong bed>5 chong").words(), ["chong"]);
        let query = read("重庆 bed>5");
        assert!(query.mistakes[0].pointed_at("重庆 bed>5").contains("\n     ^^^^^ no field"));
        for text in ["  bed>5", "重\u{200b}庆   bed>5 x", "\u{1b}[31m bed>5", "bed>5\u{7}"] {
            let pointed = read(text).mistakes[0].pointed_at(text);
            let (line, marks) = pointed.split_once('\n').unwrap();
            assert!(!line.contains('\u{1b}') && marks.trim_start().starts_with("^^^^^"), "{pointed}");
            let lead = marks.len() - marks.trim_start().len();
            assert_eq!(width(&line[..line.find("bed>5").unwrap()]), lead, "{pointed}");
        }
    }

    #[test]
    fn a_relation_holds_only_for_all_that_an_interval_may_mean() {
        use crate::catalog::Quantity;
        for (quantity, relation, number, holds) in [
            (Quantity::Above(1500.0), Relation::Above, 1000.0, Some(true)),
            (Quantity::Above(1500.0), Relation::Above, 1500.0, Some(true)),
            (Quantity::Above(1500.0), Relation::Above, 2000.0, None),
            (Quantity::Above(1500.0), Relation::Below, 1500.0, Some(false)),
            (Quantity::Above(1500.0), Relation::AtMost, 1500.0, Some(false)),
            (Quantity::AtLeast(1500.0), Relation::AtLeast, 1500.0, Some(true)),
            (Quantity::AtLeast(1500.0), Relation::Above, 1500.0, None),
            (Quantity::Exact(305.0), Relation::Equal, 305.0, Some(true)),
            (Quantity::Exact(305.0), Relation::Equal, 306.0, Some(false)),
            (Quantity::About(400.0), Relation::Equal, 400.0, None),
            (Quantity::Range { from: 400.0, to: 500.0 }, Relation::Below, 500.0, None),
            (Quantity::Range { from: 400.0, to: 500.0 }, Relation::AtMost, 500.0, Some(true)),
            (Quantity::Below(100.0), Relation::Above, 100.0, Some(false)),
        ] {
            assert_eq!(relation.holds(&quantity.interval(), number), holds, "{quantity} {relation:?} {number}");
        }
    }
}
