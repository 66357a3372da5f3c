//! The texts that mean that there is no value, ready to be looked up for each cell of a file.

use std::collections::HashMap;

use crate::catalog::Missing;
use crate::formats::profile::definition::MissingText;

/// How many kinds of first bytes are told apart: those of ASCII, and all others together.
const FIRST_BYTES: usize = 129;

/// The texts that mean that there is no value, in whatever case.
///
/// Files have millions of cells, and few say this. So a cell is looked up only when one of the texts has its length and
/// its first letter.
#[derive(Clone, Debug)]
pub(crate) struct MissingTexts {
    /// The reasons by the text in lower case.
    reasons: HashMap<String, Missing>,
    /// The lengths in bytes of the texts that begin so, a bit each; the last bit is of all that are longer.
    lengths: Box<[u64; FIRST_BYTES]>,
}

impl Default for MissingTexts {
    fn default() -> Self {
        Self { reasons: HashMap::new(), lengths: Box::new([0; FIRST_BYTES]) }
    }
}

impl MissingTexts {
    /// Prepares the texts of a profile. Of equal ones the first counts.
    #[must_use]
    pub(crate) fn new(texts: &[MissingText]) -> Self {
        let mut all = Self::default();
        for MissingText { text, reason } in texts {
            all.lengths[first_byte(text)] |= length_bit(text);
            all.reasons.entry(text.to_lowercase()).or_insert(*reason);
        }
        all
    }

    /// Why there is no value, when `text` means that.
    #[must_use]
    pub(crate) fn reason(&self, text: &str) -> Option<Missing> {
        // Some publishers write the code of a footnote behind it: Not Available(5).
        let text = match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
            Some((text, code)) if code.bytes().all(|byte| byte.is_ascii_digit()) => text.trim_end(),
            _ => text,
        };
        let may_be = self.lengths[first_byte(text)] & length_bit(text) != 0;
        if may_be { self.reasons.get(&text.to_lowercase()).copied() } else { None }
    }
}

fn first_byte(text: &str) -> usize {
    let first = text.bytes().next().unwrap_or(0).to_ascii_lowercase();
    usize::from(first).min(FIRST_BYTES - 1)
}

fn length_bit(text: &str) -> u64 {
    1 << text.len().min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_the_first_of_equal_texts_counts() {
        let text = |text: &str, reason| MissingText { text: text.into(), reason };
        let long = "No value is given here for reasons that take more than sixty-three bytes to tell";
        let texts = MissingTexts::new(&[
            text("Not Available", Missing::NotAvailable),
            text("NOT AVAILABLE", Missing::TooFew),
            text("-", Missing::NotApplicable),
            text("Ähnlich", Missing::NotApplicable),
            text(long, Missing::TooFew),
        ]);
        for (cell, reason) in [
            ("not available", Some(Missing::NotAvailable)),
            ("-", Some(Missing::NotApplicable)),
            ("ähnlich", Some(Missing::NotApplicable)),
            ("ÄHNLICH", Some(Missing::NotApplicable)),
            (&*long.to_uppercase(), Some(Missing::TooFew)),
            ("not available (5)", Some(Missing::NotAvailable)),
            ("Not Available(5)", Some(Missing::NotAvailable)),
            ("Not Available(x)", None),
            ("(5)", None),
            ("", None),
            ("--", None),
            ("not  available", None),
            ("Not Availablf", None),
            ("Áhnlich", None),
        ] {
            assert_eq!(texts.reason(cell), reason, "{cell}");
        }
        assert_eq!(MissingTexts::default().reason("-"), None);
    }
}
