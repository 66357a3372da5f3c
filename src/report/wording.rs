//! The phrases that every view shares, so that a figure reads the same wherever it stands.

use crate::catalog::{
    self, Catalog, Figure, Hospital, HospitalKey, Interval, Measure, Missing, Observed, Period, Quantity, Source,
};
use crate::compare::{Row, Side};
use crate::text::Text;

/// A figure's value with its unit sign: `more than 1,500`, `nearly 40%`, `not available`.
#[must_use]
pub fn value(measure: &Measure, figure: &Figure) -> String {
    match figure.value {
        Observed::Missing(reason) => reason.words().to_owned(),
        Observed::Stated(quantity) => with_symbol(measure, quantity),
    }
}

fn with_symbol(measure: &Measure, quantity: Quantity) -> String {
    format!("{quantity}{}", measure.symbol.as_deref().map_or(String::new(), spaced))
}

/// A percent sign stands close; a unit stands off.
fn spaced(symbol: &str) -> String {
    if symbol == "%" { symbol.to_owned() } else { format!(" {symbol}") }
}

/// The period in words.
#[must_use]
pub fn period(period: Option<&Period>) -> String {
    period.map_or_else(|| catalog::period::NONE.to_owned(), Period::to_string)
}

/// All values of one side of a row, or why there is none.
#[must_use]
pub fn side(measure: &Measure, side: &Side) -> String {
    let stated: Vec<String> = side.figures.iter().map(|figure| value(measure, figure)).collect();
    if stated.is_empty() || side.missing().is_some() { missing(measure, side).to_owned() } else { stated.join(" / ") }
}

/// Why a side has no number.
#[must_use]
pub fn missing(measure: &Measure, side: &Side) -> &'static str {
    match side.missing() {
        Some(Missing::NotInSource) if measure.formula.is_some() => "a part is missing",
        Some(reason) => reason.words(),
        None => "",
    }
}

/// A figure beside the ones compared, in one phrase: `880 beds put into use, no period stated`.
#[must_use]
pub fn aside(catalog: &Catalog, figure: &Figure) -> String {
    let label = catalog.measures().get(&figure.measure).map_or(figure.measure.as_str(), |measure| &measure.label);
    let value = catalog.measures().get(&figure.measure).map_or(String::new(), |measure| value(measure, figure));
    format!("{value} {label}, {}", period(figure.period.as_ref()))
}

/// A row's label, with the part that it counts.
#[must_use]
pub fn row_label(row: &Row) -> String {
    match row.part {
        Some(part) => format!("{}, {part}", row.measure.label),
        None => row.measure.label.to_string(),
    }
}

/// How much larger the larger side is: `1,045 more`, `more than 620 more`, `300 to 400 more`.
#[must_use]
pub fn difference(row: &Row) -> Option<String> {
    let apart = row.difference()?;
    let sign = row.measure.symbol.as_deref().map_or(String::new(), |symbol| {
        // The difference of two shares is in points, not per cent of anything.
        if symbol == "%" { " points".to_owned() } else { spaced(symbol) }
    });
    if apart.low <= 0.0 && apart.high.is_infinite() {
        return Some("larger; by how much is not stated".to_owned());
    }
    Some(format!("{}{sign} more", amount(&apart)))
}

fn amount(apart: &Interval) -> String {
    let number = |n: f64| crate::catalog::quantity::group((n * 1e6).round() / 1e6);
    match (apart.point(), apart.high.is_finite()) {
        (Some(n), _) => number(n),
        (None, true) if apart.low <= 0.0 => format!("up to {}", number(apart.high)),
        (None, true) => format!("{} to {}", number(apart.low), number(apart.high)),
        (None, false) if apart.low_open => format!("more than {}", number(apart.low)),
        (None, false) => format!("at least {}", number(apart.low)),
    }
}

