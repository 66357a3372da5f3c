//! Measures time and memory of loading, compared with a bare parse of the same file.
//!
//! ```text
//! cargo bench --bench loading                       generated tables and catalogs of 5,400, 98,000 and 200,000
//! cargo bench --bench loading -- FILE…              these files
//! cargo bench --bench loading -- --turns 15 FILE…   with 15 turns instead of 7
//! ```
//!
//! Each stage runs once in its own process, like the program, so only the file cache is warm. The stages take turns, so
//! that noise affects all of them equally. Each process measures the time from before the file is opened until everything
//! is in memory; the table has the medians. The memory peak is `VmHWM` of the process (Linux only).
//!
//! | stage | what it does |
//! |---|---|
//! | parser alone | `csv` into one reused `ByteRecord`, `serde_json` into `IgnoredAny`: nothing is kept |
//! | typed records | `csv` and `serde_json` into structs of `String`s: the bare parse, and the base of `x typed` |
//! | first look | hospitui until a progress observer gets the first hospitals |
//! | load | hospitui without an observer |
//! | load, looked at | hospitui with an observer that copies the catalog each time it has doubled, like the browser |
//! | load and index | hospitui and the search index; the next row has the time of the index alone |
//!
//! The stages do different work. hospitui detects encoding, separator and the meaning of the columns, cleans every cell,
//! makes ids, computes the SHA-256, and validates catalogs. The bare parse of a table assumes UTF-8 and commas. Tables
//! without a struct in `records` become `Vec<String>`, and JSON that is not a catalog becomes `serde_json::Value`.
//!
//! `x goal` is the memory peak divided by twice the size of the file and the search index; the goal is at most 1.
//!
//! `--index FILE` prints only the size of the search index in bytes, for `loading.py`.
//!
//! `--strings FILE` and `--bytes FILE` are the baselines of `commands.py`. They read a table with the `csv` crate on one
//! thread: the first keeps every cell as a `String`, the second reuses one `ByteRecord`. They print the number of rows.

#![expect(clippy::print_stdout, reason = "the tables are what the bench is for")]
#![expect(clippy::cast_precision_loss, reason = "ratios are shown to two digits")]

#[path = "../typing/corpus.rs"]
#[expect(dead_code, reason = "the other bench uses all of it")]
mod corpus;
mod made;
mod records;

use std::env;
use std::fs;
use std::mem;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hospitui::catalog::Catalog;
use hospitui::formats::{self, Input, LoadError, Options, Progress, ProgressObserver};
use hospitui::search::Searcher;

/// What one process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Parser,
    Typed,
    Look,
    Load,
    Looked,
    Index,
}

const STAGES: [Stage; 6] = [Stage::Parser, Stage::Typed, Stage::Look, Stage::Load, Stage::Looked, Stage::Index];

impl Stage {
    fn label(self) -> &'static str {
        match self {
            Self::Parser => "parser alone, nothing kept",
            Self::Typed => "typed records, all kept",
            Self::Look => "hospitui, first look",
            Self::Load => "hospitui, load",
            Self::Looked => "hospitui, load, looked at",
            Self::Index => "hospitui, load and index",
        }
    }
}

/// The measurements of one process, or the medians of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Measured {
    /// The time of the stage in microseconds.
    micros: u64,
    /// The time of the search index, which is part of it, in microseconds.
    indexing: u64,
    /// The memory peak in KiB; 0 if unknown.
    peak: u64,
    /// The number of records.
    records: u64,
    /// The size of the search index in bytes.
    index: u64,
}

impl Measured {
    /// The measurements of this process from `start` until now.
    fn since(start: Instant, records: usize) -> Self {
        Self { micros: micros(start.elapsed()), peak: peak(), records: records as u64, ..Self::default() }
    }

    fn line(self) -> String {
        let Self { micros, indexing, peak, records, index } = self;
        format!("{micros} {indexing} {peak} {records} {index}")
    }
}

impl FromStr for Measured {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let numbers: Result<Vec<u64>, _> = line.split_whitespace().map(str::parse).collect();
        match numbers.as_deref() {
            Ok(&[micros, indexing, peak, records, index]) => Ok(Self { micros, indexing, peak, records, index }),
            _ => Err(format!("expected five numbers, found {line:?}")),
        }
    }
}

fn main() {
    // cargo passes --bench.
    let arguments: Vec<String> = env::args().skip(1).filter(|one| one != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--once", stage, file] => {
            let stage = STAGES.into_iter().find(|one| format!("{one:?}") == stage).expect("a stage");
            println!("{}", once(stage, Path::new(file)).line());
        }
        ["--strings", file] => {
            let kept = records::strings(Path::new(file));
            println!("{}", kept.len());
            // Freeing takes a good part of the time, and hospitui leaves it to the end of the process, too.
            mem::forget(kept);
        }
        ["--bytes", file] => println!("{}", records::bytes(Path::new(file))),
        ["--index", file] => println!("{}", once(Stage::Index, Path::new(file)).index),
        ["--turns", turns, ref files @ ..] => run(files, turns.parse().expect("a number of turns")),
        ref files => run(files, 7),
    }
}

fn run(files: &[&str], turns: usize) {
    if files.is_empty() {
        let folder = made::Folder::new();
        for file in folder.files() {
            measure(&file, turns);
        }
        return;
    }
    for file in files {
        measure(Path::new(file), turns);
    }
}

