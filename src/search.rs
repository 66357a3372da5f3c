//! From a query to ranked hits: which hospitals are meant, in which order, and through which letters.
//!
//! fuzzy-matcher is hidden in this room. Every word of the query must match somewhere in a hospital's
//! name, native name, aliases, place or id; Chinese names are found by pinyin and its initials too. Plain
//! kinds of match come before scattered letters: whole name, start of the name, start of a word, initials,
//! somewhere inside, then letters with gaps; within a kind the matcher's score decides, then the shorter name, then catalog order. The order never depends on what was
//! searched before.

mod acronym;
mod fold;
mod pinyin;

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::catalog::{Catalog, Hospital, HospitalKey};
use acronym::Initials;
use fold::Folded;
use pinyin::Syllables;

/// Longest query looked at, in characters. A longer one is cut: no name is that long.
pub const MAX_QUERY: usize = 128;

/// Longest field searched, in characters; the matcher's time grows with the square.
const MAX_FIELD: usize = 256;

/// Where a hospital's text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// The name in its own script.
    NativeName,
    /// A short or other name.
    Alias,
    /// City, region or country.
    Place,
    /// The id.
    Id,
}

/// How closely a word matches, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The whole text.
    Whole,
    /// The start of the text.
    Prefix,
    /// The start of a word, or whole syllables of a Chinese name in pinyin.
    WordPrefix,
    /// The initials of words, or of the syllables of a Chinese name.
    Acronym,
    /// Inside a word.
    Substring,
    /// Its letters in order, with gaps.
    Scattered,
}

/// A hospital that matches, with what to highlight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The hospital.
    pub key: HospitalKey,
    /// How closely it matches, by its weakest word.
    pub tier: Tier,
    /// Characters of the shown name that matched, by position.
    pub name: Vec<usize>,
    /// Characters of the native name that matched, by position.
    pub native: Vec<usize>,
    /// What matched when it was neither name: an alias, the place or the id.
    pub through: Option<(Field, String)>,
}

/// The searchable text of a catalog, folded once.
pub struct Index {
    matcher: SkimMatcherV2,
    entries: Vec<Entry>,
}

struct Entry {
    key: HospitalKey,
    length: usize,
    names: Vec<Name>,
}

/// One text under which a hospital can be found.
struct Name {
    field: Field,
    text: Folded,
    initials: Option<Initials>,
    syllables: Option<Syllables>,
}

/// By what a word matched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Letters,
    Initials,
    Pinyin,
}

/// How one word matches one field. Ordered best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    tier: Tier,
    field: Field,
    score: Reverse<i64>,
    at: usize,
    by: By,
}

