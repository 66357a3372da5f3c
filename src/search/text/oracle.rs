//! The rules of pinyin, said as plainly as they can be: one way to read a text is tried after the other.

use std::collections::HashSet;

use proptest::prelude::*;

use crate::search::text::pinyin_pattern::PinyinPattern;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::tier::Tier;

/// The first place in `text` where `word` stands for characters, whole syllables before initials; and which
/// characters those are.
pub(crate) fn trace(table: &PinyinTable, text: &str, word: &str) -> Option<Trace> {
    if word.len() < 2 || word.len() > 63 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let text: Vec<char> = text.chars().collect();
    let trace = |initials: bool| {
        let mut dead_ends = HashSet::new();
        let from = |start: usize| {
            let mut way = Way { word, initials, lone: start == 0 && !initials, read: 0 };
            let found = follow(table, &text[start..], word, &mut way, &mut dead_ends);
            found.then(|| traced(start, &way))
        };
        (0..text.len()).filter_map(from).min_by_key(|trace| trace.tier)
    };
    trace(false).or_else(|| trace(true))
}

/// Whether the characters of `text` spell `rest` from the first on; `way` counts them.
/// `dead_ends` keeps what was tried in vain, characters and letters left, so that many readings cost no more
/// than few.
fn follow(
    table: &PinyinTable,
    text: &[char],
    rest: &str,
    way: &mut Way,
    dead_ends: &mut HashSet<(usize, usize)>,
) -> bool {
    if rest.is_empty() {
        return way.read > 1 || !way.initials;
    }
    if dead_ends.contains(&(text.len(), rest.len())) {
        return false;
    }
    let Some((first, others)) = text.split_first() else { return false };
    let syllables: Vec<&str> = table.syllables().collect();
    let of = table.readings(*first).map_or(&[][..], |readings| &readings.syllables);
    for reading in of.iter().map(|id| syllables[usize::from(*id)]) {
        way.read += 1;
        // One unfinished syllable says little: it counts only where the name starts with it.
        if reading.starts_with(rest) && reading != rest && (rest.len() < way.word.len() || way.lone) {
            return true;
        }
        let initials = way.initials;
        let parts = [Some(reading), initials.then(|| initial(reading)), initials.then(|| &reading[..1])];
        for part in parts.into_iter().flatten() {
            if let Some(rest) = rest.strip_prefix(part)
                && follow(table, others, rest, way, dead_ends)
            {
                return true;
            }
        }
        way.read -= 1;
    }
    dead_ends.insert((text.len(), rest.len()));
    false
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
pub(crate) struct Trace {
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

/// The consonant that a syllable starts with: `zh` of zhong, `c` of cai; its first letter where there is none.
fn initial(reading: &str) -> &str {
    let two = reading.starts_with("zh") || reading.starts_with("ch") || reading.starts_with("sh");
    &reading[..if two { 2 } else { 1 }]
}

fn learnt(text: &str) -> PinyinTable {
    let mut table = PinyinTable::default();
    table.learn(text.chars());
    table
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
        let found = trace(&readings, name, word).map_or(Vec::new(), |found| found.positions);
        let found: String = found.into_iter().map(|at| chars[at]).collect();
        assert_eq!(found, shown, "{word} in {name}");
        let positions = PinyinPattern::new(word, &readings).and_then(|pattern| pattern.positions(name, &readings));
        let positions: String = positions.into_iter().flatten().map(|at| chars[at]).collect();
        assert_eq!(positions, shown, "{word} in {name}");
    }
    assert!(PinyinPattern::new("shanghai", &learnt("Shanghai Hospital")).is_none());
}

#[test]
fn many_readings_take_no_more_time() {
    let name = "嗯".repeat(32);
    let word = "en".repeat(15) + "n".repeat(20).as_str() + "z";
    assert_eq!(trace(&learnt(&name), &name, &word), None);
    // Every character has a reading that can be typed.
    let all: String = ('\u{3400}'..='\u{9fff}').collect();
    assert!(PinyinPattern::new("zz", &learnt(&all)).is_some());
}

proptest! {
    /// Following all ways at once finds what trying one after the other finds.
    #[test]
    fn finding_is_tracing(
        text in "[重庆长安西先中干行会计a 女百度嗯]{0,7}",
        word in "(zh|ch|sh|[a-z]|an|ong|ing|xi|chang){2,6}",
    ) {
        let table = learnt(&text);
        let traced = trace(&table, &text, &word);
        let pattern = PinyinPattern::new(&word, &table);
        let found = pattern.as_ref().and_then(|pattern| pattern.find(&text, &table));
        prop_assert_eq!(found, traced.as_ref().map(|trace| trace.tier));
        let positions = pattern.and_then(|pattern| pattern.positions(&text, &table));
        let shown = positions.map(Vec::from_iter);
        prop_assert_eq!(shown, traced.map(|trace| trace.positions), "{} in {}", word, text);
    }
}
