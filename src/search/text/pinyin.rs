//! Chinese names typed in Latin letters.
//!
//! A character can be typed by its whole syllable or by its initial, mixed as people do: `chongqing`, `cqyk`,
//! `chongqyk` all find 重庆医科. Every reading of a character counts (重 is chong and zhong), and ü may be
//! typed as v or u. A syllable is only ever matched from its start, so `oa` does not find 百度; the last one
//! may be unfinished while it is being typed, but one unfinished syllable alone counts only at the start of a name.
//!
//! [`Spelt::find`] decides: it follows all ways at once, one bit for each letter of the word that has been
//! used up, and needs no memory. [`Readings::trace`] tries one way after the other and says which
//! characters the word stands for; it serves what is on the screen, and tests hold the two together.

use std::collections::{HashMap, HashSet};

use pinyin::ToPinyinMulti;
use rayon::prelude::*;

use crate::search::text::fold::{is_han, traditional};
use crate::search::tier::Tier;

/// Fewest letters that are taken for pinyin; one letter would match nearly every name.
pub const FEWEST: usize = 2;

/// Most letters that are taken for pinyin: the bits of a word, less one for the end.
const MOST: usize = 63;

/// How the Chinese characters of an index are read. Characters must be learnt before they are asked for.
#[derive(Debug, Default)]
pub struct Readings {
    /// Which set of readings a character has.
    sets: HashMap<char, u16>,
    /// For the usual block of characters the same, plus one, without a hash: 0 is unknown.
    usual: Vec<u16>,
    /// Syllables, by position in `syllables`.
    in_sets: Vec<Box<[u16]>>,
    /// The first letters of the readings of a set, a bit each.
    letters: Vec<u32>,
    /// All their letters.
    all_letters: Vec<u32>,
    syllables: Vec<Box<str>>,
    syllable_ids: HashMap<Box<str>, u16>,
    set_ids: HashMap<Box<[u16]>, u16>,
}

/// The bit of a letter.
fn letter(letter: u8) -> u32 {
    1 << (letter - b'a')
}

/// The first of the characters that `Readings::usual` holds, and how many.
const USUAL: (u32, usize) = (0x4e00, 0x5200);

/// The place of a character in `Readings::usual`.
fn usual(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(USUAL.0)? as usize;
    (at < USUAL.1).then_some(at)
}

impl Readings {
    /// Makes the readings of all Chinese characters of a text known.
    pub fn learn_all(&mut self, text: &str) {
        for c in text.chars().filter(|c| is_han(*c)) {
            self.learn(c);
        }
    }

    /// Makes the readings of `c` known.
    pub fn learn(&mut self, c: char) {
        if self.set(c).is_none() && is_han(c) {
            self.add(c, spellings(c));
        }
    }

    /// Makes the readings of many Chinese characters known, on all cores.
    pub fn learn_many(&mut self, all: &[char]) {
        let spelt: Vec<Vec<String>> = all.par_iter().with_min_len(256).map(|c| spellings(*c)).collect();
        all.iter().zip(spelt).for_each(|(c, spelt)| self.add(*c, spelt));
    }

    fn add(&mut self, c: char, spelt: Vec<String>) {
        let mut ids: Vec<u16> = Vec::new();
        for spelt in spelt {
            let Ok(next) = u16::try_from(self.syllables.len()) else { return };
            let id = *self.syllable_ids.entry(spelt.into()).or_insert_with_key(|spelt| {
                self.syllables.push(spelt.clone());
                next
            });
            ids.push(id);
        }
        let Ok(next) = u16::try_from(self.in_sets.len()) else { return };
        let set = *self.set_ids.entry(ids.into()).or_insert_with_key(|ids| {
            let syllables = || ids.iter().map(|id| self.syllables[usize::from(*id)].as_bytes());
            self.letters.push(syllables().fold(0, |all, one| all | letter(one[0])));
            self.all_letters.push(syllables().flatten().fold(0, |all, one| all | letter(*one)));
            self.in_sets.push(ids.clone());
            next
        });
        match usual(c) {
            Some(at) => {
                self.usual.resize(USUAL.1, 0);
                self.usual[at] = set + 1;
            }
            None => {
                self.sets.insert(c, set);
            }
        }
    }

    #[inline]
    fn set(&self, c: char) -> Option<usize> {
        match usual(c) {
            Some(at) => usize::from(self.usual.get(at).copied().unwrap_or(0)).checked_sub(1),
            None => self.sets.get(&c).map(|set| usize::from(*set)),
        }
    }

