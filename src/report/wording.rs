//! The phrases that every view shares, so that a figure reads the same wherever it stands.

use crate::catalog::{
    self, Catalog, Dataset, Figure, Hospital, HospitalKey, Interval, Measure, Missing, Observed, Period, Quantity,
    Scope, Source,
};
use crate::compare::{Comparison, Gap, Row, Side};
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

/// A gap in words: the measure, and why when there is more to say than that no source gives it.
#[must_use]
pub fn gap(gap: &Gap) -> String {
    let why = match gap.why {
        Missing::NotInSource if gap.has_part => " (only for a part)".to_owned(),
        Missing::NotInSource => String::new(),
        why => format!(" ({})", why.words()),
    };
    format!("{}{why}", gap.measure.label)
}

/// The gaps of a side by family: the family's heading, and its gaps in words.
#[must_use]
pub fn gaps<'a>(gaps: &[Gap<'a>]) -> Vec<(&'a str, String)> {
    let mut families: Vec<(&str, Vec<String>)> = Vec::new();
    for one in gaps {
        match families.last_mut().filter(|(family, _)| *family == one.family.label.as_str()) {
            Some((_, words)) => words.push(gap(one)),
            None => families.push((&one.family.label, vec![gap(one)])),
        }
    }
    families.into_iter().map(|(family, words)| (family, words.join("; "))).collect()
}

/// The heading of what datasets say under headings of their own.
pub const EXTRA: &str = "Other columns of the dataset";

/// `1 measure`, `2,000 measures`.
#[must_use]
pub fn count(count: usize, one: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nothing here is counted by the quadrillion")]
    let number = catalog::quantity::group(count as f64);
    if count == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How many rows have which verdict: `39 rows: overlapping 2 · different period 4`.
#[must_use]
pub fn tally(comparison: &Comparison) -> String {
    if comparison.rows.is_empty() {
        return "The sources give no figures on either".to_owned();
    }
    let counts = comparison.tally().into_iter().map(|(verdict, count)| format!("{} {count}", verdict.words()));
    format!("{}: {}", count(comparison.rows.len(), "row"), counts.collect::<Vec<_>>().join(" · "))
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
        Some(Missing::NotInSource) if measure.formula.is_some() => {
            "cannot be derived: a part is missing, or not one number"
        }
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

/// A measure's label, with the direction that its publisher gives.
#[must_use]
pub fn label(measure: &Measure) -> String {
    match measure.direction {
        Some(direction) => format!("{} ({})", measure.label, direction.words()),
        None => measure.label.to_string(),
    }
}

/// A row's label, with the part that it counts.
#[must_use]
pub fn row_label(row: &Row) -> String {
    let label = label(row.measure);
    match (row.part, row.scope()) {
        (Some(part), Some(Scope::Campus(_))) => format!("{label}, {part} (campus)"),
        (Some(part), _) => format!("{label}, {part}"),
        (None, _) => label,
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
    let times = row.ratio().map_or(String::new(), |ratio| format!(" ({} times)", amount(&ratio)));
    Some(format!("{}{sign} more{times}", amount(&apart)))
}

fn amount(apart: &Interval) -> String {
    let (low, high) = (digits(apart.low), digits(apart.high));
    match (apart.point(), apart.high.is_finite()) {
        (Some(_), _) => low,
        (None, true) if low == high => format!("about {low}"),
        (None, true) if apart.low <= 0.0 => format!("up to {high}"),
        (None, true) => format!("{low} to {high}"),
        (None, false) if apart.low_open => format!("more than {low}"),
        (None, false) => format!("at least {low}"),
    }
}

/// A number worked out here: whole, or in three digits where it is small. More would claim what no source says.
fn digits(n: f64) -> String {
    let scale = match n.abs() {
        n if n >= 100.0 => 1.0,
        n if n >= 10.0 => 10.0,
        n if n >= 1.0 => 100.0,
        _ => 1000.0,
    };
    catalog::quantity::group((n * scale).round() / scale)
}

/// How a derived figure was worked out: `visits 3.37 million (2019) ÷ open beds 1,925 (no period stated)`.
#[must_use]
pub fn formula(catalog: &Catalog, figure: &Figure) -> Option<String> {
    let formula = catalog.measures().get(&figure.measure)?.formula.as_ref()?;
    let part = |part: &Figure| {
        let measure = catalog.measures().get(&part.measure)?;
        Some(format!("{} {} ({})", measure.label, value(measure, part), period(part.period.as_ref())))
    };
    let parts = figure.parts().iter().filter_map(part).collect::<Vec<_>>().join(" ÷ ");
    let times = formula.times.map_or(String::new(), |times| format!(" × {}", catalog::quantity::group(times)));
    let days = if formula.per_day { " ÷ days of the year" } else { "" };
    Some(format!("derived: {parts}{times}{days}"))
}

/// A figure's scope in words.
#[must_use]
pub fn scope<'a>(hospital: &'a Hospital, figure: &'a Figure) -> &'a str {
    hospital.details.scope_name(figure.scope.as_ref()).unwrap_or("whole hospital")
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
        date(source),
        or(&source.address, "no address given")
    )
}

/// When it was published: its date, else its vintage.
#[must_use]
pub fn date(source: &Source) -> String {
    match (&source.published, &source.edition) {
        (Some(date), _) => date.to_string(),
        (None, Some(edition)) => edition.to_string(),
        (None, None) => "undated".to_owned(),
    }
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
        let mut found = Self { catalog, sources: Vec::new(), cited: Vec::new() };
        for &key in keys {
            // Of a file with a single source, name, place and kind come from it, too.
            for source in catalog.datasets_on(key).into_iter().filter_map(Dataset::sole_source) {
                found.add(source, true);
            }
            for source in catalog.hospital(key).details.sources().filter_map(|id| catalog.source(key, id)) {
                found.add(source, false);
            }
        }
        found
    }

    fn add(&mut self, source: &'a Source, is_cited: bool) {
        let known = self.sources.iter().position(|known| std::ptr::eq(*known, source));
        let at = known.unwrap_or_else(|| {
            self.sources.push(source);
            self.cited.push(false);
            self.sources.len() - 1
        });
        self.cited[at] |= is_cited;
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
