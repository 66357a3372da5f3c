//! Making untrusted text safe to show.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// Longest text kept, in characters; the rest is replaced by an ellipsis.
pub(crate) const MAX_CHARS: usize = 65_536;

/// Most marks and joiners kept on one base character, and most characters joined to one. Stacked scripts need four
/// and families of emoji three; more only smears the screen.
const MAX_MARKS: usize = 8;

/// Makes `raw` safe to show, keeping every letter of every script.
///
/// Tabs and line ends become spaces; other control characters become visible symbols (`␛`); direction
/// overrides become U+FFFD; invisible characters go, marks of direction, too; joiners stay only between visible characters; at
/// most eight marks stay on a base, and none without one; leading and trailing white space goes. Cleaning
/// twice gives the same as cleaning once.
#[must_use]
pub fn clean(raw: &str) -> Cow<'_, str> {
    // Most texts are of this kind, and a look without an early end takes several bytes at a time.
    let is_printable = raw.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let trimmed = if is_printable { raw.trim_matches(' ') } else { raw.trim() };
    if trimmed.len() <= MAX_CHARS && (is_printable || trimmed.chars().all(is_plain)) {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    let mut cleaner = Cleaner::default();
    let mut chars = raw.chars().filter_map(visible).peekable();
    while let Some(c) = chars.next() {
        if is_joiner(c) {
            while chars.next_if(|c| is_joiner(*c)).is_some() {}
        }
        if !cleaner.keeps(c, chars.peek().copied()) {
            continue;
        }
        if cleaner.kept == MAX_CHARS - 1 && chars.peek().is_some() {
            out.push('…');
            break;
        }
        out.push(c);
        cleaner.kept += 1;
        cleaner.last = Some(c);
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// What has been kept so far of a text that is cleaned.
#[derive(Default)]
struct Cleaner {
    /// How many characters.
    kept: usize,
    last: Option<char>,
    /// Marks and joiners on the last base.
    extras: usize,
    /// Characters joined to one.
    joined: usize,
}

impl Cleaner {
    /// Whether `c` is kept before `next`; counts it as mark or base.
    fn keeps(&mut self, c: char, next: Option<char>) -> bool {
        if is_joiner(c) {
            // Where a joiner stays there is room for a mark after it, so that none is left at an end.
            let fits = self.extras + 1 < MAX_MARKS && self.joined < MAX_MARKS;
            if !(fits && self.last.is_some_and(can_join) && next.is_some_and(can_join)) {
                return false;
            }
        }
        if is_joiner(c) || sits_on_base(c) {
            self.extras += 1;
        } else {
            // Joined letters stay side by side; only pictures become one.
            let is_joined = self.last.is_some_and(is_joiner) && !c.is_alphanumeric();
            (self.extras, self.joined) = (0, if is_joined { self.joined + 1 } else { 0 });
        }
        self.extras <= MAX_MARKS && (self.last.is_some() || (c != ' ' && !is_combining_mark(c)))
    }
}

/// Makes a text of several lines safe to show, keeping its line ends and the spaces that indent it.
#[must_use]
pub fn clean_lines(raw: &str) -> String {
    let line = |line: &str| " ".repeat(line.len() - line.trim_start_matches(' ').len()) + &clean(line);
    raw.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Cleans `raw` one character for one, a space for what shows nothing, so that places in it stay where they are.
#[must_use]
pub fn clean_in_place(raw: &str) -> String {
    let mut extras = 0;
    let shown = raw.chars().map(|c| {
        let c = visible(c).filter(|c| !is_joiner(*c)).unwrap_or(' ');
        extras = if sits_on_base(c) { extras + 1 } else { 0 };
        if extras > MAX_MARKS { ' ' } else { c }
    });
    shown.collect()
}

/// Whether a key that types `c` after `before` may put it there.
#[must_use]
pub(crate) fn may_follow(before: &str, c: char) -> bool {
    let extra = |c: &char| sits_on_base(*c) || is_joiner(*c);
    let picture = |c: &char| extra(c) || !(c.is_alphanumeric() || c.is_whitespace());
    let extras = before.chars().rev().take_while(extra).count();
    let joined = before.chars().rev().take_while(picture).filter(|c| is_joiner(*c)).count();
    let fits = if is_joiner(c) { extras.max(joined) < MAX_MARKS } else { extras < MAX_MARKS || !extra(&c) };
    visible(c) == Some(c) && fits
}

/// Whether `c` is one of those that most names are made of, each shown as it is and by itself: letters, digits, signs and
/// spaces of ASCII, letters of Latin, Cyrillic and Arabic, kana, Chinese characters and Korean syllables.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{64a}'
        | '\u{1e00}'..='\u{1eff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// The character to show in place of `c`, or none when it shows nothing.
fn visible(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        // They change the direction of the text that follows: embeddings, overrides, isolates.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        // Marks of direction: letters without ink, which reorder nothing beyond the signs beside them. Names in Arabic and
        // Hebrew have them, and so have names copied from web pages.
        '\u{61c}' | '\u{200e}' | '\u{200f}' => None,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}'..='\u{2065}' => None,
        '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        '\u{1d173}'..='\u{1d17a}' | '\u{1bca0}'..='\u{1bca3}' => None,
        // Fillers and the blank Braille cell: letters by class, and nothing to see.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => None,
        '\u{17b4}' | '\u{17b5}' | '\u{13430}'..='\u{1343f}' => None,
        // No characters, and never will be.
        '\u{fdd0}'..='\u{fdef}' => Some('\u{fffd}'),
        c if c as u32 & 0xfffe == 0xfffe => Some('\u{fffd}'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether `c` is drawn on the character before it: combining marks, vowels and finals of Korean syllables, skin tones.
fn sits_on_base(c: char) -> bool {
    let is_narrow = !is_joiner(c) && c.width() == Some(0);
    is_narrow || is_combining_mark(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn can_join(c: char) -> bool {
    !c.is_whitespace() && !c.is_ascii_punctuation() && !is_joiner(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_text_becomes_visible_or_goes() {
        for (raw, cleaned) in [
            ("plain", "plain"),
            ("  edges  ", "edges"),
            ("a\u{1b}[31mred\u{7}", "a␛[31mred␇"),
            ("tab\there\nline", "tab here line"),
            ("over\u{202e}ride", "over\u{fffd}ride"),
            ("em\u{202a}bed\u{202b}ded\u{202c}", "em\u{fffd}bed\u{fffd}ded\u{fffd}"),
            ("\u{2066}iso\u{2067}la\u{2068}te\u{2069}", "\u{fffd}iso\u{fffd}la\u{fffd}te\u{fffd}"),
            ("\u{200e}EAST CAMPUS\u{200e} (West)\u{200f}", "EAST CAMPUS (West)"),
            ("مستشفى\u{61c} 1\u{200f}", "مستشفى 1"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("c1\u{9b}31m", "c1\u{fffd}31m"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("tag\u{e0041}", "tag"),
            ("two\u{2028}lines", "two lines"),
            ("joiner \u{200d} loose", "joiner  loose"),
            ("👩\u{200d}⚕\u{fe0f}", "👩\u{200d}⚕\u{fe0f}"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("重庆市妇幼保健院", "重庆市妇幼保健院"),
            ("Hôpital Necker", "Hôpital Necker"),
        ] {
            assert_eq!(clean(raw), cleaned, "{raw:?}");
        }
    }

    #[test]
    fn plain_characters_are_shown_as_they_are_and_by_themselves() {
        let plain: Vec<char> = ('\0'..=char::MAX).filter(|c| is_plain(*c)).collect();
        assert!(plain.len() > 30_000);
        for c in plain {
            assert_eq!((visible(c), sits_on_base(c), is_joiner(c)), (Some(c), false, false), "{c:?}");
            assert!(c == ' ' || !c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn marks_and_length_are_bounded() {
        let zalgo = format!("e{}x", "\u{301}".repeat(1000));
        assert_eq!(clean(&zalgo).chars().count(), 1 + MAX_MARKS + 1);
        for (raw, kept) in [
            ("e".to_owned() + &"\u{301}\u{200d}".repeat(1000) + "x", 1 + MAX_MARKS + 1),
            ("👩\u{200d}".repeat(1000), 1000 + 1000 * MAX_MARKS / (MAX_MARKS + 1)),
            ("👍".to_owned() + &"🏽".repeat(1000), 1 + MAX_MARKS),
            ("\u{301}\u{302}e".to_owned(), 1),
        ] {
            assert_eq!(clean(&raw).chars().count(), kept, "{}…", clean(&raw).chars().take(20).collect::<String>());
        }
        let long = "长".repeat(MAX_CHARS + 10);
        let cleaned = clean(&long);
        assert_eq!(cleaned.chars().count(), MAX_CHARS);
        assert!(cleaned.ends_with('…'));
    }

    #[test]
    fn lines_and_places_are_kept_where_they_matter() {
        assert_eq!(clean_lines("a\u{1b}[0m\r\n   ^^ b\u{202e}\n"), "a␛[0m\n   ^^ b\u{fffd}\n");
        assert_eq!(clean_in_place("a\u{202e}b\u{200b}c\u{1b}重"), "a\u{fffd}b c␛重");
        let zalgo = "e".to_owned() + &"\u{301}".repeat(1000);
        assert_eq!(clean_in_place(&zalgo).trim_end().chars().count(), 1 + MAX_MARKS);
    }

    #[test]
    fn keys_type_letters_of_every_script_and_nothing_unseen() {
        let typed = |text: &str| {
            text.chars().fold(String::new(), |out, c| if may_follow(&out, c) { out + &c.to_string() } else { out })
        };
        for text in ["重庆 a\u{301}", "می\u{200c}خواهم", "👩\u{200d}⚕\u{fe0f}"] {
            assert_eq!(typed(text), text);
        }
        assert_eq!(typed("a\u{202e}\u{200b}\u{200e}\u{9b}b"), "ab");
        assert_eq!(typed(&("e".to_owned() + &"\u{301}".repeat(100))).chars().count(), 1 + MAX_MARKS);
        assert_eq!(typed(&"👩\u{200d}".repeat(100)).matches('\u{200d}').count(), MAX_MARKS);
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent_and_leaves_no_control(raw in any::<String>()) {
            let once = clean(&raw).into_owned();
            prop_assert_eq!(&*clean(&once), &*once);
            prop_assert!(!once.chars().any(char::is_control));
        }
    }
}