    /// The syllables by which `c` can be typed; none for what is no Chinese character.
    fn of(&self, c: char) -> &[u16] {
        self.set(c).map_or(&[], |set| &self.in_sets[set])
    }

    fn spelt(&self, c: char) -> impl Iterator<Item = &str> {
        self.of(c).iter().map(|id| &*self.syllables[usize::from(*id)])
    }

    /// The letters that occur in the readings of `c`, a bit each from `a`.
    pub fn all_letters(&self, c: char) -> u32 {
        self.set(c).map_or(0, |set| self.all_letters[set])
    }

    /// The letters with which the readings of `c` start, a bit each from `a`.
    pub fn first_letters(&self, c: char) -> u32 {
        self.set(c).map_or(0, |set| self.letters[set])
    }

    /// Whether some character is known.
    pub fn is_empty(&self) -> bool {
        self.in_sets.is_empty()
    }

    /// What it takes of memory, in bytes, roughly.
    pub fn bytes(&self) -> usize {
        let sets: usize = self.in_sets.iter().map(|set| set.len() * 4 + 68).sum();
        self.usual.len() * 2 + self.sets.len() * 16 + sets + self.syllables.len() * 64
    }

    /// The first place in `text` where `word` stands for characters, whole syllables before initials; and which
    /// characters those are.
    pub fn trace(&self, text: &str, word: &str) -> Option<Trace> {
        if !is_typed_pinyin(word) {
            return None;
        }
        let text: Vec<char> = text.chars().collect();
        let trace = |initials: bool| {
            let mut dead_ends = HashSet::new();
            let from = |start: usize| {
                let mut way = Way { word, initials, lone: start == 0 && !initials, read: 0 };
                let found = self.follow(&text[start..], word, &mut way, &mut dead_ends);
                found.then(|| traced(start, &way))
            };
            (0..text.len()).filter_map(from).min_by_key(|trace| trace.tier)
        };
        trace(false).or_else(|| trace(true))
    }

    /// Whether the characters of `text` spell `rest` from the first on; `way` counts them.
    /// `dead_ends` keeps what was tried in vain, characters and letters left, so that many readings cost no more
    /// than few.
    fn follow(&self, text: &[char], rest: &str, way: &mut Way, dead_ends: &mut HashSet<(usize, usize)>) -> bool {
        if rest.is_empty() {
            return way.read > 1 || !way.initials;
        }
        if dead_ends.contains(&(text.len(), rest.len())) {
            return false;
        }
        let Some((first, others)) = text.split_first() else { return false };
        for reading in self.spelt(*first) {
            way.read += 1;
            // One unfinished syllable says little: it counts only where the name starts with it.
            if reading.starts_with(rest) && reading != rest && (rest.len() < way.word.len() || way.lone) {
                return true;
            }
            let initials = way.initials;
            let parts = [Some(reading), initials.then(|| initial(reading)), initials.then(|| &reading[..1])];
            for part in parts.into_iter().flatten() {
                if let Some(rest) = rest.strip_prefix(part)
                    && self.follow(others, rest, way, dead_ends)
                {
                    return true;
                }
            }
            way.read -= 1;
        }
        dead_ends.insert((text.len(), rest.len()));
        false
    }
}

/// One way to read a text, while it is followed.
struct Way<'a> {
    word: &'a str,
    /// Whether initials count.
    initials: bool,
    /// Whether one unfinished syllable is enough.
    lone: bool,
    /// How many characters have been read.
    read: usize,
}

/// Where a word was found in a Chinese text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// How closely.
    pub tier: Tier,
    /// The characters that it stands for, by position in the text.
    pub positions: Vec<usize>,
}

/// What following `way` from `start` on has found.
fn traced(start: usize, way: &Way) -> Trace {
    let tier = match (way.initials, start) {
        (true, _) => Tier::Acronym,
        (false, 0) => Tier::Prefix,
        (false, _) => Tier::WordPrefix,
    };
    Trace { tier, positions: (start..start + way.read).collect() }
}

/// The ways to type `c`, whatever Traditional character it stands for.
fn spellings(c: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for c in [c].iter().chain(traditional(c)) {
        let readings = c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain);
        for reading in readings {
            for spelt in [reading.replace('ü', "v"), reading.replace('ü', "u")] {
                // A few interjections are written with accents even in plain spelling; nobody types those.
                if !all.contains(&spelt) && spelt.bytes().all(|b| b.is_ascii_lowercase()) {
                    all.push(spelt);
                }
            }
        }
    }
    all
}

