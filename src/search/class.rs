//! Where and how closely a query matches, in one number.

use super::{Field, Tier};

/// Where and how closely a row matches, in one number: smaller is better. A match's tier decides, then its
/// field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(pub u8);

impl Class {
    /// No match.
    pub const NONE: Self = Self(u8::MAX);

    /// A match of that tier in that field.
    pub fn new(tier: Tier, field: Field) -> Self {
        Self(tier as u8 * 8 + field as u8)
    }

    /// A match, if there is one, in that field.
    pub fn of(tier: Option<Tier>, field: Field) -> Self {
        tier.map_or(Self::NONE, |tier| Self::new(tier, field))
    }

    /// Whether there is a match.
    pub fn is_match(self) -> bool {
        self != Self::NONE
    }

    /// The tier of a match, as a number.
    pub fn tier_number(self) -> u8 {
        self.0 / 8
    }

    /// The tier of a match.
    pub fn tier(self) -> Tier {
        const TIERS: [Tier; 7] = [
            Tier::Whole,
            Tier::Prefix,
            Tier::WordPrefix,
            Tier::AnyOrder,
            Tier::Acronym,
            Tier::Substring,
            Tier::Scattered,
        ];
        TIERS[usize::from(self.tier_number()).min(TIERS.len() - 1)]
    }

    /// The field of a match.
    pub fn field(self) -> Field {
        const FIELDS: [Field; 5] = [Field::Name, Field::NativeName, Field::Alias, Field::Place, Field::Id];
        FIELDS[usize::from(self.0 % 8).min(FIELDS.len() - 1)]
    }

    /// Two words' matches taken together: no better than the weaker, and no phrase.
    pub fn and(self, other: Self) -> Self {
        if !self.is_match() || !other.is_match() {
            return Self::NONE;
        }
        let tier = self.tier_number().max(other.tier_number()).max(Tier::AnyOrder as u8);
        Self(tier * 8 + (self.0 % 8).max(other.0 % 8))
    }
}

impl Default for Class {
    fn default() -> Self {
        Self::NONE
    }
}
