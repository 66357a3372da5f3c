//! What a query finds.

use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::facets::Facet;
use crate::search::highlight::{self, Hit};
use crate::search::index::catalog_index::Index;
use crate::search::matching::word::Word;
use crate::search::point_map::PointMap;
use crate::search::query::complete::Suggestion;
use crate::search::query::parse::Query;

/// What a query finds.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many hospitals match, but for those of [`Self::by_gaps`].
    pub total: usize,
    /// How many more match only by letters with gaps; they follow on the others.
    pub by_gaps: usize,
    /// How many more may match: their sources leave the number open.
    pub possibly: usize,
    /// How many hospitals without coordinates match all else, where the query names a place: they come last, and within no
    /// distance.
    pub without_place: usize,
    /// The first of those that match, as many as were wanted: first those that match closely, then those by letters with gaps.
    pub keys: Vec<HospitalKey>,
    /// The query as it was understood.
    pub query: Arc<Query>,
    /// What the part of the query at the caret may become.
    pub suggestions: Vec<Suggestion>,
    /// How many of the hospitals have each country, kind and so on, if that was asked.
    pub facets: Option<Vec<Facet>>,
    /// Where the hospitals lie, but for those of [`Self::by_gaps`], if that was asked.
    pub points: Option<Arc<PointMap>>,
    pub(crate) words: Arc<Vec<Word>>,
    pub(crate) index: Arc<Index>,
    /// What was searched; none when nothing was.
    pub(crate) catalog: Option<Arc<Catalog>>,
}

impl Answer {
    /// The answer to an empty query: all hospitals of `catalog`, the first `want` of them at hand.
    #[must_use]
    pub(crate) fn all(catalog: &Catalog, want: usize) -> Self {
        let keys = catalog.keys().take(want).collect();
        Self { total: catalog.len(), keys, ..Self::default() }
    }

    /// How many hospitals the whole list has: [`Self::total`], then those by gaps.
    #[must_use]
    pub fn length(&self) -> usize {
        self.total + self.by_gaps
    }

    /// How many metres it is from the place that the query names to the hospital at `key`; none where it names none, or no
    /// file says where the hospital lies.
    #[must_use]
    pub fn distance(&self, key: HospitalKey) -> Option<f64> {
        let (place, catalog) = (self.query.near()?, self.catalog.as_ref()?);
        catalog.points().of(key).map(|point| place.metres_to(point))
    }

    /// What to highlight of the hospital at `key`, which this answer found.
    #[must_use]
    pub(crate) fn hit(&self, key: HospitalKey) -> Hit {
        self.catalog
            .as_ref()
            .map_or_else(Hit::default, |catalog| highlight::hit(&self.words, &self.index, catalog, key))
    }
}