/// The consonant that a syllable starts with: `zh` of zhong, `c` of cai; its first letter where there is none.
fn initial(reading: &str) -> &str {
    let two = reading.starts_with("zh") || reading.starts_with("ch") || reading.starts_with("sh");
    &reading[..if two { 2 } else { 1 }]
}

fn is_typed_pinyin(word: &str) -> bool {
    (FEWEST..=MOST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// A word, ready to be looked for in Chinese texts. Bit `i` of a set stands for the word's first `i` letters.
#[derive(Clone, Debug)]
pub struct Spelt {
    letters: usize,
    /// The bit of its first letter.
    first: u32,
    /// For each syllable, where in the word it fits.
    syllables: Vec<Fit>,
}

/// Where in a word a syllable fits.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    /// Before these letters of the word stands the whole syllable.
    whole: u64,
    /// From here on the word is the start of the syllable, and ends.
    unfinished: u64,
    /// Here stands its initial of two letters.
    pair: u64,
    /// Here stands its first letter.
    first: u64,
    length: u8,
}

/// The ways that are open after a character.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    from_start: u64,
    syllables: u64,
    initials: u64,
}

/// What was found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How closely the word matches, if it does.
    pub tier: Option<Tier>,
    /// Whether the word, typed on, may match.
    pub may_grow: bool,
}

impl Spelt {
    /// Prepares `word`, which is folded; none when it cannot be pinyin.
    pub fn new(word: &str, readings: &Readings) -> Option<Self> {
        if !is_typed_pinyin(word) || readings.is_empty() {
            return None;
        }
        let fit = |syllable: &str| {
            let places = |fits: &dyn Fn(&str) -> bool| {
                (0..word.len()).filter(|at| fits(&word[*at..])).fold(0, |all, at| all | 1 << at)
            };
            let initial = initial(syllable);
            Fit {
                whole: places(&|rest| rest.starts_with(syllable)),
                unfinished: places(&|rest| syllable.starts_with(rest) && rest.len() < syllable.len()),
                pair: if initial.len() == 2 { places(&|rest| rest.starts_with(initial)) } else { 0 },
                first: places(&|rest| rest.starts_with(&syllable[..1])),
                length: u8::try_from(syllable.len()).unwrap_or(0),
            }
        };
        let syllables = readings.syllables.iter().map(|syllable| fit(syllable)).collect();
        Some(Self { letters: word.len(), first: letter(word.as_bytes()[0]), syllables })
    }

    /// How closely the word matches `text`, which is folded.
    pub fn find(&self, text: &str, readings: &Readings) -> Found {
        let mut open = Open::default();
        let mut found = Found { tier: None, may_grow: false };
        for (at, c) in text.chars().enumerate() {
            let Some(set) = readings.set(c) else {
                open = Open::default();
                continue;
            };
            // Most characters neither go on with anything nor start with the word's first letter.
            if open.syllables | open.initials == 0 && readings.letters[set] & self.first == 0 {
                continue;
            }
            open = self.step(open, &readings.in_sets[set], at == 0, &mut found);
            if open.from_start == 0 && found.tier.is_some_and(|tier| tier <= Tier::WordPrefix) {
                break;
            }
        }
        found
    }

    /// Takes one more character, with its readings.
    fn step(&self, open: Open, readings: &[u16], is_start: bool, found: &mut Found) -> Open {
        let end = 1u64 << self.letters;
        let mut next = Open::default();
        for id in readings {
            let fit = &self.syllables[usize::from(*id)];
            let start = u64::from(is_start);
            let whole = |from: u64| (from & fit.whole) << fit.length;
            let from_start = whole(open.from_start | start);
            // The word may start at this character, or a way goes on.
            let syllables = whole(open.syllables | 1);
            let initials =
                ((open.initials & fit.pair) << 2) | ((open.initials & fit.first) << 1) | whole(open.initials);
            if from_start & end != 0 || (open.from_start | start) & fit.unfinished != 0 {
                found.raise(Tier::Prefix);
            }
            if (syllables & end) != 0 || open.syllables & fit.unfinished != 0 {
                found.raise(Tier::WordPrefix);
            }
            if initials & end != 0 || open.initials & fit.unfinished != 0 {
                found.raise(Tier::Acronym);
            }
            found.may_grow |= fit.unfinished & 1 != 0;
            next.from_start |= from_start;
            next.syllables |= syllables;
            next.initials |= initials | ((fit.pair & 1) << 2) | ((fit.first & 1) << 1) | whole(1);
            found.may_grow |= next.initials & end != 0;
        }
        next
    }
}

