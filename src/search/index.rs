//! The searchable text of a catalog: every name folded once, side by side.
//!
//! Hospitals stand in rows, the shorter name first, then in catalog order, so that of two equal matches the one
//! in the smaller row comes first. Places repeat, so each city, region and country stands once.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::Field;
use super::fold::fold_into;
use super::keys::{HAN, Ids, Key, Keys};
use super::pinyin::Readings;
use crate::catalog::{Catalog, Hospital, HospitalKey, Place};

/// Longest text searched, in characters.
pub const MAX_FIELD: usize = 256;

/// Hospitals folded by one thread at a time.
const BATCH: usize = 8_192;

/// Rows put in order by one thread at a time, eight times over: little enough that the memory is used again and again,
/// since fresh pages cost more than the work.
const ORDERED: usize = 2_048;

/// The names of some hospitals, a row for each.
#[derive(Debug, Default)]
struct Names {
    keys: Keys,
    fields: Vec<Field>,
    /// Where the keys of each row end.
    ends: Vec<u32>,
    ids: Ids,
}

impl Names {
    /// Adds a folded hospital.
    fn push(&mut self, folded: &Batch, row: usize, readings: &Readings) {
        let (names, id) = folded.row(row);
        for at in names {
            self.keys.push_folded(folded.text(at), readings);
            self.fields.push(folded.fields[at]);
        }
        self.ids.push_folded(folded.text(id));
        self.ends.push(u32::try_from(self.fields.len()).unwrap_or(u32::MAX));
    }

    /// Makes room for all that was folded.
    fn reserve(&mut self, folded: &[Batch]) {
        let sum = |size: fn(&Batch) -> usize| folded.iter().map(size).sum::<usize>();
        let (rows, texts) = (sum(|part| part.ids.len()), sum(|part| part.fields.len()));
        let (bytes, bytes_of_ids) = (sum(|part| part.texts.len()), sum(|part| part.bytes_of_ids));
        self.keys.reserve(texts - rows, bytes - bytes_of_ids);
        self.fields.reserve_exact(texts - rows);
        self.ends.reserve_exact(rows);
        self.ids.reserve(rows, bytes_of_ids);
    }

    /// Adds the rows of others.
    fn append(&mut self, other: &Self) {
        let base = self.ends.last().copied().unwrap_or(0);
        self.ends.extend(other.ends.iter().map(|end| base.saturating_add(*end)));
        self.keys.append(&other.keys);
        self.fields.extend(&other.fields);
        self.ids.append(&other.ids);
    }

    /// Where the names of a row stand among the keys.
    #[inline]
    fn range(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[row] as usize
    }
}

/// The folded texts of some hospitals in catalog order, in which their memory is read fastest; what is folded is short,
/// and put in another order at little cost.
#[derive(Default)]
struct Batch {
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
    /// The field of each text.
    fields: Vec<Field>,
    /// Which text is the id of each hospital: its last.
    ids: Vec<u32>,
    bytes_of_ids: usize,
    /// By what rows are put in order.
    lengths: Vec<u32>,
    readings: Readings,
}

impl Batch {
    fn new<'a>(hospitals: impl Iterator<Item = &'a Hospital>) -> Self {
        let mut folded = Self::default();
        for hospital in hospitals {
            let native = hospital.native_name.iter().map(|name| (Field::NativeName, name));
            let aliases = hospital.aliases.iter().map(|alias| (Field::Alias, alias));
            for (field, text) in std::iter::once((Field::Name, &hospital.name)).chain(native).chain(aliases) {
                let text = folded.push(field, text);
                folded.readings.learn_all(&folded.texts[text]);
            }
            folded.ids.push(u32::try_from(folded.ends.len()).unwrap_or(u32::MAX));
            folded.bytes_of_ids += folded.push(Field::Id, &hospital.id).len();
            folded.lengths.push(length_of(&hospital.name));
        }
        folded
    }

    /// Adds a text; where it stands.
    fn push(&mut self, field: Field, text: &str) -> Range<usize> {
        let start = self.texts.len();
        fold_into(&mut self.texts, text, MAX_FIELD, |_| {});
        self.ends.push(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.fields.push(field);
        start..self.texts.len()
    }

    /// Which texts are the names of a hospital, and which is its id.
    fn row(&self, row: usize) -> (Range<usize>, usize) {
        let start = row.checked_sub(1).map_or(0, |before| self.ids[before] as usize + 1);
        let id = self.ids[row] as usize;
        (start..id, id)
    }

    fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.texts[start..self.ends[at] as usize]
    }
}

