//! The headings of a file, and the columns that a profile's words mean.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::formats::profile::sample::words;
use crate::text::Text;

/// The headings of a file, in the order of its columns. They are compared by their letters and digits alone, and by
/// their beginning as it stands where a profile names only that. Both are computed once, since each is compared with the
/// words of all profiles.
#[derive(Clone, Debug)]
pub(crate) struct Headings {
    list: Vec<Text>,
    by_key: HashMap<String, Vec<usize>>,
    lower: Vec<String>,
}

impl Headings {
    /// Headings as they stand.
    #[must_use]
    pub(crate) fn new(list: Vec<Text>) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, heading) in list.iter().enumerate() {
            by_key.entry(heading_key(heading)).or_default().push(at);
        }
        by_key.remove("");
        let lower = list.iter().map(|heading| heading.to_lowercase()).collect();
        Self { list, by_key, lower }
    }

    /// The same columns, each also under its tag: `#geo+lat`.
    #[must_use]
    pub(crate) fn with_tags(mut self, tags: &[Text]) -> Self {
        for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.is_empty()) {
            let columns = self.by_key.entry(heading_key(tag)).or_default();
            if !columns.contains(&at) {
                columns.push(at);
            }
        }
        self
    }

    /// The headings as they stand.
    #[must_use]
    pub(crate) fn list(&self) -> &[Text] {
        &self.list
    }

    /// Whether a column is headed so.
    #[must_use]
    pub(crate) fn has(&self, heading: &str) -> bool {
        self.by_key.contains_key(&heading_key(heading))
    }

    /// The columns that `wanted` names, in that order; `*` at the end of a heading matches any ending.
    #[must_use]
    pub(crate) fn columns(&self, wanted: &[Text]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut add = |at: usize| {
            if !found.contains(&at) {
                found.push(at);
            }
        };
        for wanted in wanted {
            match wanted.strip_suffix('*') {
                Some(start) => {
                    let start = start.to_lowercase();
                    let starts = |at: &usize| self.lower[*at].starts_with(&start);
                    (0..self.list.len()).filter(starts).for_each(&mut add);
                }
                None => self.by_key.get(&heading_key(wanted)).into_iter().flatten().copied().for_each(&mut add),
            }
        }
        found
    }

    /// The columns that `wanted` names, as [`Self::columns`]; where there is none, those whose headings are cut to ten
    /// letters, as in `Facility_N`, or end with the words of one, as in `odhf_facility_type`.
    #[must_use]
    pub(crate) fn columns_like(&self, wanted: &[Text]) -> Vec<usize> {
        let exact = self.columns(wanted);
        if !exact.is_empty() {
            return exact;
        }
        let keys: Vec<(String, Vec<String>)> = wanted
            .iter()
            .map(|wanted| (heading_key(wanted), words(wanted).into_iter().map(Cow::into_owned).collect()))
            .collect();
        let is_cut = |heading: &Text| {
            let key = heading_key(heading);
            heading.len() == CUT_LENGTH
                && keys.iter().any(|(wanted, _)| wanted.len() > key.len() && wanted.starts_with(&*key))
        };
        let ends_so = |heading: &Text| {
            let words: Vec<String> = words(heading).into_iter().map(Cow::into_owned).collect();
            let is_of_others = words.iter().any(|word| OF_OTHERS.contains(&&**word));
            !is_of_others && keys.iter().any(|(_, wanted)| wanted.len() > 1 && words.ends_with(wanted))
        };
        let find = |is_so: &dyn Fn(&Text) -> bool| self.list.iter().position(is_so).into_iter().collect::<Vec<usize>>();
        let cut = find(&is_cut);
        if cut.is_empty() { find(&ends_so) } else { cut }
    }

    /// The headings made unique: an empty one gets its number, the second of a name says so.
    pub(crate) fn unique(&self) -> Vec<Text> {
        let headings = &self.list;
        let named: HashSet<&str> = headings.iter().map(Text::as_str).collect();
        let mut given: HashSet<Text> = HashSet::new();
        let mut next: HashMap<Text, usize> = HashMap::new();
        let mut unique = |(at, heading): (usize, &Text)| {
            let plain = if heading.is_empty() { Text::clean(&format!("column {}", at + 1)) } else { heading.clone() };
            let mut name = plain.clone();
            while given.contains(&name) || (name != *heading && named.contains(&*name)) {
                let nth = next.entry(plain.clone()).or_insert(1);
                *nth += 1;
                name = Text::clean(&format!("{plain} ({nth})"));
            }
            given.insert(name.clone());
            name
        };
        headings.iter().enumerate().map(&mut unique).collect()
    }
}

/// A heading as it is compared: its letters and digits, in lower case, without articles and prepositions, so that
/// `Name d. Krankenhauses` is `Name des Krankenhauses`.
#[must_use]
pub(super) fn heading_key(heading: &str) -> String {
    let counted = UNITS.iter().find_map(|unit| heading.trim_end().strip_suffix(unit)).unwrap_or(heading);
    let words = words(counted);
    let last = words.len().saturating_sub(1);
    let is_small = |(at, word): &(usize, &Cow<str>)| *at > 0 && *at < last && SMALL_WORDS.contains(&&***word);
    words.iter().enumerate().filter(|word| !is_small(word)).map(|(_, word)| &**word).collect()
}

/// Articles and prepositions that stand between the words of a heading.
const SMALL_WORDS: [&str; 24] = [
    "of", "the", "d", "des", "der", "die", "das", "de", "del", "la", "el", "los", "las", "le", "les", "du", "l", "di",
    "della", "dell", "do", "da", "dos", "van",
];

/// The length at which the file format of shapefiles cuts headings.
const CUT_LENGTH: usize = 10;

/// Words that say that a heading is of something else than the hospital itself.
const OF_OTHERS: [&str; 12] = [
    "parent", "owner", "operator", "network", "system", "former", "old", "previous", "source", "original", "district",
    "contact",
];

/// What Chinese headings say in brackets of what is counted: 床位数(张).
const UNITS: [&str; 10] = ["(张)", "（张）", "(張)", "（張）", "(人)", "（人）", "(名)", "（名）", "(个)", "（个）"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_are_called_alike() {
        let headings = ["name", "", "a", "a", "column 2", "a (2)", "", "a"].map(Text::from);
        let unique = Headings::new(headings.to_vec()).unique();
        assert_eq!(
            unique.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["name", "column 2 (2)", "a", "a (3)", "column 2", "a (2)", "column 7", "a (4)"]
        );
    }

    #[test]
    fn headings_are_compared_by_letters_and_digits() {
        for (heading, wanted) in [
            ("Facility ID", "facility_id"),
            ("编制床位（张）", "编制床位"),
            ("床位数(张)", "床位数"),
            ("N° of beds", "n of beds"),
        ] {
            assert!(Headings::new(vec![heading.into()]).has(wanted), "{heading}");
        }
        assert!(!Headings::new(vec!["床位(万)".into()]).has("床位"));
        let wide = Headings::new(["name:fr", "name", "name:de"].map(Text::from).to_vec());
        assert_eq!(wide.columns(&["name".into(), "name:*".into()]), [1, 0, 2]);
    }
}
