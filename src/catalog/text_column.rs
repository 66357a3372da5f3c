//! The texts of a field, of all hospitals.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::key::HospitalKey;
use crate::text::Text;

/// A field of which a hospital has one text at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextField {
    /// City or town.
    City,
    /// Province, state or region.
    Region,
    /// Country.
    Country,
    /// What kind of hospital it is.
    Kind,
    /// Who owns it.
    Ownership,
}

/// The texts of a field: each distinct one once, and which of them each hospital has.
#[derive(Debug, Default)]
pub(crate) struct TextColumn {
    /// In the order of the first hospital that has each.
    values: Vec<Text>,
    /// By the position of the hospital: the number of its text, from 1; 0 for none.
    numbers: Vec<u32>,
}

impl TextColumn {
    /// The distinct texts, in the order in which they first stand.
    pub(crate) fn values(&self) -> &[Text] {
        &self.values
    }

    /// Which of the texts a hospital has.
    pub(crate) fn number(&self, key: HospitalKey) -> Option<usize> {
        (self.numbers[key.index()] as usize).checked_sub(1)
    }

    /// How many hospitals have each text.
    pub(crate) fn counts(&self) -> Vec<usize> {
        self.counts_of(&self.numbers, |number| *number)
    }

    /// How many of some hospitals have each text.
    pub(crate) fn counts_among(&self, keys: &[HospitalKey]) -> Vec<usize> {
        self.counts_of(keys, |key| self.numbers[key.index()])
    }

    fn counts_of<T>(&self, all: &[T], number: impl Fn(&T) -> u32) -> Vec<usize> {
        let mut counts = vec![0; self.values.len() + 1];
        for one in all {
            counts[number(one) as usize] += 1;
        }
        counts.split_off(1)
    }
}

impl TextColumn {
    /// Reads the texts of a field, on all cores.
    pub(super) fn new(hospitals: &Hospitals, field: TextField) -> Self {
        let chunks: Vec<&Arc<Chunk>> = hospitals.chunks().map(|(_, chunk)| chunk).collect();
        let columns: Vec<Self> = chunks.into_par_iter().map(|chunk| texts_of(chunk, field)).collect();
        let mut all = Self::default();
        all.numbers.reserve_exact(hospitals.len());
        let mut known = HashMap::new();
        for column in columns {
            let numbers: Vec<u32> = column.values.into_iter().map(|text| all.number_of(&mut known, &text)).collect();
            let number = |own: &u32| own.checked_sub(1).map_or(0, |at| numbers[at as usize]);
            all.numbers.extend(column.numbers.iter().map(number));
        }
        all
    }

    /// The number of a text, from 1.
    fn number_of(&mut self, known: &mut HashMap<Text, u32>, text: &str) -> u32 {
        if let Some(number) = known.get(text) {
            return *number;
        }
        let text = Text::from(text);
        self.values.push(text.clone());
        let number = u32::try_from(self.values.len()).expect("there are fewer texts than hospitals");
        known.insert(text, number);
        number
    }
}

/// The texts of a field in a chunk.
fn texts_of(chunk: &Chunk, field: TextField) -> TextColumn {
    let mut column = TextColumn::default();
    let mut known = HashMap::new();
    let mut push = |text: Option<&str>| {
        let number = text.map_or(0, |text| column.number_of(&mut known, text));
        column.numbers.push(number);
    };
    for at in 0..chunk.len() {
        let summary = chunk.summary(at);
        match (field, chunk) {
            (TextField::City, _) => push(summary.city.map(Text::as_str)),
            (TextField::Region, _) => push(summary.region.map(Text::as_str)),
            (TextField::Country, _) => push(summary.country.map(Text::as_str)),
            (TextField::Kind, _) => push(summary.kind.map(Text::as_str)),
            (TextField::Ownership, Chunk::Rows(rows)) => push(rows.reader().ownership(rows.row(at)).as_deref()),
            (TextField::Ownership, Chunk::Whole(hospitals)) => {
                push(hospitals[at].details.peek().ownership.as_ref().map(|fact| fact.text.as_str()));
            }
        }
    }
    column
}