impl Index {
    /// Folds the names of `catalog`.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let entries = catalog.hospitals().map(|(key, hospital)| Entry::new(key, hospital)).collect();
        Self { matcher: SkimMatcherV2::default().ignore_case(), entries }
    }

    /// The hospitals that `query` means, best first. An empty query means all, in catalog order.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<Hit> {
        let words = words(query);
        if words.is_empty() && !query.trim().is_empty() {
            // Signs that fold to nothing, such as a lone apostrophe, match nothing.
            return Vec::new();
        }
        let mut ranked: Vec<(Rank, &Entry, Vec<Match>)> =
            self.entries.iter().filter_map(|entry| self.rank(entry, &words)).collect();
        ranked.sort_by(|a, b| a.0.cmp(&b.0));
        ranked.into_iter().map(|(_, entry, matches)| self.hit(entry, &words, &matches)).collect()
    }

    fn rank<'a>(&self, entry: &'a Entry, words: &[String]) -> Option<(Rank, &'a Entry, Vec<Match>)> {
        let matches = words.iter().map(|word| self.best(entry, word)).collect::<Option<Vec<_>>>()?;
        let rank = Rank {
            tier: matches.iter().map(|found| found.tier).max().unwrap_or(Tier::Whole),
            field: matches.iter().map(|found| found.field).max().unwrap_or(Field::Name),
            score: Reverse(matches.iter().map(|found| found.score.0).sum()),
            length: if words.is_empty() { 0 } else { entry.length },
            key: entry.key,
        };
        Some((rank, entry, matches))
    }

    /// The best way in which `word` matches any name of `entry`.
    fn best(&self, entry: &Entry, word: &str) -> Option<Match> {
        let ways = entry.names.iter().enumerate().flat_map(|(at, name)| {
            let way = move |tier, score, by| Match { tier, field: name.field, score: Reverse(score), at, by };
            let letters = self.matcher.fuzzy_match(&name.text.text, word);
            let letters = letters.and_then(|score| Some(way(self.tier(&name.text, word)?, score, By::Letters)));
            let initials = name.initials.as_ref().and_then(|initials| initials.find(word));
            let initials = initials.map(|_| way(Tier::Acronym, 0, By::Initials));
            let pinyin = name.syllables.as_ref().and_then(|syllables| syllables.find(word));
            let pinyin = pinyin.map(|found| {
                let tier = if found.by_initials { Tier::Acronym } else { Tier::WordPrefix };
                way(tier, 0, By::Pinyin)
            });
            [letters, initials, pinyin].into_iter().flatten()
        });
        ways.min()
    }

    fn tier(&self, text: &Folded, word: &str) -> Option<Tier> {
        let hay = text.text.as_str();
        if hay == word {
            return Some(Tier::Whole);
        }
        if hay.starts_with(word) {
            return Some(Tier::Prefix);
        }
        let mut places = hay.match_indices(word).map(|(at, _)| at).peekable();
        if places.peek().is_some() {
            let starts_word = |at: usize| !hay[..at].ends_with(char::is_alphanumeric);
            return Some(if places.any(starts_word) { Tier::WordPrefix } else { Tier::Substring });
        }
        let (_, positions) = self.matcher.fuzzy_indices(hay, word)?;
        is_close(hay, &positions).then_some(Tier::Scattered)
    }

    fn hit(&self, entry: &Entry, words: &[String], matches: &[Match]) -> Hit {
        let tier = matches.iter().map(|found| found.tier).max().unwrap_or(Tier::Whole);
        let mut hit = Hit { key: entry.key, tier, name: Vec::new(), native: Vec::new(), through: None };
        for (word, found) in words.iter().zip(matches) {
            // The shown name is where people look: highlight it there, even when another name fits more closely.
            let in_name = entry.names.first().filter(|name| name.text.text.contains(word));
            let (name, by) = in_name.map_or((&entry.names[found.at], found.by), |name| (name, By::Letters));
            match name.field {
                Field::Name => hit.name.extend(self.positions(name, word, by)),
                Field::NativeName => hit.native.extend(self.positions(name, word, by)),
                other => {
                    hit.through.get_or_insert((other, name.text.original.clone()));
                }
            }
        }
        for positions in [&mut hit.name, &mut hit.native] {
            positions.sort_unstable();
            positions.dedup();
        }
        hit
    }

    /// The characters of the original name to highlight for `word`.
    fn positions(&self, name: &Name, word: &str, by: By) -> Vec<usize> {
        match by {
            By::Letters => self.letters(&name.text, word),
            By::Initials => {
                let initials = name.initials.as_ref().and_then(|initials| initials.find(word));
                name.text.originals(&initials.unwrap_or_default())
            }
            By::Pinyin => {
                let found = name.syllables.as_ref().and_then(|syllables| syllables.find(word));
                found.map_or(Vec::new(), |found| found.positions)
            }
        }
    }

    fn letters(&self, text: &Folded, word: &str) -> Vec<usize> {
        let plain = text.text.match_indices(word).map(|(at, _)| at);
        let start = plain.min_by_key(|&at| (text.text[..at].ends_with(char::is_alphanumeric), at));
        let folded = match start {
            Some(at) => {
                let first = text.text[..at].chars().count();
                (first..first + word.chars().count()).collect()
            }
            None => self.matcher.fuzzy_indices(&text.text, word).map(|(_, positions)| positions).unwrap_or_default(),
        };
        text.originals(&folded)
    }
}

