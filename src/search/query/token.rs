//! The parts of a query as they are typed, and as they are written.
//!
//! Parsing, completion and facets share these: what one of them writes, the others read.

use std::fmt;
use std::ops::Range;

/// A part of a query. Written and read again it is the same, but for quotes within it and signs of full width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands in the query, in bytes.
    pub at: Range<usize>,
    /// Whether hospitals with it are left out.
    pub not: bool,
    /// What it is.
    pub kind: TokenKind,
}

/// What a part of a query is. Signs, letters and digits of full width have been made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Anything else than the following.
    Text(String),
    /// A text in quotes.
    Phrase {
        /// What stands between the quotes.
        text: String,
        /// Whether the closing quote is there.
        closed: bool,
    },
    /// What is asked of a field or a measure.
    Condition {
        /// The field or measure, as typed.
        name: String,
        /// The sign behind it.
        operator: Operator,
        /// What follows, without quotes; of `a|b` each. At least one, which may be empty.
        values: Vec<String>,
    },
}

/// The sign between a name and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
    /// `=`
    Equal,
    /// `:`
    Colon,
}

impl Operator {
    /// Every operator with its sign, the longer first.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::Above),
        ("<", Self::Below),
        ("=", Self::Equal),
        (":", Self::Colon),
    ];

    fn sign(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, operator)| *operator == self).map_or("", |(sign, _)| sign)
    }
}

/// The parts of `query`, in order.
pub(crate) fn tokens(query: &str) -> Vec<Token> {
    pieces(query).into_iter().map(|at| Token::new(&query[at.clone()], at)).collect()
}

/// Where the parts of a query stand, in bytes: what is between spaces that are not in quotes. Spaces around the sign of a
/// condition are part of it: `beds > 1000`.
#[must_use]
pub fn pieces(query: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for piece in between_spaces(query) {
        match joined.last_mut() {
            Some(before) if is_continued(&query[before.clone()], &query[piece.clone()]) => before.end = piece.end,
            _ => joined.push(piece),
        }
    }
    joined
}

fn between_spaces(query: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted) = (None, false);
    for (at, c) in query.char_indices() {
        quoted ^= is_quote(c);
        if c.is_whitespace() && !quoted {
            pieces.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
    }
    pieces.extend(start.map(|start| start..query.len()));
    pieces
}

