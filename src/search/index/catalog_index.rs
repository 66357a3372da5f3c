//! The searchable text of a catalog: every name folded once, side by side.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::field::Field;
use crate::search::index::folded::{FoldedBatch, length_of};
use crate::search::index::lexicon::{Lexicon, LexiconBuilder};
use crate::search::index::lists::{Ends, Lists, to_u32};
use crate::search::index::names::{Names, OtherNames};
use crate::search::index::normalized::{NormalizedText, NormalizedTexts};
use crate::search::index::other::lookup::OtherTexts;
use crate::search::text::pinyin_table::PinyinTable;
use crate::text::Text;

/// Most hospitals folded by one thread at a time; of few, some for each.
const BATCH: usize = 8_192;
const FEWEST: usize = 1_024;

/// The searchable text of a catalog.
///
/// Hospitals stand in rows, the shorter name first, then in catalog order, so that of two equal matches the one
/// in the smaller row comes first. Places repeat, so each city, region and country stands once.
#[derive(Debug, Default)]
pub struct Index {
    /// The hospital in each row.
    hospitals: Vec<HospitalKey>,
    lexicon: Lexicon,
    names: Names,
    others: OtherNames,
    /// The ids, which have no signatures of their own.
    ids: NormalizedTexts,
    /// The place of each row, among `places`; empty where no hospital has one.
    place_of: Vec<u32>,
    /// City, region and country of each place, among `place_texts`.
    places: Vec<[Option<u32>; 3]>,
    place_texts: NormalizedTexts,
    pinyin: PinyinTable,
    /// How words are looked for in all other texts, once that is possible.
    other_texts: OnceLock<OtherTexts>,
}

impl Index {
    /// Folds the names of all hospitals of `catalog`, on all cores.
    #[must_use]
    pub(crate) fn new(catalog: &Catalog) -> Self {
        Self::of(catalog, &catalog.keys().collect::<Vec<_>>())
    }

    /// Folds the names of some `hospitals` of `catalog`, which are in its order.
    pub(crate) fn of(catalog: &Catalog, hospitals: &[HospitalKey]) -> Self {
        let size = (hospitals.len() / 8).clamp(FEWEST, BATCH);
        let chunks = hospitals.par_chunks(size);
        let batches: Vec<FoldedBatch> =
            chunks.map(|keys| FoldedBatch::new(keys.iter().map(|key| catalog.summary(*key)))).collect();
        let (mut pinyin, mut builder) = (PinyinTable::default(), LexiconBuilder::default());
        pinyin.learn(batches.iter().flat_map(|batch| &batch.han).copied());
        let numbers: Vec<Vec<u32>> =
            batches.iter().map(|batch| batch.words().map(|word| builder.number(word)).collect()).collect();
        let lexicon = builder.finish(&pinyin);
        let mut order: Vec<(u32, u32)> = batches.iter().flat_map(|batch| &batch.lengths).copied().zip(0..).collect();
        order.par_sort_unstable();
        let rows = || order.iter().map(|(_, at)| *at as usize);
        let folded = Folded { batches, numbers, size };
        let names = || Names::new(folded.names(rows()), &lexicon);
        let (names, (others, ids)) = rayon::join(names, || (folded.other_names(rows(), &lexicon), folded.ids(rows())));
        drop(folded);
        let hospitals_of_rows = rows().map(|at| hospitals[at]).collect();
        let mut index = Self { hospitals: hospitals_of_rows, lexicon, names, others, ids, pinyin, ..Self::default() };
        index.add_places(catalog);
        index
    }

    /// Adds the places of the hospitals in the rows.
    fn add_places(&mut self, catalog: &Catalog) {
        if self.hospitals.iter().all(|key| catalog.place(*key).iter().all(Option::is_none)) {
            return;
        }
        let mut texts = HashMap::<&str, u32>::new();
        let mut places = HashMap::<[Option<&str>; 3], u32>::new();
        for key in &self.hospitals {
            let parts = catalog.place(*key).map(|part| part.map(Text::as_str));
            let next = to_u32(places.len());
            let place = *places.entry(parts).or_insert_with(|| {
                let mut part = |part| {
                    *texts.entry(part).or_insert_with(|| {
                        self.place_texts.push(&NormalizedText::new(part, &mut self.pinyin));
                        to_u32(self.place_texts.len() - 1)
                    })
                };
                self.places.push(parts.map(|text| text.map(&mut part)));
                next
            });
            self.place_of.push(place);
        }
    }

