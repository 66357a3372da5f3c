//! Reads a query. What cannot be understood is a [`Mistake`]; the rest of the query still counts, so that a slip while
//! typing never empties the list.

use crate::catalog::{Catalog, number};
use crate::search::order::Order;
use crate::search::query::field::QueryField;
use crate::search::query::measures::{measure_names, measures};
use crate::search::query::mistake::{Mistake, MistakeKind};
use crate::search::query::term::{QueryTerm, TermKind, Test};
use crate::search::query::token::{Operator, Token, TokenKind, tokens};
use crate::search::text::fold::fold;
use crate::text::Text;

/// Longest query looked at, in characters; what follows is a mistake.
pub(crate) const MAX_QUERY: usize = 512;

/// What sorts the list, as it is typed: `sort:beds`.
pub(crate) const SORT: &str = "sort";

/// A query, understood as far as it can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Its parts, in order.
    pub terms: Vec<QueryTerm>,
    /// What could not be understood.
    pub mistakes: Vec<Mistake>,
}

impl Query {
    /// Reads `text`; measures are those of `catalog`.
    #[must_use]
    pub(crate) fn parse(text: &str, catalog: &Catalog) -> Self {
        let mut query = Self::default();
        let end = text.char_indices().nth(MAX_QUERY).map_or(text.len(), |(at, _)| at);
        for token in tokens(&text[..end]) {
            match term(token.kind, token.not, catalog) {
                Ok(Some(kind)) => query.terms.push(QueryTerm { kind, not: token.not, at: token.at }),
                Ok(None) => {}
                Err(kind) => query.mistakes.push(Mistake { kind, at: token.at }),
            }
        }
        if end < text.len() {
            query.mistakes.push(Mistake { kind: MistakeKind::TooLong(MAX_QUERY), at: end..text.len() });
        }
        query
    }

    /// A query of nothing but words, whatever signs they hold.
    #[must_use]
    pub(crate) fn of_words(text: &str) -> Self {
        let term = QueryTerm { kind: TermKind::Words(words(text)), not: false, at: 0..text.len() };
        Self { terms: vec![term], mistakes: Vec::new() }
    }

