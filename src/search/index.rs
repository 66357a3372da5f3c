//! The searchable text of a catalog: every name folded once, side by side.
//!
//! Hospitals stand in rows, in catalog order. Places repeat, so each city, region and country stands once.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::Field;
use super::acronym::Initial;
use super::fold::fold_into;
use super::keys::{Ids, Key, Keys, Marks};
use super::lexicon::{Lexicon, Numbers, words};
use super::names::{Names, Others};
use super::pinyin::Readings;
use crate::catalog::{Catalog, Hospital, HospitalKey, Place};

/// Longest text searched, in characters.
pub const MAX_FIELD: usize = 256;

/// Hospitals folded by one thread at a time.
const BATCH: usize = 8_192;

/// Batches put together at a time: few enough that their memory is used again, since fresh pages cost more than the
/// work.
const BATCHES: usize = 4;

/// The names and ids of some hospitals, a row for each.
#[derive(Debug, Default)]
struct Texts {
    names: Names,
    others: Others,
    ids: Ids,
    /// How long each shown name is, in characters.
    lengths: Vec<u32>,
}

impl Texts {
    /// Those of `batch`, whose words have the numbers given and those `marks`.
    fn new(batch: Batch, numbers: &[u32], marks: &[Marks]) -> Self {
        let mut texts = Self::default();
        let words = |name: usize| batch.words(name).iter().map(|word| numbers[*word as usize]);
        for hospital in 0..batch.len() {
            let names = batch.names(hospital);
            texts.names.push(words(names.start), marks);
            for name in names.skip(1) {
                texts.others.push(batch.fields[name], words(name), marks);
            }
            texts.others.end_row();
        }
        Self { ids: batch.ids, lengths: batch.lengths, ..texts }
    }

    /// Makes room for all of some batches.
    fn reserve(&mut self, batches: &[Batch]) {
        let sum = |size: fn(&Batch) -> usize| batches.iter().map(size).sum::<usize>();
        let (rows, names, of_names) = (sum(Batch::len), sum(|batch| batch.fields.len()), sum(|batch| batch.of_names));
        self.names.reserve(rows, of_names);
        self.others.reserve(rows, names - rows, sum(|batch| batch.words.len()) - of_names);
        self.ids.reserve(rows, sum(|batch| batch.ids.bytes()));
        self.lengths.reserve_exact(rows);
    }

    /// Adds the rows of others.
    fn append(&mut self, other: &Self) {
        self.names.append(&other.names);
        self.others.append(&other.others);
        self.ids.append(&other.ids);
        self.lengths.extend(&other.lengths);
    }
}

/// The folded names of some hospitals, their words numbered apart from those of others.
#[derive(Default)]
struct Batch {
    /// The numbers of words here.
    numbers: Numbers,
    /// The words of all names.
    words: Vec<u32>,
    /// Where the words of each name end.
    ends: Vec<u32>,
    /// What each name is.
    fields: Vec<Field>,
    /// Where the names of each hospital end.
    hospitals: Vec<u32>,
    /// How many words belong to shown names.
    of_names: usize,
    ids: Ids,
    lengths: Vec<u32>,
    readings: Readings,
}

impl Batch {
    fn new<'a>(hospitals: impl Iterator<Item = &'a Hospital>) -> Self {
        let (mut batch, mut folded) = (Self::default(), String::new());
        for hospital in hospitals {
            let native = hospital.native_name.iter().map(|name| (Field::NativeName, name));
            let aliases = hospital.aliases.iter().map(|alias| (Field::Alias, alias));
            for (field, name) in std::iter::once((Field::Name, &hospital.name)).chain(native).chain(aliases) {
                folded.clear();
                fold_into(&mut folded, name, MAX_FIELD, |_| {});
                let before = batch.words.len();
                batch.words.extend(words(&folded).map(|word| batch.numbers.of(word)));
                batch.of_names += if field == Field::Name { batch.words.len() - before } else { 0 };
                batch.ends.push(u32::try_from(batch.words.len()).unwrap_or(u32::MAX));
                batch.fields.push(field);
            }
            batch.hospitals.push(u32::try_from(batch.ends.len()).unwrap_or(u32::MAX));
            folded.clear();
            fold_into(&mut folded, &hospital.id, MAX_FIELD, |_| {});
            batch.ids.push(&folded);
            batch.lengths.push(u32::try_from(hospital.name.chars().count()).unwrap_or(u32::MAX));
        }
        batch.numbers.words().for_each(|word| batch.readings.learn_all(word));
        batch
    }

    /// How many hospitals it has.
    fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// Where the names of a hospital stand.
    fn names(&self, hospital: usize) -> Range<usize> {
        let start = hospital.checked_sub(1).map_or(0, |before| self.hospitals[before]);
        start as usize..self.hospitals[hospital] as usize
    }

    fn words(&self, name: usize) -> &[u32] {
        let start = name.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start as usize..self.ends[name] as usize]
    }
}

