//! A profile to fill in, for a file that no profile fits: its headings with examples of their values, and a guess.

use std::collections::HashSet;

use crate::formats::error::Unreadable;
use crate::formats::profile::builtin;
use crate::formats::profile::definition::{HeadingExamples, Profile};
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::Sample;
use crate::text::{Text, clip};

/// Examples of each heading.
const EXAMPLES: usize = 3;

/// Most columns of an example.
const WIDTH: usize = 60;

/// A profile to fill in, and what to do with it.
pub(crate) fn guess(headings: &[Text], sample: &Sample, reason: &Unreadable) -> (Profile, String) {
    let mut profile = builtin::guess(Headings::new(headings.to_vec()));
    profile.columns.name = name_column(headings, sample, &profile).into_iter().collect();
    let why = match reason {
        Unreadable::NoHeadingLine => "there is no heading line, so columns are called by their position",
        _ => "no heading says which column holds the names",
    };
    let name = match profile.columns.name.first() {
        Some(name) => format!("`{name}` is a guess: check it"),
        None => "write its heading at `columns.name`".to_owned(),
    };
    (profile, format!("{why}; {name}, fill in the rest, and read the file with --profile"))
}

/// The column that most looks like one of names: words that differ from row to row.
fn name_column(headings: &[Text], sample: &Sample, profile: &Profile) -> Option<Text> {
    let is_used = |heading: &Text| {
        let known = profile.columns.iter().filter(|(column, _)| !["address", "aliases"].contains(column));
        !heading.starts_with('#') && known.flat_map(|(_, wanted)| wanted).any(|wanted| wanted == heading)
    };
    let columns = headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty() && !is_used(heading));
    let ranked = columns.filter_map(|(at, heading)| {
        let cells: Vec<&str> = sample.column(at).collect();
        let distinct = cells.iter().collect::<HashSet<_>>().len();
        let named = cells.iter().filter(|cell| is_like_name(cell)).count();
        // Of equal ones the first, as max_by_key takes the last.
        (named * 2 > cells.len()).then_some((distinct * named / cells.len().max(1), std::cmp::Reverse(at), heading))
    });
    ranked.max_by_key(|(rank, at, _)| (*rank, *at)).map(|(.., heading)| heading.clone())
}

/// Whether a text may be a name: several words, or letters of a script without spaces, and no address of any kind.
fn is_like_name(text: &str) -> bool {
    let is_address = text.contains("://") || text.contains('@') || text.starts_with(|c: char| c.is_ascii_digit());
    let has_words = text.contains(' ') || text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    !is_address && has_words && text.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// The headings with examples of their values: all, or those that the profile makes nothing of.
pub(crate) fn examples(headings: &[Text], sample: &Sample, profile: &Profile, is_all: bool) -> Vec<HeadingExamples> {
    let mut used: Vec<&Text> = profile.columns.iter().flat_map(|(_, wanted)| wanted).collect();
    used.extend(profile.figures.iter().flat_map(|one| one.columns.iter().chain(&one.footnotes).chain(&one.period)));
    let rows = &profile.rows;
    used.extend([&rows.id, &rows.name, &rows.value, &rows.start, &rows.end, &rows.period].into_iter().flatten());
    let listed = headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty());
    let listed = listed.filter(|(_, heading)| is_all || !used.contains(heading));
    let of = |(at, heading): (usize, &Text)| {
        let mut seen: Vec<Text> = Vec::new();
        for cell in sample.column(at) {
            let example = Text::clean(&clip(cell, WIDTH));
            if seen.len() < EXAMPLES && !seen.contains(&example) {
                seen.push(example);
            }
        }
        HeadingExamples { heading: heading.clone(), examples: seen }
    };
    listed.map(of).collect()
}
