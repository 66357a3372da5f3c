//! Some rows of a file, by which its headings are judged.

use std::borrow::Cow;

use crate::text;

/// Cells of the first rows of a file, and of some of its last: they tell what a column holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    rows: Vec<Vec<String>>,
}

impl Sample {
    /// How many rows of that many columns are looked at, so that wide files take no longer than long ones.
    #[must_use]
    pub(crate) fn size(columns: usize) -> usize {
        const MOST: usize = 1_000;
        const CELLS: usize = 200_000;
        (CELLS / columns.max(1)).clamp(20, MOST)
    }

    /// Adds a row.
    pub(crate) fn push<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.rows.push(cells.map(|cell| text::clean(cell).into_owned()).collect());
    }

    /// Adds a row before the others.
    pub(crate) fn push_first(&mut self, row: Vec<String>) {
        self.rows.insert(0, row);
    }

    /// How many rows there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows, each with its cells.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[String]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The cells of a column that are not empty.
    pub(crate) fn column(&self, at: usize) -> impl Iterator<Item = &str> + Clone {
        self.rows.iter().filter_map(move |row| row.get(at)).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// A cell; empty where there is none.
    #[must_use]
    pub(crate) fn cell(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", String::as_str)
    }
}

/// The words of a heading or a label, in lower case: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<Cow<'_, str>> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let lower = |word| match word {
        word if str::chars(word).any(char::is_uppercase) => Cow::Owned(str::to_lowercase(word)),
        word => Cow::Borrowed(word),
    };
    words.map(lower).collect()
}
