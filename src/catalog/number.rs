//! Numbers as people write them: one grammar, for the cells of files and for what is typed into a query.
//!
//! ```text
//! number    = [ "-" ] , ( digits | groups ) , [ mark , digits ]
//! groups    = 1 to 3 digits , separator , 3 digits , { separator , 3 digits }      the same separator throughout
//! separator = "," | "." | space | no-break space | narrow no-break space | "'"
//! mark      = "." | ","                                                            another than the separator
//! typed     = number , [ { space } , scale ]                  "_" may stand between digits, "，" for ","
//! scale     = "k" | "m" | "thousand" | "million" | "billion" | "万" | "萬" | "亿" | "億"
//! ```
//!
//! `1,234` and `1.234` are ambiguous: three digits may be a group or decimals. `0,125` is not, as no group starts with a
//! zero. Other numbers of the same file tell:
//! `12,5` can only have a decimal comma, and `1.234.567` can only be grouped by points. [`DecimalMarks`] collects that.
//! In a query there are no other numbers; there it is read as the screen shows it, with groups by commas.

/// The character before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `12.5`; commas separate groups.
    Point,
    /// `12,5`; points separate groups.
    Comma,
}

/// The decimal marks that numbers without ambiguity have shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DecimalMarks {
    /// Whether a decimal point was seen.
    pub point: bool,
    /// Whether a decimal comma was seen.
    pub comma: bool,
}

impl DecimalMarks {
    /// The only mark seen; none when there was none, or both.
    #[must_use]
    pub(crate) fn only(self) -> Option<DecimalMark> {
        match (self.point, self.comma) {
            (true, false) => Some(DecimalMark::Point),
            (false, true) => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// Whether none was seen.
    #[must_use]
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// A number by the grammar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Written {
    /// It can be read in one way only. It shows the decimal mark of its file, if it has separators.
    Clear(f64, Option<DecimalMark>),
    /// A single comma or point before three digits.
    Ambiguous {
        /// The number if the three digits are a group.
        grouped: f64,
        /// The number if they are decimals.
        decimal: f64,
        /// The mark if they are decimals.
        mark: DecimalMark,
    },
}

impl Written {
    /// The number, where `mark` is known to stand before decimals; none when it is ambiguous and no mark is known.
    #[must_use]
    pub(crate) fn value(self, known: Option<DecimalMark>) -> Option<f64> {
        match (self, known) {
            (Self::Clear(value, _), _) => Some(value),
            (Self::Ambiguous { decimal, mark, .. }, Some(known)) if mark == known => Some(decimal),
            (Self::Ambiguous { grouped, .. }, Some(_)) => Some(grouped),
            (Self::Ambiguous { .. }, None) => None,
        }
    }
}

/// Every number of so many digits is exact.
const EXACT_DIGITS: usize = 15;

const GROUP_SEPARATORS: [char; 6] = [',', '.', ' ', '\u{a0}', '\u{202f}', '\''];

/// Reads a number; none when `text` is something else.
#[must_use]
pub(crate) fn parse(text: &str) -> Option<Written> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_negative = digits.len() < text.len();
    if let Some(number) = few_digits(digits) {
        return Some(Written::Clear(if is_negative { -number } else { number }, None));
    }
    let parts: Vec<&str> = digits.split(GROUP_SEPARATORS).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |whole: &[&str], decimals: &str| {
        let sign = if is_negative { "-" } else { "" };
        format!("{sign}{}.{decimals}", whole.concat()).parse().ok().filter(|number: &f64| number.is_finite())
    };
    let grouped = || number(&parts, "0");
    let separators: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (Some((&last, others)), Some((decimals, whole))) = (separators.split_last(), parts.split_last()) else {
        return Some(Written::Clear(grouped()?, None));
    };
    let decimal = || number(whole, decimals);
    let is_same = others.iter().all(|other| *other == last);
    let mark = mark(last);
    if is_same && are_groups(&parts) {
        return match mark {
            Some(mark) if others.is_empty() && !parts[0].starts_with('0') => {
                Some(Written::Ambiguous { grouped: grouped()?, decimal: decimal()?, mark })
            }
            Some(mark) if others.is_empty() => Some(Written::Clear(decimal()?, Some(mark))),
            // Several groups: the other mark stands before decimals.
            Some(DecimalMark::Comma) => Some(Written::Clear(grouped()?, Some(DecimalMark::Point))),
            Some(DecimalMark::Point) => Some(Written::Clear(grouped()?, Some(DecimalMark::Comma))),
            None => Some(Written::Clear(grouped()?, None)),
        };
    }
    let is_decimal = match others.first() {
        None => true,
        Some(first) => *first != last && others.iter().all(|other| other == first) && are_groups(whole),
    };
    Some(Written::Clear(decimal()?, Some(mark.filter(|_| is_decimal)?)))
}

/// The number that a few digits are, as in most cells of figures.
fn few_digits(digits: &str) -> Option<f64> {
    let are_few = (1..=EXACT_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    are_few.then(|| digits.bytes().fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0')))
}

fn mark(separator: char) -> Option<DecimalMark> {
    match separator {
        '.' => Some(DecimalMark::Point),
        ',' => Some(DecimalMark::Comma),
        _ => None,
    }
}

/// Whether the parts of a number are groups of three digits; the first may be shorter.
fn are_groups(parts: &[&str]) -> bool {
    parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3)
}

/// Words and signs that multiply the number before them.
const SCALES: [(&str, f64); 9] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("万", 1e4),
    ("萬", 1e4),
    ("亿", 1e8),
    ("億", 1e8),
];

/// Reads a number as it is typed into a query, which is also how the screen shows it: `1500`, `1,500`, `1.5k`, `1,5`,
/// `4.7 million`, `3万`. Three digits behind a single comma are a group, behind a single point decimals.
#[must_use]
pub(crate) fn typed(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase().replace('，', ",");
    let parts: Vec<&str> = text.split('_').collect();
    let is_digit = |c: char| c.is_ascii_digit();
    if !parts.windows(2).all(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit)) {
        return None;
    }
    let text = parts.concat();
    let scaled = SCALES.iter().find_map(|(word, scale)| Some((text.strip_suffix(word)?.trim_end(), *scale)));
    let (number, scale) = scaled.unwrap_or((&text, 1.0));
    let value = parse(number)?.value(Some(DecimalMark::Point))? * scale;
    value.is_finite().then_some(value)
}

