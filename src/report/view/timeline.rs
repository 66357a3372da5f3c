//! The values of a measure over time.

use crate::catalog::{Figure, Period};
use crate::compare::{Bar, Row, bars_of};
use crate::report::wording;

/// For each side, its values of one method over time: period, value, bar. Empty if a side has only one.
pub(super) fn of(row: &Row) -> [Vec<(String, String, Bar)>; 2] {
    let figures = row.sides().map(|side| {
        let method = |figure: &Figure| -> Vec<Option<bool>> {
            let period = figure.period.as_ref();
            side.measure.breaks.iter().map(|one| period.and_then(|period| one.is_after(period))).collect()
        };
        let shown = side.figures.first().map(|figure| method(figure));
        let is_timed = |figure: &&&Figure| {
            let is_known = figure.period.as_ref().is_some_and(|period| period.is_known() || period.is_edition());
            is_known && figure.interval().is_some() && figure.measure == side.measure.id && figure.scope.is_none()
        };
        let timed = side.figures.iter().chain(&side.also).filter(is_timed);
        let mut series: Vec<&Figure> = timed.filter(|figure| Some(method(figure)) == shown).copied().collect();
        series.sort_by_key(|figure| figure.period.as_ref().map(Period::age));
        let is_drawn = series.len() > 1 && side.breakdown.is_empty() && !side.measure.ordinal;
        if is_drawn { series } else { Vec::new() }
    });
    let values = figures.iter().flatten().filter_map(|figure| figure.interval());
    let mut bars = bars_of(&values.collect::<Vec<_>>()).unwrap_or_default().into_iter();
    let mut measures = row.sides().map(|side| side.measure).into_iter();
    figures.map(|figures| {
        let measure = measures.next().unwrap_or(row.left.measure);
        let line = |figure: &Figure| {
            Some((wording::period(figure.period.as_ref()), wording::value(measure, figure), bars.next()?))
        };
        figures.into_iter().filter_map(line).collect()
    })
}
