//! Which characters a text has, in two words of bits. Most texts cannot match, and these bits alone show it.

use crate::search::text::fold::is_han;
use crate::search::text::pinyin_table::PinyinTable;

/// The bit of `initials` that tells of a Chinese character.
pub(crate) const HAN: u32 = 1 << 31;

/// The bit of a character in a set of them. Letters and digits have one each.
#[inline]
pub(crate) const fn character_bit(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
        ' ' => 0,
        _ => 1 << (36 + c as u32 % 27),
    }
}

/// The bit of a character in a set of those with which words start. Letters have one each.
#[inline]
pub(crate) fn initial_bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        _ => 1 << (26 + u32::from(c) % 5),
    }
}

/// Which characters a folded text has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signature {
    pub characters: u64,
    /// Those with which its words start: [`initial_bit`], and [`HAN`].
    pub initials: u32,
}

impl Signature {
    /// That of a folded text; the letters of its pinyin count too.
    pub(crate) fn new(text: &str, table: &PinyinTable) -> Self {
        let (mut all, mut before) = (Self::default(), ' ');
        for c in text.chars() {
            all.characters |= character_bit(c);
            if before == ' ' || is_han(c) || is_han(before) {
                all.initials |= initial_bit(c);
            }
            if is_han(c) {
                all.initials |= HAN;
                if let Some(readings) = table.readings(c) {
                    all.characters |= u64::from(readings.all_letters);
                    all.initials |= readings.first_letters;
                }
            }
            before = c;
        }
        all
    }

    /// That of two texts together.
    pub(crate) fn union(self, other: Self) -> Self {
        Self { characters: self.characters | other.characters, initials: self.initials | other.initials }
    }

    pub(crate) fn has_han(self) -> bool {
        self.initials & HAN != 0
    }
}