    /// The words that must be found and decide the order, those of phrases too.
    /// A word that is repeated counts once.
    #[must_use]
    pub(crate) fn words(&self) -> Vec<&str> {
        let wanted = self.terms.iter().filter(|term| !term.not);
        let words = wanted.flat_map(|term| match &term.kind {
            TermKind::Words(words) | TermKind::Phrase { words, .. } => words.as_slice(),
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
    pub(crate) fn filters(&self) -> impl Iterator<Item = &QueryTerm> {
        let filters = |term: &&QueryTerm| !matches!(term.kind, TermKind::Words(_) | TermKind::Sort(_));
        self.terms.iter().filter(filters)
    }

    /// The measures that it asks for by number or sorts by, by their ids, each once.
    #[must_use]
    pub fn measures(&self) -> Vec<Text> {
        let mut measures: Vec<Text> = Vec::new();
        for term in self.terms.iter().filter(|term| !term.not) {
            let asked = match &term.kind {
                TermKind::Measure(ids, _) => &**ids,
                TermKind::Sort(Order::Measure(id)) => std::slice::from_ref(id),
                _ => continue,
            };
            for id in asked {
                if !measures.contains(id) {
                    measures.push(id.clone());
                }
            }
        }
        measures
    }

    /// The order that it asks for, when it does; the last one counts.
    #[must_use]
    pub(crate) fn order(&self) -> Option<&Order> {
        self.terms.iter().rev().find_map(|term| match &term.kind {
            TermKind::Sort(order) => Some(order),
            _ => None,
        })
    }
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text, MAX_QUERY).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What a part of a query asks for; nothing for signs alone.
fn term(kind: TokenKind, not: bool, catalog: &Catalog) -> Result<Option<TermKind>, MistakeKind> {
    let some = |words: Vec<String>, kind: fn(Vec<String>) -> TermKind| (!words.is_empty()).then(|| kind(words));
    let open = |words| TermKind::Phrase { words, closed: false };
    Ok(match kind {
        // What is left out must stand together, as it was typed.
        TokenKind::Text(text) => some(words(&text), if not { open } else { TermKind::Words }),
        TokenKind::Phrase { text, closed: false } => some(words(&text), open),
        TokenKind::Phrase { text, .. } => some(words(&text), |words| TermKind::Phrase { words, closed: true }),
        TokenKind::Condition { name, operator, value } => Some(condition(&name, operator, &value, not, catalog)?),
    })
}

fn condition(
    name: &str,
    operator: Operator,
    value: &str,
    not: bool,
    catalog: &Catalog,
) -> Result<TermKind, MistakeKind> {
    let lower = name.to_lowercase();
    if let Some(field) = QueryField::named(&lower) {
        let words = words(value);
        return match operator {
            Operator::Colon | Operator::Equal if words.is_empty() => Err(MistakeKind::NoValue(field)),
            Operator::Colon | Operator::Equal => {
                Ok(TermKind::Field { field, words, exactly: operator == Operator::Equal })
            }
            _ => Err(MistakeKind::FieldIsText { field, value: value.to_owned() }),
        };
    }
    if lower == SORT {
        return match operator {
            Operator::Colon | Operator::Equal if !not => order(&value.to_lowercase(), catalog).map(TermKind::Sort),
            _ => Err(MistakeKind::NotAnOrder(value.to_owned())),
        };
    }
    let measures = measures(&lower, catalog);
    if measures.is_empty() {
        let part = Token::condition(name, operator, value).to_string();
        return Err(MistakeKind::UnknownName { meant: meant(&lower, catalog), name: lower, part });
    }
    Ok(TermKind::Measure(measures, test(lower, operator, value)?))
}

/// The order of that name: `name`, `place`, `best`, or a measure; of a family the measure that most hospitals report.
fn order(name: &str, catalog: &Catalog) -> Result<Order, MistakeKind> {
    match name {
        "best" => return Ok(Order::Best),
        "name" => return Ok(Order::Name),
        "place" => return Ok(Order::Place),
        _ => {}
    }
    let most = measures(name, catalog).into_iter().rev().max_by_key(|id| catalog.reporting(id));
    most.map(Order::Measure).ok_or_else(|| MistakeKind::UnknownOrder(name.to_owned()))
}

/// What is asked of the measure of that name.
fn test(name: String, operator: Operator, value: &str) -> Result<Test, MistakeKind> {
    match (operator, value) {
        (Operator::Colon, "none") => return Ok(Test::None),
        (Operator::Colon, "any") => return Ok(Test::Any),
        (Operator::Colon, "") => return Err(MistakeKind::NoTest(name)),
        _ => {}
    }
    let (or_possibly, digits) = value.strip_prefix('?').map_or((false, value), |rest| (true, rest));
    match number::typed(digits) {
        Some(number) => Ok(Test::Number { operator, number, or_possibly }),
        None if digits.is_empty() => Err(MistakeKind::NoNumber(name)),
        None => Err(MistakeKind::NotANumber { name, value: digits.to_owned() }),
    }
}

/// The name of a field or measure that is probably meant by `name`.
fn meant(name: &str, catalog: &Catalog) -> Option<String> {
    let fields = QueryField::ALL.into_iter().map(QueryField::name).chain([SORT]).map(str::to_owned);
    let known = fields.chain(measure_names(catalog).map(|(known, _)| known));
    let near = known
        .map(|known| (strsim::damerau_levenshtein(name, &known), known))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len());
    near.min().map(|(_, known)| known)
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
        TermKind::Field { field: QueryField::City, words: owned(words), exactly: false }
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
            ("chong bed>5", 6..11, "did you mean beds?"),
            ("citty:x", 0..7, "did you mean city?"),
            ("beds>", 0..5, "as in beds>1000"),
            ("beds>many", 0..9, "“many” is no number"),
            ("beds:", 0..5, "as in beds:none"),
            ("city:", 0..5, "as in city:chongqing"),
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
}
