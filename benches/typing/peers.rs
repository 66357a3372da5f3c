//! The engines that hospitui is compared with.

use std::sync::Arc;

use frizbee::{Config, Matcher};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo::pattern::{CaseMatching, Normalization};
use rayon::prelude::*;

use crate::Engine;

/// The number of threads that each engine may use.
const THREADS: usize = 2;

/// nucleo 0.5, used as in Helix: it reuses the previous result when a query gets longer.
pub struct Nucleo {
    nucleo: nucleo::Nucleo<u32>,
    before: String,
}

impl Nucleo {
    pub fn new(lines: &[String]) -> Self {
        let mut nucleo = nucleo::Nucleo::new(nucleo::Config::DEFAULT, Arc::new(|| {}), Some(THREADS), 1);
        let injector = nucleo.injector();
        for (at, line) in (0..).zip(lines) {
            injector.push(at, |_, columns| columns[0] = line.as_str().into());
        }
        while nucleo.tick(10).running || (nucleo.snapshot().item_count() as usize) < lines.len() {}
        Self { nucleo, before: String::new() }
    }
}

impl Engine for Nucleo {
    fn about(&self) -> (&'static str, &'static str) {
        ("nucleo 0.5", "all, sorted")
    }

    fn search(&mut self, query: &str) -> usize {
        let is_longer = query.starts_with(&self.before);
        self.nucleo.pattern.reparse(0, query, CaseMatching::Ignore, Normalization::Smart, is_longer);
        query.clone_into(&mut self.before);
        while self.nucleo.tick(1_000).running {}
        self.nucleo.snapshot().matched_item_count() as usize
    }
}

/// frizbee 0.13 with its query language, so that words may be in any order.
pub struct Frizbee(Vec<String>);

impl Frizbee {
    pub fn new(lines: Vec<String>) -> Self {
        Self(lines)
    }
}

impl Engine for Frizbee {
    fn about(&self) -> (&'static str, &'static str) {
        ("frizbee 0.13", "all, sorted")
    }

    fn search(&mut self, query: &str) -> usize {
        Matcher::from_query(query, &Config::default()).match_list_parallel(&self.0, THREADS).len()
    }
}

/// fuzzy-matcher with each word on every line, then a sort.
pub struct Skim {
    lines: Vec<String>,
    matcher: SkimMatcherV2,
}

impl Skim {
    pub fn new(lines: Vec<String>) -> Self {
        Self { lines, matcher: SkimMatcherV2::default() }
    }
}

impl Engine for Skim {
    fn about(&self) -> (&'static str, &'static str) {
        ("SkimMatcherV2", "all, sorted")
    }

    fn one_in(&self) -> usize {
        8
    }

    fn search(&mut self, query: &str) -> usize {
        let words: Vec<&str> = query.split_whitespace().collect();
        let score = |line: &String| words.iter().map(|word| self.matcher.fuzzy_match(line, word)).sum::<Option<i64>>();
        let mut found: Vec<(i64, usize)> =
            self.lines.par_iter().enumerate().filter_map(|(at, line)| Some((-score(line)?, at))).collect();
        found.par_sort_unstable();
        found.len()
    }
}
