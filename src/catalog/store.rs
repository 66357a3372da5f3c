//! Everything loaded, and how to ask for it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::columns::{Columns, get_or_make};
use crate::catalog::dataset::Dataset;
use crate::catalog::derive;
use crate::catalog::details::Details;
use crate::catalog::figure::Figure;
use crate::catalog::figure_column::FigureColumn;
use crate::catalog::hospital::Hospital;
use crate::catalog::hospitals::Hospitals;
use crate::catalog::key::HospitalKey;
use crate::catalog::measure::{Family, Measure, MeasureTable};
use crate::catalog::outline::{self, FieldUse, Outline};
use crate::catalog::period::Period;
use crate::catalog::points::Points;
use crate::catalog::reporting::Reporting;
use crate::catalog::same_name::{SameName, SameNames};
use crate::catalog::source::Source;
use crate::catalog::summary::Summary;
use crate::catalog::text_column::TextColumn;
use crate::catalog::text_field::TextField;
use crate::text::Text;

/// Everything loaded: hospitals in file order, measures, sources. A copy shares the hospitals, not the columns.
#[derive(Clone, Debug)]
pub struct Catalog {
    pub(super) datasets: Vec<Arc<Dataset>>,
    pub(super) measures: Arc<MeasureTable>,
    /// Which dataset added a measure to the built-in ones.
    pub(super) measures_of: HashMap<Text, usize>,
    pub(super) hospitals: Hospitals,
    /// What has been asked of all hospitals.
    pub(super) columns: Columns,
}

impl Default for Catalog {
    fn default() -> Self {
        Self {
            datasets: Vec::new(),
            measures: MeasureTable::shared(),
            measures_of: HashMap::new(),
            hospitals: Hospitals::default(),
            columns: Columns::default(),
        }
    }
}

impl Catalog {
    /// What is loaded, in words.
    #[must_use]
    pub(crate) fn title(&self) -> String {
        let titles: Vec<&str> = self.datasets.iter().map(|dataset| dataset.title().as_str()).collect();
        titles.join(" + ")
    }

    /// The files that were loaded.
    #[must_use]
    pub fn datasets(&self) -> &[Arc<Dataset>] {
        &self.datasets
    }

