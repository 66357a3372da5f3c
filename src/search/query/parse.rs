//! Reads a query. What cannot be understood is a [`Mistake`]; the rest of the query still counts, so that a slip while
//! typing never empties the list.

use std::ops::Range;

use crate::catalog::{Catalog, number};
use crate::search::geo::GeoPoint;
use crate::search::order::{Order, SortBy};
use crate::search::query::field::QueryField;
use crate::search::query::measures;
use crate::search::query::mistake::{Mistake, MistakeKind};
use crate::search::query::names::{self, Named, Unnamed};
use crate::search::query::near;
use crate::search::query::term::{QueryTerm, TermKind, Test, combinations, ranked_words};
use crate::search::query::token::{Operator, Token, TokenKind, tokens};
use crate::search::text::fold::fold;
use crate::search::text::phone;
use crate::text::Text;

/// Longest query looked at, in characters; what follows is a mistake.
pub(crate) const MAX_QUERY: usize = 512;

/// Most ways to satisfy a query that are searched for: the alternatives of each part multiply.
const MAX_ALTERNATIVES: usize = 16;

/// What sorts the list, as it is typed: `sort:beds`.
pub(crate) const SORT: &str = "sort";

/// What names a place, as it is typed: `near:boston`.
pub(crate) const NEAR: &str = "near";

/// What says how far from it hospitals are at most, as it is typed: `within:25km`.
pub(crate) const WITHIN: &str = "within";

/// A query, understood as far as it can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Its parts, in order.
    pub terms: Vec<QueryTerm>,
    /// What could not be understood.
    pub mistakes: Vec<Mistake>,
}

impl Query {
    /// Reads `text`; fields and measures are those of `catalog`.
    #[must_use]
    pub(crate) fn parse(text: &str, catalog: &Catalog) -> Self {
        let mut query = Self::default();
        let end = text.char_indices().nth(MAX_QUERY).map_or(text.len(), |(at, _)| at);
        let (mut radii, mut is_alternative) = (Vec::<Radius>::new(), false);
        let mut tokens = tokens(&text[..end]).into_iter().peekable();
        while let Some(token) = tokens.next() {
            if token.is_or()
                && !(query.terms.is_empty() && radii.is_empty())
                && tokens.peek().is_some_and(|next| !next.is_or())
            {
                is_alternative = true;
                continue;
            }
            let (not, at) = (token.not, token.at);
            match part(token.kind, not, catalog) {
                Ok(Some(Part::Term(kind))) => query.terms.push(QueryTerm { kind, not, is_alternative, at }),
                Ok(Some(Part::Within(metres))) => radii.push(Radius { metres, not, is_alternative, at }),
                Ok(None) => {}
                Err(kind) => query.mistakes.push(Mistake { kind, at }),
            }
            is_alternative = false;
        }
        for radius in radii {
            query.add_radius(radius);
        }
        query.terms.sort_by_key(|term| term.at.start);
        query.join_phones();
        query.check_alternatives();
        if end < text.len() {
            query.mistakes.push(Mistake { kind: MistakeKind::TooLong(MAX_QUERY), at: end..text.len() });
        }
        query
    }

    /// Adds how far hospitals are from the place that the query names.
    fn add_radius(&mut self, Radius { metres, not, is_alternative, at }: Radius) {
        match self.near() {
            Some(place) => {
                self.terms.push(QueryTerm { kind: TermKind::Within { place, metres }, not, is_alternative, at });
            }
            // What is wrong with the place is said already.
            None if self.mistakes.iter().any(|mistake| mistake.kind.is_of_place()) => {}
            None => self.mistakes.push(Mistake { kind: MistakeKind::WithinNothing, at }),
        }
    }

