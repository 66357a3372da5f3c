//! Names that several hospitals have.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use crate::catalog::summary::Summary;
use crate::text::Text;

/// Whether another hospital has the name of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SameName {
    /// No other hospital has the name.
    None,
    /// Only hospitals in other places have it.
    Elsewhere,
    /// A hospital in the same place has it.
    SamePlace,
}

/// Hashes of the names, and of the names with their places, that several hospitals have.
#[derive(Clone, Debug, Default)]
pub(super) struct SameNames {
    names: HashSet<u64>,
    places: HashSet<u64>,
}

impl SameNames {
    pub(super) fn of<'a>(hospitals: impl Iterator<Item = Summary<'a>>) -> Self {
        let (mut same, mut names, mut places) = (Self::default(), HashSet::new(), HashSet::new());
        for hospital in hospitals {
            let (name, place) = (name_hash(&hospital), place_hash(&hospital));
            if !names.insert(name) {
                same.names.insert(name);
            }
            if !places.insert(place) {
                same.places.insert(place);
            }
        }
        same
    }

    pub(super) fn as_of(&self, hospital: &Summary) -> SameName {
        if !self.names.contains(&name_hash(hospital)) {
            SameName::None
        } else if self.places.contains(&place_hash(hospital)) {
            SameName::SamePlace
        } else {
            SameName::Elsewhere
        }
    }
}

fn name_hash(hospital: &Summary) -> u64 {
    FixedState::default().hash_one(hospital.name)
}

fn place_hash(hospital: &Summary) -> u64 {
    FixedState::default().hash_one((hospital.name, hospital.place().map(|part| part.map(Text::as_str))))
}
