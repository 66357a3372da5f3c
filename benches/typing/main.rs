//! Types the same queries, key by key, into hospitui's search and into other engines.
//!
//! ```text
//! cargo bench --bench typing                      5,400, 200,000 and 1,000,000 generated hospitals
//! cargo bench --bench typing -- 200000            200,000 generated hospitals
//! cargo bench --bench typing -- 200000 NAMES      at most 200,000 lines of a file
//! cargo bench --bench typing -- texts FILE        words of other texts than names, in a list of hospitals
//! ```
//!
//! All engines search name, native name, aliases and pinyin: hospitui as separate texts, the others in one line for each
//! hospital that includes the pinyin. The table has what they return: hospitui the best 200 hospitals in exact order and
//! the number of matches, the others all matches, sorted. hospitui and nucleo may reuse the result of the previous query;
//! the others search every line for each key.

#![expect(clippy::print_stdout, reason = "the tables are what the bench is for")]
#![expect(clippy::cast_precision_loss, reason = "ratios are shown to one digit")]

mod corpus;
mod peers;
mod queries;
mod texts;

use std::env;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::{bytes, generated, line, named};
use hospitui::catalog::{CatalogFile, Hospital};
use hospitui::search::{Ask, Searcher};
use hospitui::text::Text;
use peers::{Frizbee, Nucleo, Skim};

/// A search engine that gets queries while they are typed.
pub trait Engine {
    /// The name of the engine, and what it returns.
    fn about(&self) -> (&'static str, &'static str);
    /// Runs `query` and returns the number of matches.
    fn search(&mut self, query: &str) -> usize;
    /// The engine gets only one of this many queries, if all would take too long.
    fn one_in(&self) -> usize {
        1
    }
}

struct Ours(Searcher);

impl Engine for Ours {
    fn about(&self) -> (&'static str, &'static str) {
        ("hospitui", "best 200, count")
    }

    fn search(&mut self, query: &str) -> usize {
        let ask = Ask { query: query.to_owned(), want: 200, ..Ask::default() };
        self.0.search(&ask).total
    }
}

fn main() {
    // cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("the first pool");
    if let [mode, path] = &arguments[..]
        && mode == "texts"
    {
        return texts::run(Path::new(path));
    }
    let counts = match arguments.first().and_then(|count| count.parse().ok()) {
        Some(count) => vec![count],
        None => vec![5_400, 200_000, 1_000_000],
    };
    let names = arguments.get(1).map(|path| fs::read_to_string(path).expect("the file of names can be read"));
    for count in counts {
        let hospitals = names.as_ref().map_or_else(|| generated(count), |names| named(names, count));
        run(hospitals);
    }
}

fn run(hospitals: Vec<Hospital>) {
    let lines: Vec<String> = hospitals.iter().map(line).collect();
    let (count, names) = (hospitals.len(), bytes(&hospitals));
    let file = CatalogFile { title: Text::clean("Bench"), hospitals: hospitals.into(), ..CatalogFile::default() };
    let json = serde_json::to_string(&file).expect("a catalog can be written");
    drop(file);
    let start = Instant::now();
    let catalog = Arc::new(hospitui::formats::native::read(&json, "bench").expect("the catalog is valid"));
    let parsed = start.elapsed();
    let start = Instant::now();
    let searcher = Searcher::new(catalog);
    let built = start.elapsed();
    let index = searcher.index().bytes();
    println!("\n{count} hospitals, {names} bytes of names ({} a hospital)", names / count.max(1));
    println!(
        "index: {index} bytes, {:.2} times the names, built in {:.1} ms; {} bytes of JSON read in {:.1} ms",
        index as f64 / names as f64,
        built.as_secs_f64() * 1e3,
        json.len(),
        parsed.as_secs_f64() * 1e3,
    );
    let mut engines: Vec<Box<dyn Engine>> = vec![
        Box::new(Ours(searcher)),
        Box::new(Nucleo::new(&lines)),
        Box::new(Frizbee::new(lines.clone())),
        Box::new(Skim::new(lines)),
    ];
    let mut times: Vec<Vec<Duration>> = engines.iter().map(|_| Vec::new()).collect();
    for (at, query) in queries::QUERIES.iter().enumerate() {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            if at % engine.one_in() == 0 {
                type_in(engine.as_mut(), query, times);
            }
        }
    }
    print_table(&engines, &mut times);
}

/// Types a query key by key.
fn type_in(engine: &mut dyn Engine, query: &str, times: &mut Vec<Duration>) {
    let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
    for end in ends {
        let start = Instant::now();
        std::hint::black_box(engine.search(&query[..end]));
        times.push(start.elapsed());
    }
    engine.search("");
}

fn print_table(engines: &[Box<dyn Engine>], times: &mut [Vec<Duration>]) {
    println!(
        "{:<14} {:>5} {:>9} {:>9} {:>9} {:>9} {:>9}   {:>8} {:>8}  returns",
        "ms a key", "keys", "mean", "p50", "p95", "p99", "worst", "p50 x", "p99 x"
    );
    let mut ours = None;
    for (engine, times) in engines.iter().zip(times) {
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len() as f64;
        let (p50, p99) = (at(50), at(99));
        let (our_p50, our_p99) = *ours.get_or_insert((p50, p99));
        let (name, returns) = engine.about();
        println!(
            "{name:<14} {:>5} {mean:>9.3} {p50:>9.3} {:>9.3} {p99:>9.3} {:>9.3}   {:>8.1} {:>8.1}  {returns}",
            times.len(),
            at(95),
            at(100),
            p50 / our_p50,
            p99 / our_p99
        );
    }
}