impl Found {
    fn raise(&mut self, tier: Tier) {
        self.tier = Some(self.tier.map_or(tier, |known| known.min(tier)));
        self.may_grow = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn learnt(text: &str) -> Readings {
        let mut readings = Readings::default();
        text.chars().for_each(|c| readings.learn(c));
        readings
    }

    #[test]
    fn syllables_initials_and_readings_are_found_and_nothing_else() {
        for (name, word, shown) in [
            ("重庆医科大学附属儿童医院", "chongqing", "重庆"),
            ("重庆医科大学附属儿童医院", "zhongqing", "重庆"),
            ("重庆医科大学附属儿童医院", "cqyk", "重庆医科"),
            ("重庆医科大学附属儿童医院", "chqyk", "重庆医科"),
            ("重庆医科大学附属儿童医院", "chongqyk", "重庆医科"),
            ("重庆医科大学附属儿童医院", "yike", "医科"),
            ("重庆医科大学附属儿童医院", "yik", "医科"),
            ("重庆医科大学附属儿童医院", "ertong", "儿童"),
            ("广州市妇女儿童医疗中心", "gzfe", ""),
            ("广州市妇女儿童医疗中心", "funv", "妇女"),
            ("广州市妇女儿童医疗中心", "funu", "妇女"),
            ("广州市妇女儿童医疗中心", "gzs", "广州市"),
            ("上海儿童医学中心", "shanghai", "上海"),
            ("上海儿童医学中心", "shetyxzx", "上海儿童医学中心"),
            ("上海儿童医学中心", "hanghai", ""),
            ("牡丹江市妇女儿童医院", "mdj", "牡丹江"),
            ("百度医院", "oa", ""),
            ("百度医院", "du", "度"),
            ("会计医院", "kuaiji", "会计"),
            ("会计医院", "huiji", "会计"),
            ("北京 协和 医院", "beijingxiehe", ""),
            ("长春医院", "changchun", "长春"),
            ("长春医院", "zhangchun", "长春"),
            ("长春医院", "c", ""),
            ("长春医院", "ch", "长"),
            ("牡丹江市医院", "sh", ""),
            ("牡丹江市医院", "shi", "市"),
            ("干隆医院", "qianlong", "干隆"),
        ] {
            let chars: Vec<char> = name.chars().collect();
            let readings = learnt(name);
            let found = readings.trace(name, word).map_or(Vec::new(), |found| found.positions);
            let found: String = found.into_iter().map(|at| chars[at]).collect();
            assert_eq!(found, shown, "{word} in {name}");
        }
        assert!(Spelt::new("shanghai", &learnt("Shanghai Hospital")).is_none());
    }

    #[test]
    fn many_readings_take_no_more_time() {
        let name = "嗯".repeat(32);
        let word = "en".repeat(15) + "n".repeat(20).as_str() + "z";
        assert_eq!(learnt(&name).trace(&name, &word), None);
        // Every character has a reading that can be typed.
        let all: String = ('\u{3400}'..='\u{9fff}').collect();
        assert!(Spelt::new("zz", &learnt(&all)).is_some());
    }

    proptest! {
        /// Following all ways at once finds what trying one after the other finds, and knows what may grow.
        #[test]
        fn finding_is_tracing(
            text in "[重庆长安西先中干行会计a 女百度嗯]{0,7}",
            word in "(zh|ch|sh|[a-z]|an|ong|ing|xi|chang){2,6}",
        ) {
            let readings = learnt(&text);
            let find = |word: &str| Spelt::new(word, &readings).map(|spelt| spelt.find(&text, &readings));
            let traced = readings.trace(&text, &word).map(|trace| trace.tier);
            let found = find(&word);
            prop_assert_eq!(found.and_then(|found| found.tier), traced);
            let shorter = &word[..word.len() - 1];
            if let (Some(_), Some(before)) = (traced, find(shorter)) {
                prop_assert!(before.may_grow, "{} then {} in {}", shorter, word, text);
            }
        }
    }
}