    /// How many hospitals it has.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// How many bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let rows = self.hospitals.len() * size_of::<HospitalKey>() + self.place_of.len() * 4;
        let places = self.places.len() * size_of::<[Option<u32>; 3]>() + self.place_texts.bytes();
        let names = self.lexicon.bytes() + self.names.bytes() + self.others.bytes() + self.ids.bytes();
        rows + places + names + self.pinyin.bytes() + self.other_texts.get().map_or(0, OtherTexts::bytes)
    }

    /// How words are looked for in all other texts; none as long as it is not possible.
    pub(crate) fn other_texts(&self) -> Option<&OtherTexts> {
        self.other_texts.get()
    }

    /// Has words looked for in all other texts from now on.
    pub(crate) fn set_other_texts(&self, other_texts: OtherTexts) {
        // Nobody sets it twice.
        let _ = self.other_texts.set(other_texts);
    }

    pub(crate) fn rows(&self) -> Range<u32> {
        0..to_u32(self.len())
    }

    pub(crate) fn hospital(&self, row: u32) -> HospitalKey {
        self.hospitals[row as usize]
    }

    /// The rows in the order of the catalog, which has so many hospitals.
    pub(crate) fn rows_by_hospital(&self, hospitals: usize) -> Vec<u32> {
        const NONE: u32 = u32::MAX;

        let mut rows = vec![NONE; hospitals];
        for (row, key) in (0..).zip(&self.hospitals) {
            rows[key.index()] = row;
        }
        rows.retain(|row| *row != NONE);
        rows
    }

    /// The row of a hospital of `catalog`, which this is the index of.
    pub(crate) fn row(&self, catalog: &Catalog, hospital: HospitalKey) -> u32 {
        let place = |key: &HospitalKey| (length_of(catalog.summary(*key).name), *key);
        to_u32(self.hospitals.partition_point(|key| place(key) < place(&hospital)))
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn others(&self) -> &OtherNames {
        &self.others
    }

    /// Where the names of a row stand, the shown one first.
    pub(crate) fn names_of(&self, row: usize) -> impl Iterator<Item = (Field, &Names, usize)> {
        let OtherNames { names, fields, ends, .. } = &self.others;
        let others = ends.range(row).map(move |at| (fields[at], names, at));
        std::iter::once((Field::Name, &self.names, row)).chain(others)
    }

    /// The ids, that of each row at its position.
    pub(crate) fn ids(&self) -> &NormalizedTexts {
        &self.ids
    }

    /// All texts of a row: its names, its id, and city, region and country as far as known.
    pub(crate) fn texts(&self, row: usize) -> impl Iterator<Item = (Field, NormalizedText<'_>)> {
        let names = self.names_of(row).map(|(field, names, at)| (field, names.text(at, &self.lexicon)));
        let place = self.place_of(row).map_or([None; 3], |place| self.places[place]);
        let parts = place.into_iter().flatten().map(|part| (Field::Place, self.place_texts.get(part as usize)));
        names.chain([(Field::Id, self.ids.get(row))]).chain(parts)
    }

    /// The place of a row, as a position in what [`Index::in_places`] gives.
    pub(crate) fn place_of(&self, row: usize) -> Option<usize> {
        self.place_of.get(row).map(|place| *place as usize)
    }

    /// In which places a part is found.
    pub(crate) fn in_places(&self, is_found: impl Fn(&NormalizedText) -> bool) -> Vec<bool> {
        let parts: Vec<bool> = (0..self.place_texts.len()).map(|at| is_found(&self.place_texts.get(at))).collect();
        let has_one = |place: &[Option<u32>; 3]| place.iter().flatten().any(|part| parts[*part as usize]);
        self.places.iter().map(has_one).collect()
    }

    /// In which places the country is nothing but this folded word.
    pub(crate) fn in_countries(&self, word: &str) -> Vec<bool> {
        let is_word: Vec<bool> = (0..self.place_texts.len()).map(|at| self.place_texts.text(at) == word).collect();
        self.places.iter().map(|[.., country]| country.is_some_and(|part| is_word[part as usize])).collect()
    }

    pub(crate) fn pinyin(&self) -> &PinyinTable {
        &self.pinyin
    }
}

/// The folded names of all hospitals, from which rows are made.
struct Folded {
    batches: Vec<FoldedBatch>,
    numbers: Vec<Vec<u32>>,
    /// How many hospitals a batch has.
    size: usize,
}

impl Folded {
    /// The batch of a hospital, and its position there.
    fn find(&self, hospital: usize) -> (&FoldedBatch, usize) {
        (&self.batches[hospital / self.size], hospital % self.size)
    }

    /// The words of a name of a hospital.
    fn name(&self, hospital: usize, name: usize) -> impl Iterator<Item = u32> {
        let numbers = &self.numbers[hospital / self.size];
        self.batches[hospital / self.size].names.get(name).iter().map(|word| numbers[*word as usize])
    }

    fn sum(&self, size: impl Fn(&FoldedBatch) -> usize) -> usize {
        self.batches.iter().map(size).sum()
    }

    /// The shown names.
    fn names(&self, rows: impl ExactSizeIterator<Item = usize>) -> Lists<u32> {
        let mut names = Lists::with_capacity(rows.len(), self.sum(|batch| batch.shown_words));
        for hospital in rows {
            let (batch, at) = self.find(hospital);
            names.push(self.name(hospital, batch.fields.range(at).start));
        }
        names
    }

    fn other_names(&self, rows: impl ExactSizeIterator<Item = usize>, lexicon: &Lexicon) -> OtherNames {
        let count_of = self.sum(|batch| batch.names.len()) - rows.len();
        let words = self.sum(|batch| batch.names.items().len() - batch.shown_words);
        let mut names = Lists::with_capacity(count_of, words);
        let (mut fields, mut rows_of) = (Vec::with_capacity(count_of), Vec::with_capacity(count_of));
        let mut ends = Ends::with_capacity(rows.len());
        for (row, hospital) in (0..).zip(rows) {
            let (batch, at) = self.find(hospital);
            for name in batch.fields.range(at).skip(1) {
                names.push(self.name(hospital, name));
                fields.push(batch.fields.items()[name]);
                rows_of.push(row);
            }
            ends.push(names.len());
        }
        OtherNames { names: Names::new(names, lexicon), fields, rows: rows_of, ends }
    }

    fn ids(&self, rows: impl ExactSizeIterator<Item = usize>) -> NormalizedTexts {
        let mut ids = NormalizedTexts::with_capacity(rows.len(), self.sum(|batch| batch.ids.text_bytes()));
        for hospital in rows {
            let (batch, at) = self.find(hospital);
            // Few words could stand in any id, as the signature of all tells.
            ids.push_id(batch.ids.text(at), batch.ids.signature());
        }
        ids
    }
}