/// How a derived figure was worked out: `visits 3.37 million (2019) ÷ open beds 1,925 (no period stated)`.
#[must_use]
pub fn formula(catalog: &Catalog, figure: &Figure) -> Option<String> {
    let formula = catalog.measures().get(&figure.measure)?.formula.as_ref()?;
    let part = |part: &Figure| {
        let measure = catalog.measures().get(&part.measure)?;
        Some(format!("{} {} ({})", measure.label, value(measure, part), period(part.period.as_ref())))
    };
    let parts = figure.parts.iter().filter_map(part).collect::<Vec<_>>().join(" ÷ ");
    let times = formula.times.map_or(String::new(), |times| format!(" × {}", catalog::quantity::group(times)));
    let days = if formula.per_day { " ÷ days of the year" } else { "" };
    Some(format!("derived: {parts}{times}{days}"))
}

/// A figure's scope in words.
#[must_use]
pub fn scope<'a>(hospital: &'a Hospital, figure: &'a Figure) -> &'a str {
    hospital.scope_name(figure.scope.as_ref()).unwrap_or("whole hospital")
}

/// A source as a line of a bibliography.
#[must_use]
pub fn source(source: &Source) -> String {
    let or = |text: &Option<Text>, missing: &str| text.as_ref().map_or(missing.to_owned(), Text::to_string);
    let language = source.language.as_deref().map_or(String::new(), |tag| format!(", in {}", language_name(tag)));
    format!(
        "“{}”, {}, {}{language}, {}",
        source.title,
        or(&source.publisher, "publisher not stated"),
        or(&source.published, "undated"),
        or(&source.address, "no address given")
    )
}

fn language_name(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "zh" | "zh-Hans" | "zh-Hant" => "Chinese",
        other => other,
    }
}

/// The sources on some hospitals, numbered from 1 in the order in which their records name them, so that a
/// source has one number on every page of them.
#[derive(Clone, Debug)]
pub struct Citations<'a> {
    catalog: &'a Catalog,
    sources: Vec<&'a Source>,
    cited: Vec<bool>,
}

impl<'a> Citations<'a> {
    /// The sources on the hospitals at `keys`, none cited yet.
    #[must_use]
    pub fn new(catalog: &'a Catalog, keys: &[HospitalKey]) -> Self {
        let mut sources: Vec<&Source> = Vec::new();
        for &key in keys {
            for source in catalog.hospital(key).sources().filter_map(|id| catalog.source(key, id)) {
                if !sources.iter().any(|known| std::ptr::eq(*known, source)) {
                    sources.push(source);
                }
            }
        }
        let cited = vec![false; sources.len()];
        Self { catalog, sources, cited }
    }

    /// The number of the source that a record of the hospital at `key` names; it counts as cited from now on.
    pub fn number(&mut self, key: HospitalKey, id: &str) -> usize {
        let source = self.catalog.source(key, id);
        let at = source.and_then(|source| self.sources.iter().position(|known| std::ptr::eq(*known, source)));
        at.map_or(0, |at| {
            self.cited[at] = true;
            at + 1
        })
    }

    /// The mark of that source: `[1]`.
    pub fn mark(&mut self, key: HospitalKey, id: &str) -> String {
        format!("[{}]", self.number(key, id))
    }

    /// The marks of a figure's sources: `[1]`, or `[1][2]` for a derived one with parts of two.
    pub fn marks(&mut self, key: HospitalKey, figure: &Figure) -> String {
        let mut numbers: Vec<usize> = figure.sources().map(|id| self.number(key, id)).collect();
        numbers.dedup();
        let marks: Vec<String> = numbers.into_iter().map(|number| format!("[{number}]")).collect();
        marks.concat()
    }

    /// All sources, in the order of their numbers.
    pub fn all(&self) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().copied()
    }

    /// The sources cited, with their numbers.
    pub fn list(&self) -> impl Iterator<Item = (usize, &'a Source)> {
        let numbered = self.sources.iter().enumerate().map(|(at, source)| (at + 1, *source));
        numbered.zip(&self.cited).filter(|(_, cited)| **cited).map(|(numbered, _)| numbered)
    }
}
