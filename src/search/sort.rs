//! Orders that a list can stand in, other than best match first.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;
use rayon::prelude::*;

use crate::catalog::{Catalog, HospitalKey, Interval};
use crate::search::ask::Abandoned;
use crate::search::index::catalog_index::Index;
use crate::search::order::{Order, SortBy};
use crate::search::text::fold::is_han;

/// Most orders that are kept; the one that was asked for longest ago goes first.
const MOST_KEPT: usize = 8;

/// The rows of an index in the orders that have been asked for.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    known: Vec<(Order, Vec<u32>)>,
}

impl Orders {
    /// The rows in an order; the best match first is that of the catalog. They are no longer sorted when that is no longer
    /// `wanted`.
    pub(super) fn of(
        &mut self,
        order: &Order,
        catalog: &Catalog,
        index: &Index,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<&[u32], Abandoned> {
        let found = match self.known.iter().position(|(known, _)| known == order) {
            Some(at) => self.known.remove(at),
            None => (order.clone(), sorted(catalog, index, order, wanted)?),
        };
        self.known.drain(..(self.known.len() + 1).saturating_sub(MOST_KEPT));
        self.known.push(found);
        Ok(self.known.last().map_or(&[], |(_, rows)| rows))
    }
}

fn sorted(
    catalog: &Catalog,
    index: &Index,
    order: &Order,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<u32>, Abandoned> {
    let sort = Sort { index, rows: index.rows_by_hospital(catalog.len()), is_turned: order.is_turned };
    Ok(match &order.by {
        SortBy::Best => sort.rows,
        SortBy::Name => {
            let collator = collator();
            sort.by(|key| Some(name_key(&collator, catalog.summary(key).name)))
        }
        SortBy::Place => {
            let collator = collator();
            sort.by(|key| {
                let [city, region, country] = catalog.place(key);
                let parts = [country, region, city];
                // What lies nowhere known comes last.
                let known = parts.iter().any(Option::is_some);
                known.then(|| parts.map(|part| (part.is_none(), part.map(|part| name_key(&collator, part)))))
            })
        }
        SortBy::Measure(id) => {
            catalog.read_figures(std::slice::from_ref(id), wanted).ok_or(Abandoned)?;
            let mut numbers = vec![None; catalog.len()];
            // A bound that is open below counts by its other end: "less than 50" comes with 50.
            let number = |of: Interval| if of.low.is_finite() { of.low } else { of.high };
            for figure in catalog.figure_column(id).latest() {
                numbers[figure.key.index()] = figure.interval.map(|of| !ordered(number(of)));
            }
            sort.by(|key| numbers[key.index()])
        }
        SortBy::Distance(place) => {
            let points = catalog.points();
            sort.by(|key| points.of(key).map(|point| ordered(place.metres_to(point))))
        }
    })
}

/// The order of letters of the Unicode CLDR: accents and case decide only between words that are else the same. Chinese
/// characters stand by their pinyin; everything else, as in the root collation.
fn collator() -> CollatorBorrowed<'static> {
    let chinese = CollatorPreferences::from(locale!("zh"));
    Collator::try_new(chinese, CollatorOptions::default()).expect("the collation of Chinese is compiled in")
}

/// What a name sorts by. The Chinese collation has Chinese characters first, and a list has them last: names in other scripts
/// are what most people read.
fn name_key(collator: &CollatorBorrowed, name: &str) -> (bool, Vec<u8>) {
    let first = name.chars().find(|c| c.is_alphanumeric());
    (first.is_some_and(is_han), sort_key(collator, name))
}

/// Bytes that sort like `text`.
fn sort_key(collator: &CollatorBorrowed, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len());
    let Ok(()) = collator.write_sort_key_to(text, &mut key);
    key
}

/// A number as one that sorts like it.
fn ordered(number: f64) -> i64 {
    // The order of IEEE numbers of one sign is that of their bits; those below zero are turned round.
    let bits = number.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// The rows of an index, to be sorted.
struct Sort<'a> {
    index: &'a Index,
    rows: Vec<u32>,
    is_turned: bool,
}