    /// Drops alternatives that there cannot be: to an order or a place, and more than are searched at a time.
    fn check_alternatives(&mut self) {
        let is_alone = |term: &QueryTerm| matches!(term.kind, TermKind::Sort(_) | TermKind::Near(_));
        for at in 1..self.terms.len() {
            let [before, term] = &mut self.terms[at - 1..=at] else { continue };
            if term.is_alternative && (is_alone(before) || is_alone(term)) {
                term.is_alternative = false;
                self.mistakes.push(Mistake { kind: MistakeKind::NoAlternative, at: term.at.clone() });
            }
        }
        while combinations(&self.terms) > MAX_ALTERNATIVES {
            let Some(last) = self.terms.iter().rposition(|term| term.is_alternative) else { break };
            let term = self.terms.remove(last);
            let kind = MistakeKind::TooManyAlternatives(MAX_ALTERNATIVES);
            self.mistakes.push(Mistake { kind, at: term.at });
        }
    }

    /// Makes one word of the groups of a telephone number.
    fn join_phones(&mut self) {
        let word = |term: &QueryTerm| match &term.kind {
            TermKind::Words(words) if !term.not && words.len() == 1 => Some(words[0].clone()),
            _ => None,
        };
        let mut at = 0;
        while at < self.terms.len() {
            let is_joined = |(nth, term): &(usize, &QueryTerm)| *nth == 0 || !term.is_alternative;
            let following = self.terms[at..].iter().enumerate().take_while(is_joined);
            let following = following.map_while(|(_, term)| word(term));
            let groups: Vec<String> =
                following.take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect();
            if phone::are_groups(groups.iter().map(String::as_str)) {
                let joined: Vec<QueryTerm> = self.terms.drain(at + 1..at + groups.len()).collect();
                let first = &mut self.terms[at];
                first.kind = TermKind::Words(vec![groups.concat()]);
                first.at.end = joined.last().map_or(first.at.end, |last| last.at.end);
            }
            at += 1;
        }
    }

    /// A query of nothing but words, whatever signs they hold.
    #[must_use]
    pub(crate) fn of_words(text: &str) -> Self {
        let kind = TermKind::Words(words(text));
        let term = QueryTerm { kind, not: false, is_alternative: false, at: 0..text.len() };
        Self { terms: vec![term], mistakes: Vec::new() }
    }

    /// The words that are looked for and decide the order, those of phrases and of all alternatives too. A word that is repeated
    /// counts once.
    #[must_use]
    pub(crate) fn words(&self) -> Vec<&str> {
        ranked_words(self.terms.iter())
    }

    /// The order that it asks for, when it does; the last one counts. A place asks for the nearest first.
    #[must_use]
    pub(crate) fn order(&self) -> Option<Order> {
        let sorted = self.terms.iter().rev().find_map(|term| match &term.kind {
            TermKind::Sort(order) => Some(order.clone()),
            _ => None,
        });
        sorted.or_else(|| Some(SortBy::Distance(self.near()?).into()))
    }

    /// The place that it names; the last one counts.
    #[must_use]
    pub fn near(&self) -> Option<GeoPoint> {
        self.terms.iter().rev().find_map(|term| match term.kind {
            TermKind::Near(place) => Some(place),
            _ => None,
        })
    }
}

/// How far hospitals may be from the place of the query, wherever in the query that stands.
struct Radius {
    metres: f64,
    not: bool,
    is_alternative: bool,
    at: Range<usize>,
}

/// A part of a query.
enum Part {
    Term(TermKind),
    /// So many metres from the place that another part names.
    Within(f64),
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text, MAX_QUERY).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What a part of a query asks for; nothing for signs alone.
fn part(kind: TokenKind, not: bool, catalog: &Catalog) -> Result<Option<Part>, MistakeKind> {
    let some = |words: Vec<String>, kind: fn(Vec<String>) -> TermKind| (!words.is_empty()).then(|| kind(words));
    let open = |words| TermKind::Phrase { words, closed: false };
    let term = match kind {
        // What is left out must stand together, as it was typed.
        TokenKind::Text(text) if not => some(words(&text), open),
        TokenKind::Text(text) => {
            some(phone::typed(&text).map_or_else(|| words(&text), |digits| vec![digits]), TermKind::Words)
        }
        TokenKind::Phrase { text, closed: false } => some(words(&text), open),
        TokenKind::Phrase { text, .. } => some(words(&text), |words| TermKind::Phrase { words, closed: true }),
        TokenKind::Condition { name, operator, values } => {
            return Condition { name: &name, lower: name.to_lowercase(), operator, values: &values, not }
                .read(catalog)
                .map(Some);
        }
    };
    Ok(term.map(Part::Term))
}

