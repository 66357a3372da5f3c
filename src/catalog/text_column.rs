//! The texts of a field, of all hospitals.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::key::HospitalKey;
use crate::catalog::text_field::TextField;
use crate::text::Text;

/// The texts of a field: each distinct one once, and which of them each hospital has.
#[derive(Debug, Default)]
pub(crate) struct TextColumn {
    /// In the order of the first hospital that has each.
    values: Vec<Text>,
    /// The numbers of the texts of all hospitals, from 1.
    numbers: Vec<u32>,
    /// Where the numbers of each hospital end; none where each hospital has one number, which is 0 if it has no text.
    ends: Option<Vec<u32>>,
}

impl TextColumn {
    /// The distinct texts, in the order in which they first stand.
    pub(crate) fn values(&self) -> &[Text] {
        &self.values
    }

    /// Which of the texts a hospital has: the first, where it has several.
    pub(crate) fn number(&self, key: HospitalKey) -> Option<usize> {
        self.numbers(key).next()
    }

    /// Which of the texts a hospital has.
    pub(crate) fn numbers(&self, key: HospitalKey) -> impl Iterator<Item = usize> {
        self.own(key.index()).iter().filter_map(|number| (*number as usize).checked_sub(1))
    }

    /// The texts of a hospital.
    pub(crate) fn texts(&self, key: HospitalKey) -> impl Iterator<Item = &Text> {
        self.numbers(key).map(|at| &self.values[at])
    }

    fn own(&self, at: usize) -> &[u32] {
        let Some(ends) = &self.ends else { return &self.numbers[at..=at] };
        let start = at.checked_sub(1).map_or(0, |before| ends[before]);
        &self.numbers[start as usize..ends[at] as usize]
    }

    /// How many hospitals have each text.
    pub(crate) fn counts(&self) -> Vec<usize> {
        self.counts_of(self.numbers.iter())
    }

    /// How many of some hospitals have each text.
    pub(crate) fn counts_among(&self, keys: &[HospitalKey]) -> Vec<usize> {
        self.counts_of(keys.iter().flat_map(|key| self.own(key.index())))
    }

    fn counts_of<'a>(&self, numbers: impl Iterator<Item = &'a u32>) -> Vec<usize> {
        let mut counts = vec![0; self.values.len() + 1];
        for number in numbers {
            counts[*number as usize] += 1;
        }
        counts.split_off(1)
    }
}

impl TextColumn {
    /// Reads the texts of a field, on all cores.
    pub(super) fn new(hospitals: &Hospitals, field: &TextField) -> Self {
        let chunks: Vec<&Arc<Chunk>> = hospitals.chunks().map(|(_, chunk)| chunk).collect();
        let columns: Vec<ChunkTexts> = chunks.into_par_iter().map(|chunk| ChunkTexts::of(chunk, field)).collect();
        let mut all = Self { ends: field.is_list().then(Vec::new), ..Self::default() };
        all.numbers.reserve_exact(columns.iter().map(|column| column.numbers.len()).sum());
        let mut known = HashMap::new();
        for column in columns {
            all.append(column, &mut known);
        }
        all
    }

    /// Adds the texts of the next chunk.
    fn append(&mut self, chunk: ChunkTexts, known: &mut HashMap<Text, u32>) {
        let numbers: Vec<u32> =
            chunk.values.into_iter().map(|text| number_of(&mut self.values, known, &text)).collect();
        let before = to_u32(self.numbers.len());
        let number = |own: &u32| own.checked_sub(1).map_or(0, |at| numbers[at as usize]);
        self.numbers.extend(chunk.numbers.iter().map(number));
        if let Some(ends) = &mut self.ends {
            ends.extend(chunk.ends.iter().map(|end| before + end));
        }
    }
}

/// The number of a text, from 1.
fn number_of(values: &mut Vec<Text>, known: &mut HashMap<Text, u32>, text: &str) -> u32 {
    if let Some(number) = known.get(text) {
        return *number;
    }
    let text = Text::from(text);
    values.push(text.clone());
    let number = to_u32(values.len());
    known.insert(text, number);
    number
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).expect("a file has fewer than 2^32 texts")
}

/// The texts of a field in a chunk.
#[derive(Default)]
struct ChunkTexts {
    values: Vec<Text>,
    known: HashMap<Text, u32>,
    numbers: Vec<u32>,
    /// Where the numbers of each hospital end.
    ends: Vec<u32>,
    is_list: bool,
}

impl ChunkTexts {
    fn of(chunk: &Chunk, field: &TextField) -> Self {
        let mut column = Self { is_list: field.is_list(), ..Self::default() };
        let is_in_summary = chunk.len() > 0 && chunk.summary(0).texts(field).is_some();
        match chunk {
            _ if is_in_summary => {
                for at in 0..chunk.len() {
                    column.push(at, &chunk.summary(at).texts(field).unwrap_or_default());
                }
            }
            Chunk::Rows(rows) => {
                let texts = &mut (0..rows.len()).map(|at| rows.row(at));
                rows.reader().for_each_texts(texts, field, &mut |at, texts| column.push(at, texts));
            }
            Chunk::Whole(hospitals) => {
                for (at, hospital) in hospitals.iter().enumerate() {
                    column.push(at, &field.of_details(&hospital.details.peek()));
                }
            }
        }
        column.skip_to(chunk.len());
        column
    }

    /// Adds what the hospital at a position says; those left out say nothing.
    fn push(&mut self, at: usize, texts: &[impl AsRef<str>]) {
        self.skip_to(at);
        let start = self.numbers.len();
        let most = if self.is_list { texts.len() } else { 1 };
        for text in texts.iter().take(most) {
            let number = number_of(&mut self.values, &mut self.known, text.as_ref());
            if !self.numbers[start..].contains(&number) {
                self.numbers.push(number);
            }
        }
        if !self.is_list && texts.is_empty() {
            self.numbers.push(0);
        }
        self.ends.push(to_u32(self.numbers.len()));
    }

    fn skip_to(&mut self, at: usize) {
        while self.ends.len() < at {
            if !self.is_list {
                self.numbers.push(0);
            }
            self.ends.push(to_u32(self.numbers.len()));
        }
    }
}