impl Sort<'_> {
    /// The rows by what `key` says of their hospitals; those of which it says nothing last. Equal ones stay as they were.
    fn by<T: Ord + Send>(self, key: impl Fn(HospitalKey) -> Option<T> + Sync) -> Vec<u32> {
        let Self { index, rows, is_turned } = self;
        let mut sorted: Vec<(Option<T>, HospitalKey, u32)> =
            rows.into_par_iter().map(|row| (key(index.hospital(row)), index.hospital(row), row)).collect();
        let order = |a: &Option<T>, b: &Option<T>| match (a, b) {
            (Some(a), Some(b)) if is_turned => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        sorted.par_sort_unstable_by(|a, b| order(&a.0, &b.0).then(a.1.cmp(&b.1)));
        sorted.into_iter().map(|(_, _, row)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::catalog::{CatalogFile, Hospital};
    use crate::formats::{Options, load_bytes};
    use crate::search::{Ask, Searcher};

    #[test]
    fn names_sort_as_people_sort_them() {
        let sorted = ["Ábaco", "abbey", "Abbey Road", "Ärztehaus", "éclair", "Eden", "Łódź", "Zeta", "Клиника", "医院"];
        let hospital = |name: &&str| Hospital { id: (*name).into(), name: (*name).into(), ..Hospital::default() };
        let hospitals: Vec<Hospital> = sorted.iter().rev().map(hospital).collect();
        let file = CatalogFile { title: "Names".into(), hospitals: hospitals.into(), ..CatalogFile::default() };
        let mut catalog = Catalog::default();
        catalog.add(file, "names".into(), String::new()).unwrap();
        let (mut orders, index) = (Orders::default(), Index::new(&catalog));
        let rows = orders.of(&SortBy::Name.into(), &catalog, &index, &|| true).unwrap();
        let names: Vec<&str> = rows.iter().map(|row| &*catalog.hospital(index.hospital(*row)).name).collect();
        assert_eq!(names, sorted);
    }

    #[test]
    fn chinese_names_sort_by_pinyin_and_the_order_can_be_turned() {
        let text = "id,name,beds\n1,上海医院,5\n2,北京医院,\n3,广州医院,7\n4,Zhejiang,6\n5,安徽医院,7\n6,重庆医院,1\n7,长沙医院,2\n";
        let catalog = Arc::new(load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap());
        let mut searcher = Searcher::new(Arc::clone(&catalog));
        let mut ids = |query: &str| {
            let found = searcher.search(&Ask::all(query));
            assert!(found.query.mistakes.is_empty(), "{query}");
            found.keys.iter().map(|key| catalog.summary(*key).id.to_owned()).collect::<Vec<_>>().concat()
        };
        assert_eq!(
            ids("sort:name"),
            "4527316",
            "an, bei, chang, guang, shang, zhong; by code points 上 would be first"
        );
        assert_eq!(ids("sort:-name"), "6137254");
        assert_eq!(ids("sort:beds"), "3541762", "equal ones stay as they were");
        assert_eq!(ids("sort:-beds"), "6714352", "what has no number stays last");
    }

    #[test]
    fn numbers_sort_like_their_stand_ins() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1.0, 0.0, 0.5, 1.0, 1e9, f64::INFINITY];
        assert!(numbers.windows(2).all(|pair| ordered(pair[0]) < ordered(pair[1])));
    }

    /// The hospitals that stand in an order, by comparing each with each: the whole figure of the latest period counts, more
    /// comes first, nothing last, and equal ones stand as in the catalog.
    fn sorted_by_beds(catalog: &Catalog, mut keys: Vec<HospitalKey>) -> Vec<HospitalKey> {
        let beds = |key: &HospitalKey| catalog.latest(*key, "beds.unspecified").and_then(|figure| figure.interval());
        let number = |key: &HospitalKey| {
            beds(key).map_or(f64::NEG_INFINITY, |of| if of.low.is_finite() { of.low } else { of.high })
        };
        keys.sort_by(|a, b| number(b).total_cmp(&number(a)).then(a.cmp(b)));
        keys
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_sorted_list_is_that_of_all_cut_short(
            beds in proptest::collection::vec(prop_oneof!["[0-9]{1,3}", "-[1-9]", "[<>][1-9]{2}", "[1-4]-[5-9]", "NA", ""], 1..60),
            want in 0..20_usize,
            kept in proptest::option::of(any::<proptest::sample::Index>()),
            least in 0..600,
        ) {
            let name = |at: usize| if at.is_multiple_of(3) { format!("Clinic {}", at % 7) } else { format!("Hospital {}", at % 10) };
            let rows = beds.iter().enumerate().map(|(at, beds)| format!("{at},{},{beds},Town {}\n", name(at), at % 4));
            let text = format!("id,name,beds,city\n{}", rows.collect::<Vec<_>>().concat());
            let catalog = load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap();
            let mut searcher = Searcher::new(Arc::new(catalog));
            let keep = kept.map(|at| searcher.catalog().keys().collect::<Vec<_>>()[at.index(beds.len())]);
            for filter in ["", "clinic ", "city:town ", &format!("beds>{least} "), &format!("!beds>{least} clinic ")] {
                let all = searcher.search(&Ask::all(filter)).keys;
                prop_assert!(filter.contains("clinic") || all.is_sorted(), "{} stands as in the catalog", filter);
                for (order, keys) in [
                    ("sort:beds", sorted_by_beds(searcher.catalog(), all.clone())),
                    ("sort:best", all),
                ] {
                    let query = format!("{filter}{order}");
                    let ask = Ask { query: query.clone(), want, keep, ..Ask::default() };
                    // The second time it is known.
                    for _ in 0..2 {
                        let found = searcher.search(&ask);
                        let up_to_kept = keep.and_then(|keep| keys.iter().position(|key| *key == keep)).map_or(0, |at| at + 1);
                        prop_assert_eq!(found.total, keys.len(), "{}", &query);
                        let is_ranked = query.contains("clinic") && order == "sort:best";
                        if !is_ranked {
                            prop_assert_eq!(&found.keys, &keys[..keys.len().min(up_to_kept + want)], "{}", &query);
                        }
                    }
                }
            }
        }
    }
}