/// A name, a sign and values.
struct Condition<'a> {
    name: &'a str,
    /// The name in lower case.
    lower: String,
    operator: Operator,
    values: &'a [String],
    not: bool,
}

impl Condition<'_> {
    /// The values as they were typed.
    fn value(&self) -> String {
        self.values.join("|")
    }

    fn is_equality(&self) -> bool {
        matches!(self.operator, Operator::Colon | Operator::Equal)
    }

    fn read(self, catalog: &Catalog) -> Result<Part, MistakeKind> {
        match self.lower.as_str() {
            SORT if self.is_equality() && !self.not => {
                return order(&self.value().to_lowercase(), catalog).map(|order| Part::Term(TermKind::Sort(order)));
            }
            SORT => return Err(MistakeKind::NotAnOrder(self.value())),
            NEAR if self.is_equality() && !self.not => {
                return near::place(&self.value(), catalog).map(|place| Part::Term(TermKind::Near(place)));
            }
            NEAR => return Err(MistakeKind::NoPlace),
            WITHIN if self.is_equality() => {
                return near::metres(&self.value())
                    .map(Part::Within)
                    .ok_or_else(|| MistakeKind::NoDistance(self.value()));
            }
            WITHIN => return Err(MistakeKind::NoDistance(String::new())),
            _ => {}
        }
        let value = self.value();
        let is_number =
            matches!(value.as_str(), "none" | "any") || number::typed(value.trim_start_matches('?')).is_some();
        match names::named(&self.lower, self.is_equality() && !value.is_empty() && !is_number, catalog) {
            Ok(Named::Field(field)) => self.of_field(field, catalog).map(Part::Term),
            Ok(Named::Measures(ids)) => {
                let test = test(&self.lower, self.operator, &value, &ids, catalog)?;
                Ok(Part::Term(TermKind::Measure(ids, test)))
            }
            Err(Unnamed::Several(names)) => Err(MistakeKind::SeveralNames { name: self.lower, names }),
            Err(Unnamed::Unknown) => {
                let part = Token::one_of(self.name, self.operator, self.values.to_vec()).to_string();
                let meant = names::meant(&self.lower, &[SORT, NEAR, WITHIN], catalog);
                Err(MistakeKind::UnknownName { meant, name: self.lower, part })
            }
        }
    }

    fn of_field(&self, field: QueryField, catalog: &Catalog) -> Result<TermKind, MistakeKind> {
        if !self.is_equality() {
            return Err(MistakeKind::FieldIsText { field, value: self.value() });
        }
        let any_of: Vec<Vec<String>> =
            self.values.iter().map(|value| words(value)).filter(|words| !words.is_empty()).collect();
        if any_of.is_empty() {
            let example = field.example(catalog).map(|value| value.to_string()).unwrap_or_default();
            return Err(MistakeKind::NoValue { field, example });
        }
        Ok(TermKind::Field { field, any_of, exactly: self.operator == Operator::Equal })
    }
}

/// The order of that name: `name`, `place`, `best`, or a measure; of a family the measure that most hospitals report. A `-`
/// before it turns it.
fn order(name: &str, catalog: &Catalog) -> Result<Order, MistakeKind> {
    let (base, is_turned) = name.strip_prefix('-').map_or((name, false), |base| (base, true));
    let by = match base {
        "best" if !is_turned => SortBy::Best,
        "name" => SortBy::Name,
        "place" => SortBy::Place,
        _ => SortBy::Measure(measure_to_sort_by(base, name, catalog)?),
    };
    Ok(Order { by, is_turned })
}

