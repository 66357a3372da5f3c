//! Chinese names typed in Latin letters.
//!
//! A character can be typed by its whole syllable or by its initial, mixed as people do: `chongqing`, `cqyk`,
//! `chongqyk` all find 重庆医科. Every reading of a character counts (重 is chong and zhong), and ü may be
//! typed as v or u. A syllable is only ever matched from its start, so `oa` does not find 百度; the last one
//! may be unfinished while it is being typed.

use std::collections::HashSet;

use pinyin::ToPinyinMulti;

/// Fewest letters that are taken for pinyin; one letter would match nearly every name.
const FEWEST: usize = 2;

/// The readings of a text's Chinese characters.
pub struct Syllables {
    /// Position of the character in the text, and its readings.
    characters: Vec<(usize, Vec<String>)>,
}

/// Where a word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The characters that it stands for, by position in the text.
    pub positions: Vec<usize>,
    /// Whether some character was typed by its initial alone.
    pub by_initials: bool,
}

impl Syllables {
    /// The readings of `text`; none when it has no Chinese character.
    pub fn new(text: &str, limit: usize) -> Option<Self> {
        let readings = |c: char| {
            let all = c.to_pinyin_multi()?;
            let mut readings: Vec<String> = Vec::new();
            // A few interjections are written with accents even in plain spelling; nobody types those.
            for reading in all.into_iter().map(pinyin::Pinyin::plain).filter(|one| one.replace('ü', "v").is_ascii()) {
                for spelt in [reading.replace('ü', "v"), reading.replace('ü', "u")] {
                    if !readings.contains(&spelt) {
                        readings.push(spelt);
                    }
                }
            }
            Some(readings)
        };
        let characters: Vec<_> =
            text.chars().take(limit).enumerate().filter_map(|(at, c)| Some((at, readings(c)?))).collect();
        (!characters.is_empty()).then_some(Self { characters })
    }

    /// The first place where `word`, in lower case, stands for characters; whole syllables before initials.
    pub fn find(&self, word: &str) -> Option<Found> {
        if word.len() < FEWEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let found = |initials: bool| {
            let mut dead_ends = HashSet::new();
            (0..self.characters.len()).find_map(|start| {
                let mut positions = Vec::new();
                let found = self.matches(start, word, initials, &mut positions, &mut dead_ends);
                (found && self.is_enough(start, word, &positions)).then_some(positions)
            })
        };
        match found(false) {
            Some(positions) => Some(Found { positions, by_initials: false }),
            None => found(true).map(|positions| Found { positions, by_initials: true }),
        }
    }

    /// One unfinished syllable says little: it counts only where the name starts with it.
    fn is_enough(&self, start: usize, word: &str, positions: &[usize]) -> bool {
        positions.len() > 1 || start == 0 || self.characters[start].1.iter().any(|reading| reading == word)
    }

    /// Whether the characters from `at` on spell `rest`; their positions are collected. `dead_ends` keeps what
    /// was tried in vain, character and letters left, so that many readings cost no more than few.
    fn matches(
        &self,
        at: usize,
        rest: &str,
        initials: bool,
        positions: &mut Vec<usize>,
        dead_ends: &mut HashSet<(usize, usize)>,
    ) -> bool {
        if rest.is_empty() {
            return true;
        }
        if dead_ends.contains(&(at, rest.len())) {
            return false;
        }
        let Some((position, readings)) = self.characters.get(at) else { return false };
        // A gap, such as a bracket or a Latin word, ends the run.
        if positions.last().is_some_and(|last| last + 1 != *position) {
            return false;
        }
        positions.push(*position);
        for reading in readings {
            if reading.starts_with(rest) && rest.len() > usize::from(!initials) {
                return true;
            }
            let parts = [Some(reading.as_str()), initials.then(|| initial(reading)), initials.then(|| &reading[..1])];
            for part in parts.into_iter().flatten() {
                if let Some(rest) = rest.strip_prefix(part)
                    && self.matches(at + 1, rest, initials, positions, dead_ends)
                {
                    return true;
                }
            }
        }
        positions.pop();
        dead_ends.insert((at, rest.len()));
        false
    }
}

/// The consonant that a syllable starts with: `zh` of zhong, `c` of cai; its first letter where there is none.
fn initial(reading: &str) -> &str {
    if reading.starts_with("zh") || reading.starts_with("ch") || reading.starts_with("sh") {
        &reading[..2]
    } else {
        &reading[..1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("北京(协和)医院", "beijingxiehe", ""),
            ("长春医院", "changchun", "长春"),
            ("长春医院", "zhangchun", "长春"),
            ("长春医院", "c", ""),
            ("长春医院", "ch", "长"),
            ("牡丹江市医院", "sh", ""),
            ("牡丹江市医院", "shi", "市"),
        ] {
            let chars: Vec<char> = name.chars().collect();
            let found = Syllables::new(name, 100).unwrap().find(word).map_or(Vec::new(), |found| found.positions);
            let found: String = found.into_iter().map(|at| chars[at]).collect();
            assert_eq!(found, shown, "{word} in {name}");
        }
        assert!(Syllables::new("Shanghai Hospital", 100).is_none());
    }

    #[test]
    fn many_readings_take_no_more_time() {
        let name = "嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯";
        let word = "en".repeat(15) + "n".repeat(20).as_str() + "z";
        assert_eq!(Syllables::new(name, 100).and_then(|one| one.find(&word)), None);
        // Every character has a reading that can be typed.
        for c in ('\u{3400}'..='\u{9fff}').map(String::from) {
            if let Some(syllables) = Syllables::new(&c, 1) {
                syllables.find("zz");
            }
        }
    }
}
