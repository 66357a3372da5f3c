//! The names under which measures can be asked for.

use crate::catalog::Catalog;
use crate::search::text::fold::{MAX_FIELD, fold};
use crate::text::Text;

/// Every name under which a measure or a family can be asked for: the family's id, the measure's id, what
/// follows the point in it, and its label, all in lower case.
pub(crate) fn measure_names(catalog: &Catalog) -> impl Iterator<Item = (String, &Text)> {
    catalog.measures().by_family().flat_map(|(family, measure)| {
        let short = measure.id.split_once('.').map_or("", |(_, short)| short);
        let label = fold(&measure.label, MAX_FIELD).replace(' ', "-");
        let names = [family.id.to_lowercase(), measure.id.to_lowercase(), short.to_lowercase(), label];
        names.into_iter().filter(|name| !name.is_empty()).map(|name| (name, &measure.id))
    })
}

/// The measures that `name` stands for.
pub(crate) fn measures(name: &str, catalog: &Catalog) -> Vec<Text> {
    let mut ids: Vec<Text> =
        measure_names(catalog).filter(|(known, _)| known == name).map(|(_, id)| id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A number that a hospital states of one of some measures: one of the first, so that not all are read.
pub(crate) fn example(ids: &[Text], catalog: &Catalog) -> Option<f64> {
    /// Most hospitals looked at.
    const FIRST: usize = 500;
    let may_state = |id: &&Text| catalog.outline().may_state(id);
    let ids: Vec<&Text> = ids.iter().filter(may_state).collect();
    let mut keys = catalog.keys().take(if ids.is_empty() { 0 } else { FIRST });
    keys.find_map(|key| {
        let details = catalog.details(key);
        let mut figures = details.figures.iter().filter(|figure| ids.contains(&&figure.measure));
        let interval = figures.find_map(crate::catalog::Figure::interval)?;
        Some(if interval.low.is_finite() { interval.low } else { interval.high })
    })
}