fn measure_to_sort_by(base: &str, name: &str, catalog: &Catalog) -> Result<Text, MistakeKind> {
    let ids = match names::named(base, false, catalog) {
        Ok(Named::Measures(ids)) => ids,
        Err(Unnamed::Several(names)) => {
            return Err(MistakeKind::SeveralNames { name: base.to_owned(), names });
        }
        Ok(Named::Field(_)) | Err(Unnamed::Unknown) => {
            let mut measures = catalog.measures().by_family().map(|(_, measure)| &measure.id);
            let example = measures.find(|id| catalog.outline().may_state(id)).cloned();
            return Err(MistakeKind::UnknownOrder { name: name.to_owned(), example });
        }
    };
    // Only one of several has to be counted.
    let most = ids.iter().rev().max_by_key(|id| if ids.len() > 1 { catalog.reporting(id) } else { 0 });
    most.cloned().ok_or_else(|| MistakeKind::UnknownOrder { name: name.to_owned(), example: None })
}

/// What is asked of the measures of that name.
fn test(name: &str, operator: Operator, value: &str, ids: &[Text], catalog: &Catalog) -> Result<Test, MistakeKind> {
    let name = name.to_owned();
    match (operator, value) {
        (Operator::Colon, "none") => return Ok(Test::None),
        (Operator::Colon, "any") => return Ok(Test::Any),
        (Operator::Colon, "") => return Err(MistakeKind::NoTest(name)),
        _ => {}
    }
    let (or_possibly, digits) = value.strip_prefix('?').map_or((false, value), |rest| (true, rest));
    if let Some(number) = number::typed(digits) {
        return Ok(Test::Number { operator, number, or_possibly });
    }
    let example = measures::example(ids, catalog);
    if digits.is_empty() {
        return Err(MistakeKind::NoNumber { name, example });
    }
    Err(MistakeKind::NotANumber { name, value: digits.to_owned(), example })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    fn read(text: &str) -> Query {
        Query::parse(text, &crate::formats::bundled())
    }

    fn kinds(text: &str) -> Vec<TermKind> {
        read(text).terms.into_iter().map(|term| term.kind).collect()
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn field(words: &[&str]) -> TermKind {
        TermKind::Field { field: QueryField::City, any_of: vec![owned(words)], exactly: false }
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(
            kinds("Women's  chongqing"),
            [TermKind::Words(owned(&["womens"])), TermKind::Words(owned(&["chongqing"]))]
        );
        assert_eq!(kinds("\"St. Mary\""), [TermKind::Phrase { words: owned(&["st", "mary"]), closed: true }]);
        assert_eq!(kinds("“st ma"), [TermKind::Phrase { words: owned(&["st", "ma"]), closed: false }]);
        assert_eq!(kinds("city:\"New York\""), [field(&["new", "york"])]);
        assert!(read("!eye").terms[0].not);
        let test = |text: &str| match &kinds(text)[..] {
            [TermKind::Measure(ids, test)] => (ids.len(), *test),
            other => panic!("{text}: {other:?}"),
        };
        let number = |operator, number, or_possibly| Test::Number { operator, number, or_possibly };
        assert_eq!(test("beds>1000"), (4, number(Operator::Above, 1000.0, false)));
        assert_eq!(test("beds.open<=1,5k"), (1, number(Operator::AtMost, 1500.0, false)));
        assert_eq!(test("beds>1,5"), (4, number(Operator::Above, 1.5, false)));
        assert_eq!(test("beds>1,500"), (4, number(Operator::Above, 1500.0, false)));
        assert_eq!(test("visits>\"4.7 million\"").1, number(Operator::Above, 4_700_000.0, false));
        assert_eq!(test("deliveries>=1万"), (1, number(Operator::AtLeast, 10_000.0, false)));
        assert_eq!(test("open-beds=305"), (1, number(Operator::Equal, 305.0, false)));
        assert_eq!(test("beds>?2000"), (4, number(Operator::Above, 2000.0, true)));
        assert_eq!(test("beds:none"), (4, Test::None));
        assert_eq!(test("beds:any"), (4, Test::Any));
        assert_eq!(test("beds＞１０００"), (4, number(Operator::Above, 1000.0, false)));
        assert_eq!(kinds("city：重庆"), [field(&["重庆"])]);
        assert_eq!(kinds("＂St. Mary＂"), [TermKind::Phrase { words: owned(&["st", "mary"]), closed: true }]);
    }

    #[test]
    fn ids_of_measures_are_found_whatever_their_case() {
        let catalog = crate::formats::native::read(
            r#"{"title": "t", "hospitals": [], "measures": [{"id": "ICU.Beds", "label": "ICU beds", "unit": "beds",
                "family": "beds", "definition": "X."}]}"#,
            "t",
        )
        .unwrap();
        for text in ["ICU.Beds>5", "icu.beds:any", "Beds>5", "sort:ICU.beds"] {
            let query = Query::parse(text, &catalog);
            assert_eq!((query.mistakes.len(), query.terms.len()), (0, 1), "{text}: {:?}", query.mistakes);
        }
    }

    #[test]
    fn an_order_takes_no_other_operator_and_no_negation() {
        for text in ["sort<beds", "sort>=name", "!sort:beds"] {
            let query = read(text);
            assert!(matches!(query.mistakes[0].kind, MistakeKind::NotAnOrder(_)) && query.order().is_none(), "{text}");
        }
        assert!(read("sort=beds").order().is_some() && read("sort:name").order().is_some());
    }

    #[test]
    fn a_long_query_counts_whole_and_what_is_cut_is_a_mistake() {
        let long = "hospital ".repeat(16) + "city:nowhere";
        let query = read(&long);
        assert!(query.mistakes.is_empty());
        assert_eq!(query.terms.last().map(|term| term.at.clone()), Some(144..156));
        let letters = "é".repeat(MAX_QUERY);
        assert!(read(&letters).mistakes.is_empty());
        let query = read(&format!("{letters}bc"));
        let mistake = Mistake { kind: MistakeKind::TooLong(MAX_QUERY), at: letters.len()..letters.len() + 2 };
        assert_eq!(query.mistakes, [mistake]);
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
            ("chong bedz>5", 6..12, "did you mean beds?"),
            ("citty:x", 0..7, "did you mean city?"),
            ("beds>", 0..5, "beds needs a number, as in beds>="),
            ("beds>many", 0..9, "“many” is no number"),
            ("beds:", 0..5, "as in beds:none"),
            ("city:", 0..5, "as in city:Guangzhou"),
            ("city>5", 0..6, "write city:5"),
            ("city>\"new york\"", 0..15, "write city:\"new york\""),
            ("city>\u{1b}[31m", 0..10, "write city:␛[31m"),
            ("ward:7", 0..6, "quote it: \"ward:7\""),
            ("beds>1e9", 0..8, "is no number"),
        ] {
            let query = read(text);
            assert_eq!(query.mistakes.len(), 1, "{text}");
            assert_eq!(query.mistakes[0].at, at, "{text}");
            assert!(query.mistakes[0].to_string().contains(cure), "{text}: {}", query.mistakes[0]);
        }
        assert_eq!(read("chong bedz>5 chong").words(), ["chong"]);
        let query = read("重庆 bedz>5");
        assert!(query.mistakes[0].pointed_at("重庆 bedz>5").contains("\n     ^^^^^^ no field"));
        for text in ["  bedz>5", "重\u{200b}庆   bedz>5 x", "\u{1b}[31m bedz>5", "bedz>5\u{7}"] {
            let pointed = read(text).mistakes[0].pointed_at(text);
            let (line, marks) = pointed.split_once('\n').unwrap();
            assert!(!line.contains('\u{1b}') && marks.trim_start().starts_with("^^^^^^"), "{pointed}");
            let lead = marks.len() - marks.trim_start().len();
            assert_eq!(width(&line[..line.find("bedz>5").unwrap()]), lead, "{pointed}");
        }
    }
}