/// Whether two pieces are one condition: the first ends with its sign, or the second starts with one that compares.
fn is_continued(before: &str, after: &str) -> bool {
    let is_sign = |c: char| is_sign(plain(c));
    let compares = |c: char| matches!(plain(c), '>' | '<');
    let is_name = |text: &str| {
        let text = text.strip_prefix(['!', '！']).unwrap_or(text);
        let quoted = text.strip_prefix(is_quote).and_then(|text| text.strip_suffix(is_quote));
        let name = quoted.unwrap_or(text);
        !name.trim().is_empty() && !name.contains(is_quote) && (quoted.is_some() || !name.contains(is_sign))
    };
    // Nothing in quotes is no value yet.
    let unquoted = before.trim_end_matches(is_quote).trim_end();
    let has_sign = unquoted.ends_with(is_sign) && is_name(unquoted.trim_end_matches(is_sign).trim_end());
    let lower = before.to_lowercase();
    // A city and its region, a latitude and a longitude, a number and its unit.
    let is_place = lower.starts_with("near:") && lower.ends_with(',');
    let is_unit = lower.starts_with("within:") && matches!(after.to_lowercase().as_str(), "m" | "km" | "mi" | "nmi");
    if is_place || is_unit {
        return true;
    }
    let is_value = !after.contains(is_sign);
    (has_sign && is_value) || (is_name(before) && !before.contains(is_quote) && after.starts_with(compares))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

/// Whether a character begins an operator.
fn is_sign(c: char) -> bool {
    matches!(c, '>' | '<' | '=' | ':')
}

/// A sign, letter or digit of full width made plain.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

impl Token {
    /// A condition that stands nowhere yet.
    pub(crate) fn condition(name: &str, operator: Operator, value: &str) -> Self {
        Self::one_of(name, operator, vec![value.to_owned()])
    }

    /// A condition of several values, of which one is enough.
    pub(crate) fn one_of(name: &str, operator: Operator, values: Vec<String>) -> Self {
        Self { at: 0..0, not: false, kind: TokenKind::Condition { name: name.to_owned(), operator, values } }
    }

    /// Whether it joins its neighbours as alternatives.
    pub(crate) fn is_or(&self) -> bool {
        !self.not && matches!(&self.kind, TokenKind::Text(text) if text.eq_ignore_ascii_case("or"))
    }

    fn new(piece: &str, at: Range<usize>) -> Self {
        let plain: String = piece.chars().map(plain).collect();
        let (not, text) = plain.strip_prefix('!').map_or((false, plain.as_str()), |rest| (true, rest));
        Self { at, not, kind: TokenKind::new(text) }
    }
}

impl TokenKind {
    fn new(text: &str) -> Self {
        let condition = quoted_name(text).or_else(|| plain_name(text));
        if let Some((name, rest)) = condition
            && let Some((operator, value)) = Operator::ALL.into_iter().find_map(|(sign, operator)| {
                let value = rest.trim_start().strip_prefix(sign)?;
                Some((operator, value.trim_start()))
            })
        {
            return Self::Condition { name: name.to_owned(), operator, values: values(value) };
        }
        let inner = text.trim_matches(is_quote).to_owned();
        if text.starts_with(is_quote) {
            return Self::Phrase { text: inner, closed: text.chars().filter(|c| is_quote(*c)).count() > 1 };
        }
        Self::Text(text.to_owned())
    }
}

/// What stands in quotes at the start of a text, if it is a name, and what follows.
fn quoted_name(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix(is_quote)?.split_once(is_quote)?;
    (!name.trim().is_empty()).then_some((name, rest))
}

/// What stands before the first sign, and what follows.
fn plain_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| is_sign(c) || is_quote(c))?;
    let (name, rest) = text.split_at(end);
    (!name.trim().is_empty()).then_some((name.trim_end(), rest))
}

/// The values that `|` parts, but for one in quotes.
fn values(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        quoted ^= is_quote(c);
        if c == '|' && !quoted {
            values.push(&text[start..at]);
            start = at + 1;
        }
    }
    values.push(&text[start..]);
    values.into_iter().map(|value| value.trim_matches(is_quote).to_owned()).collect()
}

/// A query with a value of a field chosen besides those that `name=…` asks for already, or no longer chosen if it is: one of
/// the values is enough.
pub(crate) fn with_value_toggled(query: &str, name: &str, value: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut chosen: Option<usize> = None;
    for token in tokens(query) {
        match &token.kind {
            TokenKind::Condition { name: other, operator: Operator::Equal, values }
                if other.eq_ignore_ascii_case(name) && !token.not && chosen.is_none() =>
            {
                chosen = Some(parts.len());
                let mut values: Vec<String> = values.iter().filter(|value| !value.is_empty()).cloned().collect();
                match values.iter().position(|other| other == value) {
                    Some(at) => drop(values.remove(at)),
                    None => values.push(value.to_owned()),
                }
                if !values.is_empty() {
                    parts.push(Token::one_of(other, Operator::Equal, values).to_string());
                }
            }
            _ => parts.push(query[token.at].to_owned()),
        }
    }
    let mut parts = tidy(parts.into_iter());
    if chosen.is_none() {
        parts.push(Token::condition(name, Operator::Equal, value).to_string());
    }
    parts.join(" ")
}

