//! What to highlight of a hospital that was found: worked out only for what is on the screen.

use crate::catalog::{Catalog, HospitalKey};
use crate::search::field::Field;
use crate::search::index::catalog_index::Index;
use crate::search::index::normalized::NormalizedText;
use crate::search::index::other::stand::OtherWord;
use crate::search::index::other::texts::{self, LONGEST};
use crate::search::matching::rank_key::RankKey;
use crate::search::matching::word::Word;
use crate::search::rank::score;
use crate::search::text::acronym;
use crate::search::text::fold::{self, MAX_FIELD};
use crate::search::tier::Tier;
use crate::text::Text;

/// What to highlight of a hospital.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Characters of the shown name, by position, ascending.
    pub name: Vec<usize>,
    /// Characters of the native name, by position, ascending.
    pub native: Vec<usize>,
    /// What matched when it was neither name.
    pub through: Option<Through>,
}

/// Another text than a name through which a hospital was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// What it is: `alias`, `city`, `region`, `country`, `id`, `specialty`, or the heading of a column.
    pub label: Text,
    /// The text.
    pub text: Text,
    /// Its characters that matched, by position, ascending.
    pub positions: Vec<usize>,
}

/// A text of a hospital, as it stands and folded.
struct Candidate<'a> {
    field: Field,
    label: &'static str,
    text: &'a Text,
    normalized: NormalizedText<'a>,
}

/// What to highlight of the hospital at `key`.
pub(super) fn hit(words: &[Word], index: &Index, catalog: &Catalog, key: HospitalKey) -> Hit {
    let mut hit = Hit::default();
    if words.is_empty() {
        return hit;
    }
    let candidates = candidates(index, catalog, key);
    for word in words {
        let rank_key = |one: &&Candidate| {
            let tier = word.find(&one.normalized, one.field, index.pinyin());
            // The shown name is where people look: highlight it there, even when another text fits more closely.
            let is_in_name = one.field == Field::Name && tier.is_some_and(|tier| tier < Tier::Acronym);
            (!is_in_name, RankKey::of(tier, one.field))
        };
        let best = candidates.iter().min_by_key(rank_key);
        // Letters with gaps tell less than another text that has the word.
        let is_close = |one: &&Candidate| rank_key(one).1.is_match() && !rank_key(one).1.is_gapped();
        if !best.as_ref().is_some_and(is_close) && index.other_texts().is_some() {
            let is_found = hit.add_other_text(word, catalog, key);
            if is_found {
                continue;
            }
        }
        let Some(found) = best.filter(|one| rank_key(one).1.is_match()) else { continue };
        let positions = positions(word, found, index);
        match found.field {
            Field::Name => hit.name.extend(positions),
            Field::NativeName => hit.native.extend(positions),
            _ => hit.add_through(found, positions),
        }
    }
    for positions in [&mut hit.name, &mut hit.native] {
        positions.sort_unstable();
        positions.dedup();
    }
    hit
}

impl Hit {
    /// Only the first such text is named, with all its letters.
    fn add_through(&mut self, found: &Candidate, positions: Vec<usize>) {
        self.add_text(found.label, found.text, positions);
    }

    /// The other text in which a word stands best; whether there is one.
    fn add_other_text(&mut self, word: &Word, catalog: &Catalog, key: HospitalKey) -> bool {
        let other = OtherWord::new(&word.text);
        let mut best: Option<(Tier, Text, Text)> = None;
        texts::for_each(catalog, key, |label, text| {
            let tier = other.find(&fold::fold(text, LONGEST), text);
            if let Some(tier) = tier.filter(|tier| best.as_ref().is_none_or(|(best, ..)| tier < best)) {
                best = Some((tier, label.into(), text.clone()));
            }
        });
        let Some((_, label, text)) = best else { return false };
        let (shown, positions) = excerpt(&text, &other);
        self.add_text(&label, &shown, positions);
        true
    }

    fn add_text(&mut self, label: &str, text: &Text, positions: Vec<usize>) {
        let through = || Through { label: label.into(), text: text.clone(), positions: Vec::new() };
        let through = self.through.get_or_insert_with(through);
        if through.text == *text {
            through.positions.extend(positions);
            through.positions.sort_unstable();
            through.positions.dedup();
        }
    }
}

/// What is shown of another text: from shortly before the word on, if that stands far behind the start; and which of its
/// characters are the word.
fn excerpt(text: &Text, word: &OtherWord) -> (Text, Vec<usize>) {
    /// Characters that stand before the word, at most and if the text is cut.
    const BEFORE: (usize, usize) = (30, 12);
    let folded = fold::fold(text, LONGEST);
    let origins = fold::origins(text, LONGEST);
    let start = folded.match_indices(&word.text).map(|(at, _)| at).find(|at| word.find(&folded[*at..], "").is_some());
    // A telephone number may be written in another way.
    let Some(start) = start else { return (text.clone(), Vec::new()) };
    let start = folded[..start].chars().count();
    let positions = (start..start + word.text.chars().count()).filter_map(|at| origins.get(at).copied());
    let positions: Vec<usize> = positions.collect();
    let first = positions.first().copied().unwrap_or(0);
    if first <= BEFORE.0 {
        return (text.clone(), positions);
    }
    let cut = first - BEFORE.1;
    let shown: String = std::iter::once('…').chain(text.chars().skip(cut)).collect();
    (shown.as_str().into(), positions.into_iter().map(|at| at - cut + 1).collect())
}

fn candidates<'a>(index: &'a Index, catalog: &'a Catalog, key: HospitalKey) -> Vec<Candidate<'a>> {
    let hospital = catalog.hospital(key);
    let row = index.row(catalog, key) as usize;
    let aliases = hospital.aliases.iter().map(|alias| ("alias", alias));
    let names = std::iter::once(("name", &hospital.name))
        .chain(hospital.native_name.iter().map(|name| ("native name", name)))
        .chain(aliases)
        .chain([("id", &hospital.id)]);
    let place = &hospital.place;
    let places = [("city", &place.city), ("region", &place.region), ("country", &place.country)];
    let places = places.into_iter().filter_map(|(label, part)| Some((label, part.as_ref()?)));
    // The index holds the texts of a row in this order.
    let texts = names.chain(places).zip(index.texts(row));
    texts.map(|((label, text), (field, normalized))| Candidate { field, label, text, normalized }).collect()
}

/// The characters of the original text to highlight.
fn positions(word: &Word, found: &Candidate, index: &Index) -> Vec<usize> {
    let text = &*found.normalized.text;
    let chars_before = |at: usize| text[..at].chars().count();
    let starts = text.match_indices(&word.text).map(|(at, _)| at);
    let folded: Vec<usize> = if let Some(at) = starts.min_by_key(|at| (!found.normalized.starts_word(*at), *at)) {
        (chars_before(at)..chars_before(at) + word.letters).collect()
    } else if let Some(pinyin) = word.pinyin.as_ref().and_then(|pinyin| pinyin.positions(text, index.pinyin())) {
        pinyin.collect()
    } else {
        acronym::positions(text, &word.text).unwrap_or_else(|| score::positions(text, &word.text))
    };
    let origins = fold::origins(found.text, MAX_FIELD);
    folded.into_iter().filter_map(|at| origins.get(at).copied()).collect()
}
