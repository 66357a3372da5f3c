//! Values of a state or a country beside those of two hospitals.

use crate::catalog::{Catalog, Figure, HospitalKey, Measure, Period};
use crate::report::wording;

/// What the files that speak of the two hospitals give for a whole state or country, of that measure and for a time of one of
/// the figures: `New York State - All Hospitals: 1.43, 2008`.
pub(super) fn of(catalog: &Catalog, keys: [HospitalKey; 2], measure: &Measure, figures: &[&Figure]) -> Vec<String> {
    let is_of_time = |period: Option<&Period>| figures.iter().any(|figure| figure.period.as_ref() == period);
    let mut found: Vec<String> = Vec::new();
    for reference in keys.iter().flat_map(|key| catalog.datasets_on(*key)).flat_map(|dataset| &dataset.references) {
        let same = reference.figures.iter().filter(|figure| figure.measure == measure.id);
        for figure in same.filter(|figure| figure.quantity().is_some() && is_of_time(figure.period.as_ref())) {
            let (value, when) = (wording::value(measure, figure), wording::period(figure.period.as_ref()));
            let text = format!("{}: {value}, {when}", reference.label);
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}