/// Parts of a query that others can follow: an open quote is closed, and an `or` goes that has lost a neighbour.
pub(crate) fn tidy(parts: impl Iterator<Item = String>) -> Vec<String> {
    let is_or = |part: &String| part.eq_ignore_ascii_case("or");
    let mut kept: Vec<String> = Vec::new();
    for part in parts {
        let has_neighbour = kept.last().is_some_and(|before| !is_or(before));
        if !is_or(&part) || has_neighbour {
            let is_open = part.chars().filter(|c| is_quote(*c)).count() % 2 == 1;
            kept.push(if is_open { part + "\"" } else { part });
        }
    }
    if kept.last().is_some_and(is_or) {
        kept.pop();
    }
    kept
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quotes within would end the text; search does not need them.
        let unquoted = |text: &str| text.replace(is_quote, " ");
        f.write_str(if self.not { "!" } else { "" })?;
        match &self.kind {
            TokenKind::Text(text) => f.write_str(text),
            TokenKind::Phrase { text, closed } => {
                write!(f, "\"{}{}", unquoted(text), if *closed { "\"" } else { "" })
            }
            TokenKind::Condition { name, operator, values } => {
                let needs_quotes = |c: char| c.is_whitespace() || is_sign(c);
                let name = unquoted(name);
                let quote = if name.contains(needs_quotes) || name.starts_with('!') { "\"" } else { "" };
                write!(f, "{quote}{name}{quote}{}", operator.sign())?;
                for (nth, value) in values.iter().enumerate() {
                    let value = unquoted(value);
                    f.write_str(if nth > 0 { "|" } else { "" })?;
                    // A sign in a value might be read as one of the condition.
                    let is_plain = !value.contains(|c: char| needs_quotes(c) || c == '|');
                    if is_plain { f.write_str(&value)? } else { write!(f, "\"{value}\"")? }
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(query: &str) -> Vec<(bool, TokenKind)> {
        tokens(query).into_iter().map(|token| (token.not, token.kind)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn a_condition_that_is_written_is_read_as_it_was(
            name in "[a-z.-]{1,8}( [a-z:>!]{1,3})?",
            nth in 0..Operator::ALL.len(),
            values in proptest::collection::vec("[^\"“”＂\u{ff01}-\u{ff5e}]{0,12}", 1..4),
            not: bool,
        ) {
            let token = Token { not, ..Token::one_of(&name, Operator::ALL[nth].1, values) };
            prop_assert_eq!(kinds(&token.to_string()), [(not, token.kind.clone())], "{}", token);
        }

        #[test]
        fn what_is_written_of_a_query_is_written_again(query in "[a:<>=!|\"“？： １]{0,14}") {
            let written = |query: &str| tokens(query).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let once = written(&query);
            prop_assert_eq!(&written(&once), &once, "{}", query);
        }
    }

    #[test]
    fn spaces_around_a_sign_belong_to_the_condition() {
        let written = |query: &str| tokens(query).iter().map(ToString::to_string).collect::<Vec<_>>();
        for (query, parts) in [
            ("beds > 1000", &["beds>1000"][..]),
            ("chong beds >= 1000 x", &["chong", "beds>=1000", "x"]),
            ("beds >1000", &["beds>1000"]),
            ("beds> 1000", &["beds>1000"]),
            ("!beds > 5", &["!beds>5"]),
            ("city: boston", &["city:boston"]),
            ("city: \"new york\"", &["city:\"new york\""]),
            ("city: beds>5", &["city:", "beds>5"]),
            ("\"hospital type\":critical x", &["\"hospital type\":critical", "x"]),
            ("\"hospital type\": critical", &["\"hospital type\":critical"]),
            ("a : b", &["a", ":", "b"]),
            ("region=TX|\"New York\"|CA", &["region=TX|\"New York\"|CA"]),
            ("region=\"a|b\"", &["region=\"a|b\""]),
        ] {
            assert_eq!(written(query), parts, "{query}");
        }
    }

    #[test]
    fn a_value_is_chosen_besides_others_and_taken_back() {
        let toggled = |query: &str, value: &str| with_value_toggled(query, "region", value);
        assert_eq!(toggled("boston", "TX"), "boston region=TX");
        assert_eq!(toggled("region=TX boston", "New York"), "region=TX|\"New York\" boston");
        assert_eq!(toggled("region=TX|\"New York\" boston", "TX"), "region=\"New York\" boston");
        assert_eq!(toggled("region=TX boston", "TX"), "boston");
        assert_eq!(toggled("!region=TX", "TX"), "!region=TX region=TX");
    }
}