    /// How many hospitals are loaded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hospitals.len()
    }

    /// Whether no hospital is loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hospitals.is_empty()
    }

    /// The hospitals in catalog order. Each is made and kept: who looks at all takes [`Self::summaries`] and
    /// [`Self::details`].
    pub fn hospitals(&self) -> impl Iterator<Item = (HospitalKey, &Hospital)> + Clone {
        self.keys().zip(self.hospitals.iter())
    }

    /// The keys of all hospitals, in catalog order.
    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = HospitalKey> + Clone + use<> {
        (0..self.len()).map(HospitalKey::at)
    }

    /// What a list shows of each hospital, in catalog order.
    pub(crate) fn summaries(&self) -> impl Iterator<Item = (HospitalKey, Summary<'_>)> + Clone {
        self.keys().zip(self.hospitals.summaries())
    }

    /// The same in parts, in catalog order, for several cores.
    pub(crate) fn summaries_in_parts(&self) -> impl Iterator<Item = impl Iterator<Item = (HospitalKey, Summary<'_>)>> {
        self.hospitals
            .chunks()
            .map(|(first, chunk)| (0..chunk.len()).map(move |at| (HospitalKey::at(first + at), chunk.summary(at))))
    }

    /// What a list shows of the hospital at `key`.
    #[must_use]
    pub(crate) fn summary(&self, key: HospitalKey) -> Summary<'_> {
        self.hospitals.summary(key.index())
    }

    /// City, region and country of the hospital at `key`, without a look at its names.
    pub(crate) fn place(&self, key: HospitalKey) -> [Option<&Text>; 3] {
        self.hospitals.place(key.index())
    }

    /// The details of the hospital at `key`. What has to be read for that is not kept.
    #[must_use]
    pub(crate) fn details(&self, key: HospitalKey) -> Cow<'_, Details> {
        self.hospitals.details(key.index())
    }

    /// The row of a file in which all stands that is said of the hospital at `key`; none if several do, or it has none.
    pub(crate) fn row_text(&self, key: HospitalKey) -> Option<&str> {
        self.hospitals.row_text(key.index())
    }

    /// The hospital at `key`.
    ///
    /// # Panics
    ///
    /// When the key is of another, larger catalog.
    #[must_use]
    pub fn hospital(&self, key: HospitalKey) -> &Hospital {
        &self.hospitals[key.index()]
    }

    /// The hospital at `key`, made for one look.
    #[must_use]
    pub(crate) fn copy_of(&self, key: HospitalKey) -> Hospital {
        self.hospitals.copy_of(key.index())
    }

    /// The first hospital of exactly that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<HospitalKey> {
        self.all_by_id(id).next()
    }

    /// The hospitals of exactly that id: several datasets may each have one.
    pub fn all_by_id(&self, id: &str) -> impl Iterator<Item = HospitalKey> + Clone {
        self.summaries().filter(move |(_, hospital)| hospital.id == id).map(|(key, _)| key)
    }

    /// The figures of the hospital at `key`: what its sources state, then what is derived from that.
    pub fn figures(&self, key: HospitalKey) -> impl Iterator<Item = &Figure> {
        let details = &self.hospital(key).details;
        details.figures.iter().chain(details.derived(&self.measures))
    }

    /// The latest figure of a measure for the whole of the hospital at `key`, of unknown periods the last named; read for
    /// one look.
    #[must_use]
    pub fn latest(&self, key: HospitalKey, measure: &str) -> Option<Figure> {
        let details = self.details(key);
        let derived = derive::derived(&details.figures, &self.measures);
        let figures = details.figures.iter().chain(&derived);
        let whole = figures.filter(|figure| figure.measure.as_str() == measure && figure.scope.is_none());
        whole.max_by_key(|figure| figure.period.as_ref().map(Period::age)).cloned()
    }

    /// Whether another hospital has the name of the one at `key`.
    #[must_use]
    pub(crate) fn same_name(&self, key: HospitalKey) -> SameName {
        let same = get_or_make(&self.columns.same_names, || SameNames::of(self.hospitals.summaries()));
        same.as_of(&self.summary(key))
    }

    /// Whether another hospital has the name of the one at `key`, and how many report a measure, are known at once: either
    /// it has been found out before, or the hospitals are few. Who must not wait asks this first.
    #[must_use]
    pub(crate) fn is_surveyed(&self) -> bool {
        let is_known = self.columns.same_names.get().is_some() && self.columns.reporting.get().is_some();
        is_known || self.len() <= Hospitals::CHUNK
    }

    /// Finds that out.
    pub(crate) fn survey(&self) {
        let _ = self.reporters();
        if let Some(key) = self.keys().next() {
            let _ = self.same_name(key);
        }
    }

    /// The texts of a field, of all hospitals.
    #[must_use]
    pub(crate) fn texts(&self, field: &TextField) -> Arc<TextColumn> {
        self.columns.texts(field, self.len(), || TextColumn::new(&self.hospitals, field))
    }

    /// Where all hospitals lie.
    #[must_use]
    pub(crate) fn points(&self) -> &Points {
        get_or_make(&self.columns.points, || Points::new(&self.hospitals))
    }

    /// What the files may say, without a look at their rows.
    #[must_use]
    pub(crate) fn outline(&self) -> &Outline {
        get_or_make(&self.columns.outline, || Outline::new(&self.hospitals, &self.measures))
    }

    /// How many hospitals say something in each field, with an example; none when no longer `wanted`. Every row is read for
    /// that, once.
    pub(crate) fn field_uses(&self, wanted: &(dyn Fn() -> bool + Sync)) -> Option<&[FieldUse]> {
        if self.columns.field_uses.get().is_none() {
            let uses = outline::count(&self.hospitals, wanted)?;
            get_or_make(&self.columns.field_uses, || uses);
        }
        self.columns.field_uses.get().map(Vec::as_slice)
    }

    /// The figures of a measure, of all hospitals; also those that are derived.
    #[must_use]
    pub(crate) fn figure_column(&self, measure: &Text) -> Arc<FigureColumn> {
        self.columns.figures(measure).unwrap_or_else(|| {
            let _ = self.read_figures(std::slice::from_ref(measure), &|| true);
            self.columns.figures(measure).unwrap_or_default()
        })
    }

    /// Reads the figures of some measures at once, as far as they have not been asked for; none when no longer `wanted`. Then
    /// the next reading goes on from there.
    pub(crate) fn read_figures(&self, measures: &[Text], wanted: &(dyn Fn() -> bool + Sync)) -> Option<()> {
        let unread: Vec<Text> =
            measures.iter().filter(|measure| self.columns.figures(measure).is_none()).cloned().collect();
        if unread.is_empty() {
            return Some(());
        }
        let mut reading = self.columns.reading(unread);
        let dataset = |key| self.dataset_index(key);
        if reading.read_while(&self.hospitals, &self.measures, &dataset, wanted) {
            self.columns.keep_figures(reading.finish(), measures.len(), self.len());
            return Some(());
        }
        self.columns.keep_reading(reading);
        None
    }

    /// Which hospitals state a number of which measure.
    #[must_use]
    pub(crate) fn reporters(&self) -> &Reporting {
        get_or_make(&self.columns.reporting, || Reporting::new(&self.hospitals, &self.measures))
    }

    /// How many hospitals give a number of a measure for the whole of them, by its id; or the numbers from which it is
    /// derived.
    #[must_use]
    pub(crate) fn reporting(&self, measure: &str) -> usize {
        self.reporters().whole(measure)
    }

    /// The same figures family by family and measure by measure, as they are shown.
    pub(crate) fn figures_by_family(&self, key: HospitalKey) -> impl Iterator<Item = (&Family, &Measure, &Figure)> {
        let mut figures: HashMap<&str, Vec<&Figure>> = HashMap::new();
        for figure in self.figures(key) {
            figures.entry(figure.measure.as_str()).or_default().push(figure);
        }
        self.measures.by_family().flat_map(move |(family, measure)| {
            let of_measure = figures.remove(measure.id.as_str()).unwrap_or_default();
            of_measure.into_iter().map(move |figure| (family, measure, figure))
        })
    }

    /// The file that a hospital came from.
    #[must_use]
    pub(crate) fn dataset(&self, key: HospitalKey) -> &Dataset {
        &self.datasets[self.dataset_index(key)]
    }

    /// The place among the loaded files of the one that a hospital came from.
    #[must_use]
    pub(crate) fn dataset_index(&self, key: HospitalKey) -> usize {
        // An empty file starts where the next one does, and holds none.
        self.datasets.partition_point(|dataset| dataset.first <= key.index()) - 1
    }

    /// The files that may speak of a hospital: the one that it came from, and others with ids of the same scheme.
    fn related(&self, key: HospitalKey) -> impl Iterator<Item = &Arc<Dataset>> {
        let origin = &self.datasets[self.dataset_index(key)];
        let shares = move |other: &&Arc<Dataset>| origin.shares_ids(other) && !Arc::ptr_eq(origin, other);
        std::iter::once(origin).chain(self.datasets.iter().filter(shares))
    }

    /// The files whose sources speak of the hospital at `key`, the one that it came from first.
    #[must_use]
    pub fn datasets_on(&self, key: HospitalKey) -> Vec<&Dataset> {
        let mut related = self.related(key).map(|dataset| &**dataset);
        let origin = related.next();
        let mut related = related.peekable();
        // A look at a hospital's sources reads its row, which a list of all need not do.
        let details = related.peek().is_some().then(|| self.details(key));
        let speaks = |dataset: &&Dataset| {
            details.as_ref().is_some_and(|details| details.sources().any(|id| dataset.source(id).is_some()))
        };
        origin.into_iter().chain(related.filter(speaks)).collect()
    }

    /// The titles of those files.
    #[must_use]
    pub(crate) fn titles_on(&self, key: HospitalKey) -> String {
        let titles: Vec<&str> = self.datasets_on(key).into_iter().map(|dataset| dataset.title().as_str()).collect();
        titles.join(" + ")
    }

    /// The source that a record of the hospital at `key` names. Loading made sure that it exists.
    #[must_use]
    pub fn source(&self, key: HospitalKey, id: &str) -> Option<&Source> {
        self.origin(key, id).map(|(_, source)| source)
    }

    /// The file and the source that a record of the hospital at `key` names.
    #[must_use]
    pub(crate) fn origin(&self, key: HospitalKey, id: &str) -> Option<(&Dataset, &Source)> {
        self.related(key).find_map(|dataset| Some((&**dataset, dataset.source(id)?)))
    }

    /// How many rows of all files were rejected.
    #[must_use]
    pub fn rejected_rows(&self) -> usize {
        self.datasets.iter().map(|dataset| dataset.rejected.count).sum()
    }

    /// The measures in force.
    #[must_use]
    pub fn measures(&self) -> &MeasureTable {
        &self.measures
    }
}