impl Entry {
    fn new(key: HospitalKey, hospital: &Hospital) -> Self {
        let mut names = vec![Name::new(Field::Name, &hospital.name)];
        names.extend(hospital.native_name.iter().map(|name| Name::new(Field::NativeName, name)));
        names.extend(hospital.aliases.iter().map(|alias| Name::new(Field::Alias, alias)));
        let place = [&hospital.place.city, &hospital.place.region, &hospital.place.country];
        names.extend(place.into_iter().flatten().map(|part| Name::new(Field::Place, part)));
        names.push(Name::new(Field::Id, &hospital.id));
        Self { key, length: hospital.name.chars().count(), names }
    }
}

impl Name {
    fn new(field: Field, text: &str) -> Self {
        let folded = Folded::new(text, MAX_FIELD);
        let is_name = matches!(field, Field::Name | Field::NativeName | Field::Alias);
        let initials = if is_name { Initials::new(&folded.text) } else { None };
        Self { field, initials, syllables: Syllables::new(text, MAX_FIELD), text: folded }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    tier: Tier,
    field: Field,
    score: Reverse<i64>,
    length: usize,
    key: HospitalKey,
}

/// The query's words, folded as the names are.
fn words(query: &str) -> Vec<String> {
    let folded = Folded::new(query, MAX_QUERY).text;
    folded.split_whitespace().map(str::to_owned).collect()
}

/// Whether scattered letters stand near enough to be meant: three or more within twice as many characters,
/// or each at the start of a word or right after the letter before.
fn is_close(text: &str, positions: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (positions.first(), positions.last()) else { return false };
    if positions.len() > 2 && last - first < positions.len() * 2 {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    positions.iter().enumerate().all(|(i, &at)| {
        let starts_word = at == 0 || !chars[at - 1].is_alphanumeric();
        starts_word || (i > 0 && positions[i - 1] + 1 == at)
    })
}

/// Finds the one hospital that `words` name: an id, or a query that fits exactly one.
///
/// # Errors
///
/// When several fit, or none: then the nearest names.
pub fn resolve(catalog: &Catalog, index: &Index, words: &str) -> Result<HospitalKey, Unresolved> {
    if let Some(key) = catalog.by_id(words.trim()) {
        return Ok(key);
    }
    // Scattered letters are good enough to choose from a list, not to choose for the user.
    let hits: Vec<Hit> = index.search(words).into_iter().filter(|hit| hit.tier < Tier::Scattered).collect();
    let whole = |hit: &&Hit| {
        let hospital = catalog.hospital(hit.key);
        let names = hospital.native_name.iter().chain(&hospital.aliases).chain([&hospital.name]);
        names.into_iter().any(|name| name.to_lowercase() == words.trim().to_lowercase())
    };
    let exact: Vec<&Hit> = hits.iter().filter(whole).collect();
    match (words.trim(), &exact[..], &hits[..]) {
        ("", ..) => Err(Unresolved::None(Vec::new())),
        (_, [one], _) => Ok(one.key),
        (_, _, [one]) => Ok(one.key),
        (_, _, []) => Err(Unresolved::None(nearest(catalog, words))),
        (_, _, several) => Err(Unresolved::Several(several.iter().map(|hit| hit.key).collect())),
    }
}

/// Why words name no single hospital.
#[derive(Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// These all fit, best first.
    Several(Vec<HospitalKey>),
    /// None fits; these come nearest.
    None(Vec<HospitalKey>),
}

/// The hospitals whose names look most like `words`, at most three.
fn nearest(catalog: &Catalog, words: &str) -> Vec<HospitalKey> {
    let wanted = Folded::new(words, MAX_QUERY).text;
    let likeness = |hospital: &Hospital| {
        let names = hospital.aliases.iter().chain(&hospital.native_name).chain([&hospital.name, &hospital.id]);
        let whole = names.map(|name| Folded::new(name, MAX_FIELD).text);
        whole
            .flat_map(|name| name.split_whitespace().map(str::to_owned).chain([name.clone()]).collect::<Vec<_>>())
            .map(|name| strsim::jaro_winkler(&name, &wanted))
            .fold(0.0, f64::max)
    };
    let mut all: Vec<_> = catalog.hospitals().map(|(key, hospital)| (likeness(hospital), key)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(3).map(|(_, key)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(query: &str) -> Vec<String> {
        let catalog = Catalog::bundled();
        let hits = Index::new(&catalog).search(query);
        hits.iter().map(|hit| catalog.hospital(hit.key).id.to_string()).collect()
    }

    const GUANGZHOU: &str = "guangzhou-women-and-children";
    const MATERNAL: &str = "chongqing-women-and-children";
    const SHANGHAI: &str = "shanghai-childrens-medical-center";
    const MUDANJIANG: &str = "mudanjiang-women-and-children";
    const CHILDRENS: &str = "chongqing-medical-university-childrens";

    #[test]
    fn a_query_finds_what_is_meant_in_order() {
        for (query, found) in [
            ("", &[GUANGZHOU, MATERNAL, SHANGHAI, MUDANJIANG, CHILDRENS][..]),
            ("  ", &[GUANGZHOU, MATERNAL, SHANGHAI, MUDANJIANG, CHILDRENS]),
            ("chong", &[MATERNAL, CHILDRENS]),
            ("CHONG", &[MATERNAL, CHILDRENS]),
            ("mdjng", &[MUDANJIANG]),
            ("scmc", &[SHANGHAI]),
            ("cqhcwc", &[MATERNAL]),
            ("牡丹江", &[MUDANJIANG]),
            ("重医", &[MATERNAL, CHILDRENS]),
            ("医学中心", &[SHANGHAI]),
            ("childrens chongqing univ", &[CHILDRENS, MATERNAL]),
            ("chongqing yike", &[MATERNAL, CHILDRENS]),
            ("zhongqing", &[MATERNAL, CHILDRENS]),
            ("cqyk", &[CHILDRENS, MATERNAL]),
            ("mudanjiang", &[MUDANJIANG]),
            ("fuyou", &[MATERNAL, MUDANJIANG]),
            ("gwacmc", &[GUANGZHOU]),
            ("heilongjiang", &[MUDANJIANG]),
            ("women’s shanghai", &[]),
            ("ＳＣＭＣ", &[SHANGHAI]),
            ("sh", &[SHANGHAI]),
            ("'", &[]),
            ("zzzz", &[]),
        ] {
            assert_eq!(ids(query), found, "{query}");
        }
    }

    #[test]
    fn highlights_are_positions_in_the_shown_name() {
        let catalog = Catalog::bundled();
        let index = Index::new(&catalog);
        let name = |query: &str| {
            let hit = &index.search(query)[0];
            let chars: Vec<char> = catalog.hospital(hit.key).name.chars().collect();
            hit.name.iter().map(|&at| chars[at]).collect::<String>()
        };
        assert_eq!(name("chong"), "Chong");
        assert_eq!(name("mdjng"), "Mdjng");
        assert_eq!(name("women guang"), "GuangWomen");
        let native = &index.search("妇幼")[0];
        assert_eq!((native.name.len(), native.native.len(), native.through.as_ref()), (0, 2, None));
        let alias = &index.search("scmc")[0];
        assert_eq!(alias.through, Some((Field::Alias, "SCMC".to_owned())));
    }

    #[test]
    fn one_name_is_resolved_and_others_are_listed() {
        let catalog = Catalog::bundled();
        let index = Index::new(&catalog);
        let id = |words: &str| resolve(&catalog, &index, words).map(|key| catalog.hospital(key).id.to_string());
        assert_eq!(id(MATERNAL).as_deref(), Ok(MATERNAL));
        assert_eq!(id("guangzhou").as_deref(), Ok(GUANGZHOU));
        assert_eq!(id("SCMC").as_deref(), Ok(SHANGHAI));
        assert_eq!(id("上海儿童医学中心").as_deref(), Ok(SHANGHAI));
        assert!(matches!(id("chong"), Err(Unresolved::Several(keys)) if keys.len() == 2));
        assert!(matches!(id("nanjing"), Err(Unresolved::None(_))), "scattered letters resolve nothing");
        let Err(Unresolved::None(near)) = id("shangai xx") else { panic!("should find none") };
        assert_eq!(catalog.hospital(near[0]).id.as_str(), SHANGHAI);
        assert_eq!(id(""), Err(Unresolved::None(Vec::new())));
    }
}