/// Runs a stage in this process.
fn once(stage: Stage, file: &Path) -> Measured {
    let start = Instant::now();
    // The measurement ends before the result is dropped.
    match stage {
        Stage::Parser => Measured::since(start, records::skim(&read(file))),
        Stage::Typed => {
            let kept = records::typed(&read(file));
            Measured::since(start, kept.len())
        }
        Stage::Look => {
            let mut observer = Observer { stops_at_first: true, ..Observer::default() };
            let loaded = load(file, &mut observer);
            assert!(matches!(loaded, Ok(_) | Err(LoadError::Stopped)), "{}: {loaded:?}", file.display());
            let (looked, records) = observer.first.expect("there was something to look at");
            Measured { micros: micros(looked - start), ..Measured::since(start, records) }
        }
        Stage::Load => {
            let catalog = load(file, &mut ()).expect("the file loads");
            Measured::since(start, catalog.len())
        }
        Stage::Looked => {
            let mut observer = Observer::default();
            let catalog = load(file, &mut observer).expect("the file loads");
            Measured::since(start, catalog.len())
        }
        Stage::Index => {
            let catalog = Arc::new(load(file, &mut ()).expect("the file loads"));
            let loaded = Instant::now();
            let searcher = Searcher::new(catalog);
            let indexing = micros(loaded.elapsed());
            let measured = Measured::since(start, searcher.catalog().len());
            Measured { indexing, index: searcher.index().bytes() as u64, ..measured }
        }
    }
}

/// Observes the progress of loading, like the browser.
#[derive(Default)]
struct Observer {
    /// The time when the first hospitals were shown, and their number.
    first: Option<(Instant, usize)>,
    /// Whether to stop then.
    stops_at_first: bool,
    /// The catalog that was last shown.
    shown: Option<Arc<Catalog>>,
}

impl ProgressObserver for Observer {
    fn on_progress(&mut self, _: &Progress) -> ControlFlow<()> {
        if self.stops_at_first && self.first.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn on_catalog(&mut self, so_far: &Catalog) {
        if so_far.is_empty() {
            return;
        }
        self.first.get_or_insert_with(|| (Instant::now(), so_far.len()));
        if self.shown.as_ref().is_none_or(|shown| so_far.len() >= shown.len() * 2) {
            self.shown = Some(Arc::new(so_far.clone()));
        }
    }
}

fn load(file: &Path, observer: &mut dyn ProgressObserver) -> Result<Catalog, LoadError> {
    formats::load(&[Input::File(file.to_owned())], &Options::default(), observer)
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).expect("the file can be read")
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Runs the stages in turns on a file, and prints the table.
fn measure(file: &Path, turns: usize) {
    let mut taken: Vec<(Stage, Vec<Measured>)> = STAGES.map(|stage| (stage, Vec::new())).into();
    for _ in 0..turns {
        for (stage, measured) in &mut taken {
            measured.push(in_a_process(*stage, file));
        }
    }
    let medians: Vec<(Stage, Measured)> = taken.iter().map(|(stage, measured)| (*stage, median(measured))).collect();
    let of = |wanted| medians.iter().find(|(stage, _)| *stage == wanted).map(|one| one.1).unwrap_or_default();
    let (bare, ours) = (of(Stage::Typed), of(Stage::Index));
    let bytes = fs::metadata(file).map_or(0, |about| about.len());
    let goal = (2 * (bytes + ours.index)) as f64;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    println!(
        "\n{name}: {} hospitals, {:.1} MB, search index {:.1} MB; medians of {turns}",
        ours.records,
        bytes as f64 / 1e6,
        ours.index as f64 / 1e6
    );
    println!(
        "{:<28} {:>9} {:>9} {:>8} {:>9} {:>8} {:>7}",
        "", "median ms", "min ms", "x typed", "records", "peak MB", "x goal"
    );
    let time = |label: &str, micros: u64, least: u64| {
        let ratio = micros as f64 / bare.micros as f64;
        format!("{label:<28} {:>9.1} {:>9.1} {ratio:>8.2}", micros as f64 / 1e3, least as f64 / 1e3)
    };
    for ((stage, measured), (_, all)) in medians.iter().zip(&taken) {
        let peak = (measured.peak * 1024) as f64;
        let memory = match measured.peak {
            0 => format!("{:>8} {:>7}", "–", "–"),
            _ => format!("{:>8.1} {:>7.2}", peak / 1e6, peak / goal),
        };
        let least = all.iter().map(|one| one.micros).min().unwrap_or(0);
        println!("{} {:>9} {memory}", time(stage.label(), measured.micros, least), measured.records);
        if *stage == Stage::Index {
            let least = all.iter().map(|one| one.indexing).min().unwrap_or(0);
            println!("{}", time("  the search index alone", measured.indexing, least));
        }
    }
}

/// Runs a stage in a new process of this program.
fn in_a_process(stage: Stage, file: &Path) -> Measured {
    let program = env::current_exe().expect("the path of this program");
    let output = Command::new(program).args(["--once", &format!("{stage:?}")]).arg(file).output().expect("it starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    printed
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}; {}", file.display(), String::from_utf8_lossy(&output.stderr)))
}

/// The median of each figure.
fn median(all: &[Measured]) -> Measured {
    let of = |figure: fn(&Measured) -> u64| {
        let mut sorted: Vec<u64> = all.iter().map(figure).collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or(0)
    };
    Measured {
        micros: of(|one| one.micros),
        indexing: of(|one| one.indexing),
        peak: of(|one| one.peak),
        records: of(|one| one.records),
        index: of(|one| one.index),
    }
}

/// The memory peak of this process in KiB; 0 if it is not available.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
