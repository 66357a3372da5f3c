//! Folded names as lists of words, with what is quickly known of each.

use std::borrow::Cow;
use std::ops::Range;

use super::Field;
use super::keys::{HAN, Key, Marks, range};
use super::lexicon::Lexicon;

/// Folded names, one after the other.
#[derive(Debug, Default)]
pub struct Names {
    /// Their words, by number.
    words: Vec<u32>,
    /// Where the words of each name end.
    ends: Vec<u32>,
    /// Which characters each has: [`Marks::present`].
    present: Vec<u64>,
    /// With which characters its words start: [`Marks::starts`].
    starts: Vec<u32>,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a name of these words, which have those `marks`.
    pub fn push(&mut self, words: impl Iterator<Item = u32>, marks: &[Marks]) {
        let (mut present, mut starts) = (0, 0);
        for word in words {
            self.words.push(word);
            present |= marks[word as usize].present;
            starts |= marks[word as usize].starts;
        }
        self.ends.push(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.present.push(present);
        self.starts.push(starts);
    }

    /// Makes room for so many more names, of so many words together.
    pub fn reserve(&mut self, names: usize, words: usize) {
        self.words.reserve_exact(words);
        self.ends.reserve_exact(names);
        self.present.reserve_exact(names);
        self.starts.reserve_exact(names);
    }

    /// Adds others.
    pub fn append(&mut self, other: &Self) {
        let base = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.extend(&other.words);
        self.ends.extend(other.ends.iter().map(|end| base.saturating_add(*end)));
        self.present.extend(&other.present);
        self.starts.extend(&other.starts);
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.words.len() * 4 + self.len() * (4 + 8 + 4)
    }

    /// Which characters the name at a position has.
    #[inline]
    pub fn present(&self, at: usize) -> u64 {
        self.present[at]
    }

    /// Which characters so many names have, from a position on, and with which their words start.
    #[inline]
    pub fn columns(&self, from: usize, count: usize) -> (&[u64], &[u32]) {
        (&self.present[from..from + count], &self.starts[from..from + count])
    }

    /// With which characters its words start.
    #[inline]
    pub fn starts(&self, at: usize) -> u32 {
        self.starts[at]
    }

    /// Whether it has a Chinese character; then it is one word.
    #[inline]
    pub fn has_han(&self, at: usize) -> bool {
        self.starts[at] & HAN != 0
    }

    /// Its words, by number.
    #[inline]
    pub fn words(&self, at: usize) -> &[u32] {
        &self.words[range(&self.ends, at)]
    }

    /// Its text, put together from the words of `lexicon`.
    pub fn text<'a>(&self, at: usize, lexicon: &'a Lexicon) -> Cow<'a, str> {
        match *self.words(at) {
            [] => Cow::Borrowed(""),
            [word] => Cow::Borrowed(lexicon.word(word)),
            [first, ref others @ ..] => {
                let mut text = String::with_capacity(64);
                text.push_str(lexicon.word(first));
                for word in others {
                    text.push(' ');
                    text.push_str(lexicon.word(*word));
                }
                Cow::Owned(text)
            }
        }
    }

    /// What is quickly known of it.
    pub fn marks(&self, at: usize, lexicon: &Lexicon) -> Marks {
        let pairs = self.words(at).iter().fold(0, |all, word| all | lexicon.pairs(*word));
        Marks { present: self.present[at], starts: self.starts[at], pairs }
    }

    /// The name at a position.
    pub fn key<'a>(&self, at: usize, lexicon: &'a Lexicon) -> Key<'a> {
        Key { text: self.text(at, lexicon), marks: self.marks(at, lexicon) }
    }
}

/// Other names, of which a row has any number.
#[derive(Debug, Default)]
pub struct Others {
    /// The names, in the order of the rows.
    pub names: Names,
    /// What each is.
    pub fields: Vec<Field>,
    /// The row of each.
    rows: Vec<u32>,
    /// Where those of each row end.
    ends: Vec<u32>,
}

impl Others {
    /// Adds a name to the next row.
    pub fn push(&mut self, field: Field, words: impl Iterator<Item = u32>, marks: &[Marks]) {
        self.names.push(words, marks);
        self.fields.push(field);
        self.rows.push(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
    }

    /// Ends that row.
    pub fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
    }

    /// Makes room for so many more rows and names, of so many words together.
    pub fn reserve(&mut self, rows: usize, names: usize, words: usize) {
        self.names.reserve(names, words);
        self.fields.reserve_exact(names);
        self.rows.reserve_exact(names);
        self.ends.reserve_exact(rows);
    }

    /// Adds the rows of others.
    pub fn append(&mut self, other: &Self) {
        let names = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let rows = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.rows.extend(other.rows.iter().map(|row| rows.saturating_add(*row)));
        self.ends.extend(other.ends.iter().map(|end| names.saturating_add(*end)));
        self.names.append(&other.names);
        self.fields.extend(&other.fields);
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.names.bytes() + self.fields.len() * (1 + 4) + self.ends.len() * 4
    }

    /// Where the names of a row stand.
    #[inline]
    pub fn of_row(&self, row: usize) -> Range<usize> {
        range(&self.ends, row)
    }

    /// Where the names of some rows stand.
    pub fn of_rows(&self, rows: Range<usize>) -> Range<usize> {
        let end = |row: usize| row.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        end(rows.start)..end(rows.end)
    }

    /// The row of the name at a position.
    #[inline]
    pub fn row(&self, name: usize) -> usize {
        self.rows[name] as usize
    }
}
