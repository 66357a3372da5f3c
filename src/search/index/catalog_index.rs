//! The searchable text of a catalog: every name folded once, side by side.
//!
//! Hospitals stand in rows, the shorter name first, then in catalog order, so that of two equal matches the one
//! in the smaller row comes first. Places repeat, so each city, region and country stands once.

use std::collections::HashMap;
use std::ops::Range;

use hashbrown::HashSet;
use rayon::prelude::*;

use crate::catalog::{Catalog, Hospital, HospitalKey, Place};
use crate::search::field::Field;
use crate::search::index::lexicon::{Lexicon, Numbers, words};
use crate::search::index::names::{Names, Others};
use crate::search::index::normalized::{Ids, Key, Keys, MAX_FIELD, begin, range};
use crate::search::index::postings::Postings;
use crate::search::text::acronym::Initial;
use crate::search::text::fold::{fold_into, is_han};
use crate::search::text::pinyin::Readings;

/// Most hospitals folded by one thread at a time; of few, some for each.
const BATCH: usize = 8_192;
const FEWEST: usize = 1_024;

/// Rows put in order by one thread at a time, eight times over: little enough that the memory is used again and again,
/// since fresh pages cost more than the work.
const ORDERED: usize = 2_048;

/// The names and ids of some hospitals, a row for each.
#[derive(Debug, Default)]
struct Texts {
    names: Names,
    others: Others,
    ids: Ids,
}

impl Texts {
    /// Adds a hospital of `batch`, whose words have the numbers given.
    fn push(&mut self, batch: &Batch, hospital: usize, numbers: &[u32]) {
        let words = |name: usize| batch.words(name).iter().map(|word| numbers[*word as usize]);
        let names = batch.names(hospital);
        self.names.push(words(names.start));
        for name in names.skip(1) {
            self.others.push(batch.fields[name], words(name));
        }
        self.others.end_row();
        self.ids.push(batch.ids.text(hospital));
    }

    /// Makes room for all of some batches.
    fn reserve(&mut self, batches: &[Batch]) {
        let sum = |size: fn(&Batch) -> usize| batches.iter().map(size).sum::<usize>();
        let (rows, names, of_names) = (sum(Batch::len), sum(|batch| batch.fields.len()), sum(|batch| batch.of_names));
        self.names.reserve(rows, of_names);
        self.others.reserve(rows, names - rows, sum(|batch| batch.words.len()) - of_names);
        self.ids.reserve(rows, sum(|batch| batch.ids.bytes()));
    }

    /// Adds the rows of others.
    fn append(&mut self, other: &Self) {
        self.names.append(&other.names);
        self.others.append(&other.others);
        self.ids.append(&other.ids);
    }
}

/// The folded names of some hospitals in catalog order, in which their memory is read fastest; numbers of words are
/// put in another order at little cost.
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
    /// By what rows are put in order.
    lengths: Vec<u32>,
    /// The Chinese characters of their names.
    han: HashSet<char>,
}

impl Batch {
    fn new<'a>(hospitals: impl ExactSizeIterator<Item = &'a Hospital>) -> Self {
        let (mut batch, mut folded) = (Self::default(), String::new());
        batch.numbers.reserve(hospitals.len() / 2);
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
            batch.lengths.push(length_of(&hospital.name));
        }
        batch.han = batch.numbers.words().flat_map(str::chars).filter(|c| is_han(*c)).collect();
        batch
    }

    /// How many hospitals it has.
    fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// Where the names of a hospital stand.
    fn names(&self, hospital: usize) -> Range<usize> {
        range(&self.hospitals, hospital)
    }

    fn words(&self, name: usize) -> &[u32] {
        &self.words[range(&self.ends, name)]
    }
}

