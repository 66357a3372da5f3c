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
        /// What follows, without quotes.
        value: String,
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

/// Where the parts of a query stand, in bytes: what is between spaces that are not in quotes.
#[must_use]
pub fn pieces(query: &str) -> Vec<Range<usize>> {
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

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

impl Token {
    /// A condition that stands nowhere yet.
    pub(crate) fn condition(name: &str, operator: Operator, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        Self { at: 0..0, not: false, kind: TokenKind::Condition { name, operator, value } }
    }

    fn new(piece: &str, at: Range<usize>) -> Self {
        let plain = |c: char| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        let plain: String = piece.chars().map(plain).collect();
        let (not, text) = plain.strip_prefix('!').map_or((false, plain.as_str()), |rest| (true, rest));
        Self { at, not, kind: TokenKind::new(text) }
    }
}

impl TokenKind {
    fn new(text: &str) -> Self {
        let inner = text.trim_matches(is_quote).to_owned();
        if text.starts_with(is_quote) {
            return Self::Phrase { text: inner, closed: text.chars().filter(|c| is_quote(*c)).count() > 1 };
        }
        let end = text.find(|c| matches!(c, '>' | '<' | '=' | ':') || is_quote(c)).unwrap_or(0);
        let (name, rest) = text.split_at(end);
        let operator =
            Operator::ALL.into_iter().find_map(|(sign, operator)| Some((operator, rest.strip_prefix(sign)?)));
        match operator {
            Some((operator, value)) if !name.is_empty() => {
                Self::Condition { name: name.to_owned(), operator, value: value.trim_matches(is_quote).to_owned() }
            }
            _ => Self::Text(text.to_owned()),
        }
    }
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
            TokenKind::Condition { name, operator, value } => {
                let (sign, value) = (operator.sign(), unquoted(value));
                // A sign at the start of a value would be read as part of the operator.
                let is_plain = !value.contains(char::is_whitespace) && !value.starts_with('=');
                if is_plain { write!(f, "{name}{sign}{value}") } else { write!(f, "{name}{sign}\"{value}\"") }
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
            name in "[a-z.-]{1,8}", nth in 0..Operator::ALL.len(), value in "[^\"“”＂\u{ff01}-\u{ff5e}]{0,12}", not: bool,
        ) {
            let token = Token { not, ..Token::condition(&name, Operator::ALL[nth].1, &value) };
            prop_assert_eq!(kinds(&token.to_string()), [(not, token.kind.clone())], "{}", token);
        }

        #[test]
        fn what_is_written_of_a_query_is_written_again(query in "[a:<>=!\"“？： １]{0,14}") {
            let written = |query: &str| tokens(query).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let once = written(&query);
            prop_assert_eq!(&written(&once), &once, "{}", query);
        }
    }
}