/// By what rows are put in order: the length of the shown name, in characters.
fn length_of(name: &str) -> u32 {
    u32::try_from(name.chars().count()).unwrap_or(u32::MAX)
}

/// The searchable text of a catalog.
#[derive(Debug, Default)]
pub struct Index {
    /// The hospital in each row.
    hospitals: Vec<HospitalKey>,
    names: Names,
    /// The place of each row, among `places`.
    place_of: Vec<u32>,
    /// City, region and country of each place, among `place_keys`; one more than the position, 0 is none.
    places: Vec<[u32; 3]>,
    place_keys: Keys,
    readings: Readings,
}

impl Index {
    /// Folds the names of `catalog`, on all cores.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let hospitals: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
        let chunks = hospitals.par_chunks(BATCH);
        let folded: Vec<Batch> = chunks.map(|keys| Batch::new(keys.iter().map(|key| catalog.hospital(*key)))).collect();
        let mut index = Self::default();
        folded.iter().flat_map(|part| part.readings.known()).for_each(|c| index.readings.learn(c));
        let lengths: Vec<u32> = folded.iter().flat_map(|part| &part.lengths).copied().collect();
        let mut order: Vec<usize> = (0..hospitals.len()).collect();
        order.par_sort_by_key(|at| lengths[*at]);
        let ordered = |rows: &[usize]| {
            let mut names = Names::default();
            for at in rows {
                names.push(&folded[at / BATCH], at % BATCH, &index.readings);
            }
            names
        };
        let mut names = Names::default();
        names.reserve(&folded);
        for rows in order.chunks(ORDERED * 8) {
            let parts: Vec<Names> = rows.par_chunks(ORDERED).map(ordered).collect();
            for part in &parts {
                names.append(part);
            }
        }
        index.names = names;
        index.hospitals = order.into_iter().map(|at| hospitals[at]).collect();
        index.add_places(catalog);
        index
    }

    fn add_places(&mut self, catalog: &Catalog) {
        if catalog.hospitals().all(|(_, hospital)| hospital.place.is_empty()) {
            return;
        }
        let mut texts = HashMap::<&str, u32>::new();
        let mut places = HashMap::<[Option<&str>; 3], u32>::new();
        let of_hospital = catalog.hospitals().map(|(_, hospital)| {
            let Place { city, region, country, .. } = &hospital.place;
            let parts = [city, region, country].map(|part| part.as_deref());
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
            *places.entry(parts).or_insert_with(|| {
                self.places.push(parts.map(|part| {
                    let next = u32::try_from(texts.len() + 1).unwrap_or(u32::MAX);
                    part.map_or(0, |part| {
                        *texts.entry(part).or_insert_with(|| {
                            self.place_keys.push(part, &mut self.readings);
                            next
                        })
                    })
                }));
                next
            })
        });
        let of_hospital: Vec<u32> = of_hospital.collect();
        self.place_of = self.hospitals.iter().map(|key| of_hospital[key.index()]).collect();
    }

    /// How many hospitals it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hospitals.is_empty()
    }

    /// How many bytes it takes: texts, sets, rows and readings.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let rows =
            self.hospitals.len() * (size_of::<HospitalKey>() + 4) + self.place_of.len() * 4 + self.names.fields.len();
        let rows = rows + self.names.ids.text.len() + self.names.ids.ends.len() * 4;
        self.names.keys.bytes() + self.place_keys.bytes() + self.places.len() * 12 + rows + self.readings.bytes()
    }

    /// The hospital in a row.
    pub(super) fn hospital(&self, row: u32) -> HospitalKey {
        self.hospitals[row as usize]
    }

    /// The row of a hospital of `catalog`, which this is the index of.
    pub(super) fn row(&self, catalog: &Catalog, hospital: HospitalKey) -> u32 {
        let place = |key: &HospitalKey| (length_of(&catalog.hospital(*key).name), *key);
        let row = self.hospitals.partition_point(|key| place(key) < place(&hospital));
        u32::try_from(row).unwrap_or(u32::MAX)
    }

    /// Where the names of a row stand among the keys.
    #[inline]
    pub(super) fn range(&self, row: u32) -> Range<usize> {
        self.names.range(row as usize)
    }

    /// The names of a row, the shown one first.
    pub(super) fn names(&self, row: u32) -> impl Iterator<Item = (Field, Key<'_>)> {
        self.range(row).map(|at| (self.names.fields[at], self.names.keys.get(at)))
    }

    /// Whether some name of a row has a Chinese character.
    #[inline]
    pub(super) fn has_han(&self, row: u32) -> bool {
        self.range(row).any(|at| self.names.keys.starts[at] & HAN != 0)
    }

    /// Whether another name of a row than the shown one is exactly `word`.
    #[inline]
    pub(super) fn has_other_name(&self, row: u32, word: &[u8]) -> bool {
        let others = self.range(row).skip(1);
        others.into_iter().any(|at| self.length(at) == word.len() && self.names.keys.get(at).text.as_bytes() == word)
    }

    /// The shown name of a row.
    #[inline]
    pub(super) fn name(&self, row: u32) -> Key<'_> {
        self.names.keys.get(self.range(row).start)
    }

    /// The id of a row; what is known of it holds for all ids together.
    #[inline]
    pub(super) fn id(&self, row: u32) -> Key<'_> {
        self.names.ids.get(row)
    }

    /// Which characters some id has: [`presence`].
    pub(super) fn present_in_ids(&self) -> u64 {
        self.names.ids.marks.present
    }

    /// The names and the id of a row.
    pub(super) fn names_and_id(&self, row: u32) -> impl Iterator<Item = (Field, Key<'_>)> {
        self.names(row).chain([(Field::Id, self.id(row))])
    }

    /// Which characters the text at a position among the keys has: [`presence`].
    #[inline]
    pub(super) fn present(&self, at: usize) -> u64 {
        self.names.keys.present[at]
    }

    /// With which characters the words of that text start: [`start_bit`].
    #[inline]
    pub(super) fn starts(&self, at: usize) -> u32 {
        self.names.keys.starts[at]
    }

    /// Which characters stand side by side in it: [`pair_bit`].
    #[inline]
    pub(super) fn pairs(&self, at: usize) -> u64 {
        self.names.keys.pairs[at]
    }

    /// Its first byte.
    #[inline]
    pub(super) fn head(&self, at: usize) -> u8 {
        self.names.keys.heads[at]
    }

    /// Its length in bytes.
    #[inline]
    pub(super) fn length(&self, at: usize) -> usize {
        let start = at.checked_sub(1).map_or(0, |before| self.names.keys.ends[before]);
        (self.names.keys.ends[at] - start) as usize
    }

    /// The field of the text at a position among the keys.
    #[inline]
    pub(super) fn field(&self, at: usize) -> Field {
        self.names.fields[at]
    }

    /// The text at a position among the keys.
    #[inline]
    pub(super) fn key(&self, at: usize) -> Key<'_> {
        self.names.keys.get(at)
    }

    /// City, region and country of a row, as far as known.
    pub(super) fn place(&self, row: u32) -> impl Iterator<Item = Key<'_>> {
        let place = self.place_of(row).map_or([0; 3], |place| self.places[place]);
        place.into_iter().filter_map(|part| Some(self.place_keys.get(part.checked_sub(1)? as usize)))
    }

    /// The place of a row, as a position in what [`Index::in_places`] gives.
    pub(super) fn place_of(&self, row: u32) -> Option<usize> {
        self.place_of.get(row as usize).map(|place| *place as usize)
    }

    /// What `find` gives for each place: the best of its parts.
    pub(super) fn in_places<T: Copy + Default>(&self, find: impl Fn(&Key) -> T, best: impl Fn(T, T) -> T) -> Vec<T> {
        let parts: Vec<T> = (0..self.place_keys.ends.len()).map(|at| find(&self.place_keys.get(at))).collect();
        let of_place = |place: &[u32; 3]| {
            let parts = place.iter().filter_map(|part| parts.get(part.checked_sub(1)? as usize));
            parts.fold(T::default(), |all, one| best(all, *one))
        };
        self.places.iter().map(of_place).collect()
    }

    /// How the Chinese characters are read.
    pub(super) fn readings(&self) -> &Readings {
        &self.readings
    }
}