/// The positions of these lengths, the shortest first, and of equal ones in their order.
fn by_length(lengths: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
    // Counted, not sorted: names are short, and the few that are not stand last together.
    const LONG: usize = 1 << 10;
    let place = |length: u32| (length as usize).min(LONG);
    let mut ends = [0; LONG + 1];
    lengths.clone().for_each(|length| ends[place(length)] += 1);
    let mut order = vec![0; begin(&mut ends) as usize];
    let first_long = ends[LONG] as usize;
    let mut long = Vec::new();
    for (length, at) in lengths.zip(0..) {
        let end = &mut ends[place(length)];
        order[*end as usize] = at;
        *end += 1;
        if place(length) == LONG {
            long.push((length, at));
        }
    }
    long.sort_unstable();
    order[first_long..].iter_mut().zip(long).for_each(|(place, (_, at))| *place = at);
    order
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
    lexicon: Lexicon,
    texts: Texts,
    /// In which of the shown names each word stands, and in which others.
    postings: [Postings; 2],
    /// The place of each row, among `places`.
    place_of: Vec<u32>,
    /// City, region and country of each place, among `place_keys`; one more than the position, 0 is none.
    places: Vec<[u32; 3]>,
    place_keys: Keys,
    readings: Readings,
}

impl Index {
    /// Folds the names of all hospitals of `catalog`, on all cores.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        Self::of(catalog, &catalog.hospitals().map(|(key, _)| key).collect::<Vec<_>>())
    }

    /// Folds the names of some `hospitals` of `catalog`, which are in its order.
    pub(crate) fn of(catalog: &Catalog, hospitals: &[HospitalKey]) -> Self {
        let batch = (hospitals.len() / 8).clamp(FEWEST, BATCH);
        let chunks = hospitals.par_chunks(batch);
        let batches: Vec<Batch> =
            chunks.map(|keys| Batch::new(keys.iter().map(|key| catalog.hospital(*key)))).collect();
        let (mut index, mut numbers) = (Self::default(), Numbers::default());
        let han: HashSet<char> = batches.iter().flat_map(|batch| &batch.han).copied().collect();
        let mut han: Vec<char> = han.into_iter().collect();
        han.sort_unstable();
        index.readings.learn_many(&han);
        let of_batches: Vec<Vec<u32>> =
            batches.iter().map(|batch| batch.numbers.words().map(|word| numbers.of(word)).collect()).collect();
        let lexicon = numbers.into_lexicon(&index.readings);
        let order = by_length(batches.iter().flat_map(|batch| &batch.lengths).copied());
        let ordered = |rows: &[u32]| {
            let mut texts = Texts::default();
            for at in rows.iter().map(|at| *at as usize) {
                texts.push(&batches[at / batch], at % batch, &of_batches[at / batch]);
            }
            texts
        };
        index.texts.reserve(&batches);
        for rows in order.chunks(ORDERED * 8) {
            let parts: Vec<Texts> = rows.par_chunks(ORDERED).map(ordered).collect();
            for part in &parts {
                index.texts.append(part);
            }
        }
        let Texts { names, others, .. } = &mut index.texts;
        let finish = |names: &mut Names| {
            names.finish(&lexicon);
            Postings::new(names, lexicon.len())
        };
        let (of_names, of_others) = rayon::join(|| finish(names), || finish(&mut others.names));
        index.postings = [of_names, of_others];
        index.lexicon = lexicon;
        index.hospitals = order.iter().map(|at| hospitals[*at as usize]).collect();
        index.add_places(catalog, hospitals, &order);
        index
    }

    /// Adds the places of `hospitals`, the rows of which stand in that `order`.
    fn add_places(&mut self, catalog: &Catalog, hospitals: &[HospitalKey], order: &[u32]) {
        if hospitals.iter().all(|key| catalog.hospital(*key).place.is_empty()) {
            return;
        }
        let mut texts = HashMap::<&str, u32>::new();
        let mut places = HashMap::<[Option<&str>; 3], u32>::new();
        let of_hospital = hospitals.iter().map(|key| {
            let Place { city, region, country, .. } = &catalog.hospital(*key).place;
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
        self.place_of = order.iter().map(|at| of_hospital[*at as usize]).collect();
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
        let Texts { names, others, ids } = &self.texts;
        let rows = self.hospitals.len() * size_of::<HospitalKey>() + self.place_of.len() * 4;
        let postings: usize = self.postings.iter().map(Postings::bytes).sum();
        let places = self.places.len() * 12 + self.place_keys.bytes();
        self.lexicon.bytes()
            + names.bytes()
            + others.bytes()
            + ids.bytes()
            + postings
            + rows
            + places
            + self.readings.bytes()
    }

    /// The hospital in a row.
    pub(crate) fn hospital(&self, row: u32) -> HospitalKey {
        self.hospitals[row as usize]
    }

    /// The row of a hospital of `catalog`, which this is the index of.
    pub(crate) fn row(&self, catalog: &Catalog, hospital: HospitalKey) -> u32 {
        let place = |key: &HospitalKey| (length_of(&catalog.hospital(*key).name), *key);
        let row = self.hospitals.partition_point(|key| place(key) < place(&hospital));
        u32::try_from(row).unwrap_or(u32::MAX)
    }

    /// The distinct words of all names.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// In which of the shown names each word of the lexicon stands, and in which others.
    pub(crate) fn postings(&self) -> [&Postings; 2] {
        self.postings.each_ref()
    }

    /// The shown names, that of each row at its position.
    pub(crate) fn names(&self) -> &Names {
        &self.texts.names
    }

    /// The other names of the rows.
    pub(crate) fn others(&self) -> &Others {
        &self.texts.others
    }

    /// Where the names of a row stand, the shown one first.
    pub(crate) fn names_of(&self, row: usize) -> impl Iterator<Item = (Field, &Names, usize)> {
        let Others { names, fields, .. } = self.others();
        let others = self.others().of_row(row).map(move |at| (fields[at], names, at));
        std::iter::once((Field::Name, self.names(), row)).chain(others)
    }

    /// The first character of a name.
    pub(crate) fn initial(&self, names: &Names, at: usize) -> Initial {
        names.words(at).first().map_or(Initial::of(""), |word| self.lexicon.initial(*word))
    }

    /// The id of a row; what is known of it holds for all ids together.
    #[inline]
    pub(crate) fn id(&self, row: usize) -> Key<'_> {
        self.texts.ids.get(row)
    }

    /// Which characters some id has: [`Marks::present`](crate::search::index::normalized::Marks).
    pub(crate) fn present_in_ids(&self) -> u64 {
        self.texts.ids.marks.present
    }

    /// The names and the id of a row.
    pub(crate) fn names_and_id(&self, row: usize) -> impl Iterator<Item = (Field, Key<'_>)> {
        let names = self.names_of(row).map(|(field, names, at)| (field, names.key(at, &self.lexicon)));
        names.chain([(Field::Id, self.id(row))])
    }

    /// City, region and country of a row, as far as known.
    pub(crate) fn place(&self, row: usize) -> impl Iterator<Item = Key<'_>> {
        let place = self.place_of(row).map_or([0; 3], |place| self.places[place]);
        place.into_iter().filter_map(|part| Some(self.place_keys.get(part.checked_sub(1)? as usize)))
    }

    /// The place of a row, as a position in what [`Index::in_places`] gives.
    pub(crate) fn place_of(&self, row: usize) -> Option<usize> {
        self.place_of.get(row).map(|place| *place as usize)
    }

    /// What `find` gives for each place: the best of its parts.
    pub(crate) fn in_places<T: Copy + Default>(&self, find: impl Fn(&Key) -> T, best: impl Fn(T, T) -> T) -> Vec<T> {
        let parts: Vec<T> = (0..self.place_keys.len()).map(|at| find(&self.place_keys.get(at))).collect();
        let of_place = |place: &[u32; 3]| {
            let parts = place.iter().filter_map(|part| parts.get(part.checked_sub(1)? as usize));
            parts.fold(T::default(), |all, one| best(all, *one))
        };
        self.places.iter().map(of_place).collect()
    }

    /// How the Chinese characters are read.
    pub(crate) fn readings(&self) -> &Readings {
        &self.readings
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_counted_stands_as_if_sorted(lengths in prop::collection::vec(prop_oneof![0..9u32, 1_000..1_050u32], 0..60)) {
            let mut sorted: Vec<(u32, u32)> = lengths.iter().copied().zip(0..).collect();
            sorted.sort_unstable();
            let order: Vec<u32> = sorted.into_iter().map(|(_, at)| at).collect();
            prop_assert_eq!(by_length(lengths.into_iter()), order);
        }
    }
}