/// A count with thousands separators: `2,000`.
#[must_use]
pub(crate) fn group_count(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nothing here is counted by the quadrillion")]
    group(count as f64)
}

/// A number with a comma every three digits and the decimals that it has: `30,187.14`.
#[must_use]
pub(crate) fn group(n: f64) -> String {
    let plain = n.abs().to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::with_capacity(plain.len() + whole.len() / 3 + 1);
    if n < 0.0 {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_numbers_show_their_decimal_mark() {
        use DecimalMark::{Comma, Point};
        for (text, value, mark) in [
            ("0", 0.0, None),
            ("1925", 1925.0, None),
            ("-4", -4.0, None),
            ("1 925", 1925.0, None),
            ("1'234'567", 1_234_567.0, None),
            ("3.0", 3.0, Some(Point)),
            ("12,5", 12.5, Some(Comma)),
            ("0.125", 0.125, Some(Point)),
            ("0,125", 0.125, Some(Comma)),
            ("1234,567", 1234.567, Some(Comma)),
            ("1.234.567", 1_234_567.0, Some(Comma)),
            ("1,234,567", 1_234_567.0, Some(Point)),
            ("1,234,567.5", 1_234_567.5, Some(Point)),
            ("1.234,5", 1234.5, Some(Comma)),
            ("1 234,567", 1234.567, Some(Comma)),
        ] {
            assert_eq!(parse(text), Some(Written::Clear(value, mark)), "{text}");
        }
        for text in
            ["", "-", "many", "1.2.3", "1,23,4", "12 34", "1,234.567.890", "5.", ".5", "1e5", "inf", "NaN", "1--2"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn few_digits_are_read_as_many_are() {
        for digits in ["0", "00", "007", "1925", "999999999999999", "9999999999999999", "12345678901234567890"] {
            for text in [digits.to_owned(), format!("-{digits}")] {
                let Some(Written::Clear(number, None)) = parse(&text) else { panic!("{text} is a number") };
                assert_eq!(number.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            }
        }
    }

    #[test]
    fn an_ambiguous_number_is_told_by_the_decimal_mark() {
        use DecimalMark::{Comma, Point};
        for (text, known, value) in [
            ("12,345", Some(Comma), Some(12.345)),
            ("12,345", Some(Point), Some(12_345.0)),
            ("12,345", None, None),
            ("1.200", Some(Comma), Some(1200.0)),
            ("1.200", Some(Point), Some(1.2)),
            ("1.200", None, None),
            ("-1.200", Some(Comma), Some(-1200.0)),
        ] {
            assert_eq!(parse(text).unwrap().value(known), value, "{text} {known:?}");
        }
    }

    #[test]
    fn a_query_takes_what_the_screen_shows() {
        for (text, value) in [
            ("1000", Some(1000.0)),
            ("1,500", Some(1500.0)),
            ("1,5", Some(1.5)),
            ("1,5k", Some(1500.0)),
            ("1.5k", Some(1500.0)),
            ("1.5 K", Some(1500.0)),
            ("2m", Some(2e6)),
            ("4.7 million", Some(4.7e6)),
            ("3万", Some(30_000.0)),
            ("1.2亿", Some(1.2e8)),
            ("30,187.14", Some(30_187.14)),
            ("1，500", Some(1500.0)),
            ("-5", Some(-5.0)),
            ("1_500", Some(1500.0)),
            ("_5", None),
            ("5_", None),
            ("1_,500", None),
            ("1e9", None),
            ("many", None),
            ("k", None),
            ("", None),
        ] {
            assert_eq!(typed(text), value, "{text}");
        }
    }
}
