//! Types words that stand in other texts than names: addresses, telephone numbers, columns of the file.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hospitui::catalog::{Catalog, Hospital};
use hospitui::formats::{Input, Options, load};
use hospitui::search::Searcher;

use crate::{Engine, Ours, print_table, type_in};

/// Hospitals of which words are typed.
const SAMPLE: usize = 60;

/// Loads a file, reads its other texts, and types words of some hospitals of it.
pub fn run(path: &Path) {
    let size = std::fs::metadata(path).expect("the file can be read").len();
    let start = Instant::now();
    let catalog =
        load(&[Input::from(path.to_owned())], &Options::default(), &mut ()).expect("the file is a list of hospitals");
    let catalog = Arc::new(catalog);
    let loaded = start.elapsed();
    let start = Instant::now();
    let mut searcher = Searcher::new(Arc::clone(&catalog));
    let (indexed, names) = (start.elapsed(), searcher.index().bytes());
    let start = Instant::now();
    assert!(searcher.read_other_texts(&|| true), "nothing stops it");
    let (read, all) = (start.elapsed(), searcher.index().bytes());
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!("\n{} hospitals, {size} bytes: loaded in {:.0} ms", catalog.len(), milliseconds(loaded));
    println!("names: index of {names} bytes in {:.0} ms", milliseconds(indexed));
    println!(
        "other texts: index of {} bytes, {:.2} times the file, in {:.0} ms, {:.2} times the loading and the names",
        all - names,
        (all - names) as f64 / size as f64,
        milliseconds(read),
        milliseconds(read) / milliseconds(loaded + indexed)
    );
    let words = words(&catalog);
    let (mut engine, mut times, mut found) = (Ours(searcher), Vec::new(), 0);
    for word in &words {
        type_in(&mut engine, word, &mut times);
        found += usize::from(engine.search(word) > 0);
    }
    assert_eq!(found, words.len(), "each word is found");
    println!("{} words, typed key by key:", words.len());
    print_table(&[Box::new(engine)], &mut [times]);
}

/// Words of the other texts of some hospitals.
fn words(catalog: &Catalog) -> Vec<String> {
    let step = (catalog.len() / SAMPLE).max(1);
    let sample = catalog.hospitals().step_by(step);
    let mut words: Vec<String> = sample.flat_map(|(_, hospital)| of_hospital(hospital)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn of_hospital(hospital: &Hospital) -> Vec<String> {
    let details = &hospital.details;
    let facts = [&details.address, &details.phone, &details.ownership];
    let facts = facts.into_iter().flatten().map(|fact| fact.text.as_str());
    let extra = details.extra.iter().flat_map(|extra| &extra.facts).map(|(_, text)| text.as_str());
    let longest = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.max_by_key(|word| word.chars().count()).map(str::to_lowercase)
    };
    facts.chain(extra.take(4)).filter_map(longest).filter(|word| word.chars().count() > 3).collect()
}
