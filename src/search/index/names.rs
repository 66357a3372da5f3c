//! Folded names as lists of words, with what is quickly known of each.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::bit_sliced::Columns;
use crate::search::index::lexicon::Lexicon;
use crate::search::index::normalized::{HAN, Key, Marks, range};

/// Folded names, one after the other.
#[derive(Debug, Default)]
pub struct Names {
    /// Their words, by number.
    words: Vec<u32>,
    /// Where the words of each name end.
    ends: Vec<u32>,
    /// Which characters they have, once all are here.
    columns: Columns,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a name of these words.
    pub fn push(&mut self, words: impl Iterator<Item = u32>) {
        self.words.extend(words);
        self.ends.push(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
    }

    /// Looks over all of them, whose words are those of `lexicon`.
    pub fn finish(&mut self, lexicon: &Lexicon) {
        self.columns = Columns::new(self, lexicon);
    }

    /// Makes room for so many more names, of so many words together.
    pub fn reserve(&mut self, names: usize, words: usize) {
        self.words.reserve_exact(words);
        self.ends.reserve_exact(names);
    }

    /// Adds others.
    pub fn append(&mut self, other: &Self) {
        let base = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.extend(&other.words);
        self.ends.extend(other.ends.iter().map(|end| base.saturating_add(*end)));
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        (self.words.len() + self.len()) * 4 + self.columns.bytes()
    }

    /// Which characters they have.
    #[inline]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether the name at a position has a Chinese character; then it is one word.
    #[inline]
    pub fn has_han(&self, at: usize) -> bool {
        self.columns.starts_with_any(HAN, at)
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
        self.words(at).iter().fold(Marks::default(), |all, word| all.and(lexicon.marks(*word)))
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
    pub fn push(&mut self, field: Field, words: impl Iterator<Item = u32>) {
        self.names.push(words);
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