/// The searchable text of a catalog.
#[derive(Debug, Default)]
pub struct Index {
    lexicon: Lexicon,
    texts: Texts,
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
        let keys: Vec<HospitalKey> = catalog.hospitals().map(|(key, _)| key).collect();
        let hospitals = |keys: &[HospitalKey]| Batch::new(keys.iter().map(|key| catalog.hospital(*key)));
        let batches: Vec<Batch> = keys.par_chunks(BATCH).map(hospitals).collect();
        let (mut index, mut numbers) = (Self::default(), Numbers::default());
        batches.iter().flat_map(|batch| batch.readings.known()).for_each(|c| index.readings.learn(c));
        let mut numbered = |batch: &Batch| batch.numbers.words().map(|word| numbers.of(word)).collect();
        let of_batches: Vec<Vec<u32>> = batches.iter().map(&mut numbered).collect();
        let (lexicon, marks) = numbers.into_lexicon(&index.readings);
        index.lexicon = lexicon;
        index.texts.reserve(&batches);
        let mut batches = batches.into_iter().zip(of_batches);
        loop {
            let some: Vec<(Batch, Vec<u32>)> = batches.by_ref().take(BATCHES).collect();
            if some.is_empty() {
                break;
            }
            let texts = some.into_par_iter().map(|(batch, numbers)| Texts::new(batch, &numbers, &marks));
            texts.collect::<Vec<_>>().iter().for_each(|texts| index.texts.append(texts));
        }
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
        self.place_of = of_hospital.collect();
    }

    /// How many hospitals it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.lengths.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes it takes: texts, sets, rows and readings.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let Texts { names, others, ids, lengths } = &self.texts;
        let rows = lengths.len() * 4 + self.place_of.len() * 4;
        let places = self.places.len() * 12 + self.place_keys.bytes();
        self.lexicon.bytes() + names.bytes() + others.bytes() + ids.bytes() + rows + places + self.readings.bytes()
    }

    /// What comes first of two equal matches: the shorter shown name, then catalog order.
    pub(super) fn precedence(&self, row: u32) -> (u32, u32) {
        (self.texts.lengths[row as usize], row)
    }

    /// The distinct words of all names.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The shown names, that of each row at its position.
    pub(super) fn names(&self) -> &Names {
        &self.texts.names
    }

    /// The other names of the rows.
    pub(super) fn others(&self) -> &Others {
        &self.texts.others
    }

    /// Where the names of a row stand, the shown one first.
    pub(super) fn names_of(&self, row: usize) -> impl Iterator<Item = (Field, &Names, usize)> {
        let Others { names, fields, .. } = self.others();
        let others = self.others().of_row(row).map(move |at| (fields[at], names, at));
        std::iter::once((Field::Name, self.names(), row)).chain(others)
    }

    /// The first character of a name.
    pub(super) fn initial(&self, names: &Names, at: usize) -> Initial {
        names.words(at).first().map_or(Initial::of(""), |word| self.lexicon.initial(*word))
    }

    /// The id of a row; what is known of it holds for all ids together.
    #[inline]
    pub(super) fn id(&self, row: usize) -> Key<'_> {
        self.texts.ids.get(row)
    }

    /// Which characters some id has: [`Marks::present`].
    pub(super) fn present_in_ids(&self) -> u64 {
        self.texts.ids.marks.present
    }

    /// The names and the id of a row.
    pub(super) fn names_and_id(&self, row: usize) -> impl Iterator<Item = (Field, Key<'_>)> {
        let names = self.names_of(row).map(|(field, names, at)| (field, names.key(at, &self.lexicon)));
        names.chain([(Field::Id, self.id(row))])
    }

    /// City, region and country of a row, as far as known.
    pub(super) fn place(&self, row: usize) -> impl Iterator<Item = Key<'_>> {
        let place = self.place_of(row).map_or([0; 3], |place| self.places[place]);
        place.into_iter().filter_map(|part| Some(self.place_keys.get(part.checked_sub(1)? as usize)))
    }

    /// The place of a row, as a position in what [`Index::in_places`] gives.
    pub(super) fn place_of(&self, row: usize) -> Option<usize> {
        self.place_of.get(row).map(|place| *place as usize)
    }

    /// What `find` gives for each place: the best of its parts.
    pub(super) fn in_places<T: Copy + Default>(&self, find: impl Fn(&Key) -> T, best: impl Fn(T, T) -> T) -> Vec<T> {
        let parts: Vec<T> = (0..self.place_keys.len()).map(|at| find(&self.place_keys.get(at))).collect();
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
