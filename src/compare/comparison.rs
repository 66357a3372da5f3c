//! Two hospitals, compared: rows of measures, statements in words, lists of names.

use crate::catalog::{Catalog, Hospital, HospitalKey};
use crate::compare::lists::{self, Lists};
use crate::compare::pairing;
use crate::compare::row::Row;
use crate::compare::statements::{self, FactRow};

/// Two hospitals, compared.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// What both were loaded in.
    pub catalog: &'a Catalog,
    /// The hospital on the left.
    pub left: HospitalKey,
    /// The hospital on the right.
    pub right: HospitalKey,
    /// Measures, by family.
    pub rows: Vec<Row<'a>>,
    /// Statements in words: kind, place, grade.
    pub facts: Vec<FactRow<'a>>,
    /// Rankings, accreditations, specialties, partners: named in both texts, or in one.
    pub lists: Vec<Lists<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares the hospitals at `left` and `right`.
    #[must_use]
    pub fn new(catalog: &'a Catalog, left: HospitalKey, right: HospitalKey) -> Self {
        Self {
            catalog,
            left,
            right,
            rows: pairing::rows(catalog, [left, right]),
            facts: statements::facts(catalog, left, right),
            lists: lists::lists(catalog, left, right),
        }
    }

    /// The hospital on the left.
    #[must_use]
    pub fn left_hospital(&self) -> &'a Hospital {
        self.catalog.hospital(self.left)
    }

    /// The hospital on the right.
    #[must_use]
    pub fn right_hospital(&self) -> &'a Hospital {
        self.catalog.hospital(self.right)
    }
}
