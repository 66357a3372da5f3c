//! A comparison of two hospitals: rows of measures, facts in words, lists of names.

use crate::catalog::{Catalog, HospitalKey};
use crate::compare::facts::{self, FactRow};
use crate::compare::lists::{self, ComparedList};
use crate::compare::pairing;
use crate::compare::row::Row;

/// A comparison of two hospitals.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The catalog that has both hospitals.
    pub catalog: &'a Catalog,
    /// The hospital on the left.
    pub left: HospitalKey,
    /// The hospital on the right.
    pub right: HospitalKey,
    /// The measures, by family.
    pub rows: Vec<Row<'a>>,
    /// Facts in words: kind, place, grade.
    pub facts: Vec<FactRow<'a>>,
    /// Lists of names: rankings, accreditations, specialties, partners.
    pub lists: Vec<ComparedList<'a>>,
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
            facts: facts::facts(catalog, left, right),
            lists: lists::lists(catalog, left, right),
        }
    }
}
