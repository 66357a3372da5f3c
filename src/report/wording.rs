//! The phrases that every view shares, so that a figure reads the same wherever it stands.

use crate::catalog::{
    self, Catalog, Dataset, Figure, Hospital, HospitalKey, Measure, Mention, Missing, Observed, Period, Quantity,
    Source,
};
use crate::text::Text;

/// A figure's value with its unit sign: `more than 1,500`, `nearly 40%`, `not available`.
#[must_use]
pub fn value(measure: &Measure, figure: &Figure) -> String {
    match figure.value {
        Observed::Missing(reason) => reason.words().to_owned(),
        Observed::Stated(quantity) => step(measure, quantity).unwrap_or_else(|| with_symbol(measure, quantity)),
    }
}

/// The name of a step on a scale that has names.
fn step(measure: &Measure, quantity: Quantity) -> Option<String> {
    let Quantity::Exact(n) = quantity else { return None };
    let named = (1_u32..).map(f64::from).zip(&measure.steps);
    named.into_iter().find(|(number, _)| (number - n).abs() < 0.5).map(|(_, name)| name.to_string())
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

/// The heading of what datasets say under headings of their own.
pub const EXTRA: &str = "Other columns of the dataset";

/// `1 measure`, `2,000 measures`.
#[must_use]
pub fn count(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", number(count)) }
}

/// A count with its thousands apart: `2,000`.
#[must_use]
pub fn number(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nothing here is counted by the quadrillion")]
    catalog::number::group(count as f64)
}

/// Why a side has no number; empty where it has one.
#[must_use]
pub fn missing(measure: &Measure, missing: Option<Missing>) -> &'static str {
    match missing {
        Some(Missing::NotInSource) if measure.formula.is_some() => {
            "cannot be derived: a part is missing, of another time, or not one number"
        }
        Some(reason) => reason.words(),
        None => "",
    }
}

/// A value with the label of its measure: `1,925 open beds`; of a share `share of prizes: 50%`, of one `open beds: 1`.
#[must_use]
pub fn with_label(measure: &Measure, value: &str) -> String {
    // Labels are plural.
    if value == "1"
        || measure.symbol.is_some()
        || !measure.steps.is_empty()
        || !value.starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("{}: {value}", measure.label);
    }
    format!("{value} {}", measure.label)
}

/// A measure's label, with the direction that its publisher gives.
#[must_use]
pub fn label(measure: &Measure) -> String {
    match measure.direction {
        Some(direction) => format!("{} ({})", measure.label, direction.words()),
        None => measure.label.to_string(),
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
    let parts = figure.parts().iter().filter_map(part).collect::<Vec<_>>().join(" ÷ ");
    let times = formula.times.map_or(String::new(), |times| format!(" × {}", catalog::number::group(times)));
    Some(format!("derived: {parts}{times}"))
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

/// A source by its title, its publisher where it names one, and its date.
#[must_use]
pub fn brief_source(source: &Source) -> String {
    let publisher = source.publisher.as_ref().map_or(String::new(), |publisher| format!(", {publisher}"));
    format!("“{}”{publisher}, {}", source.title, date(source))
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

/// Rankings and accreditations say that a period is missing; of a specialty nobody expects one.
#[must_use]
pub fn mention_period(mention: &Mention) -> String {
    match (mention, mention.period()) {
        (Mention::Item(_), None) => String::new(),
        (_, when) => period(when),
    }
}

/// A line for each loaded file: title, name, and SHA-256 of its text.
#[must_use]
pub fn identity(catalog: &Catalog) -> Vec<String> {
    let line = |one: &std::sync::Arc<crate::catalog::Dataset>| {
        format!("“{}” ({}), SHA-256 {}", one.title, one.origin, one.sha256)
    };
    catalog.datasets().iter().map(line).collect()
}

/// The marks of some sources: `[1][3]`.
#[must_use]
pub fn marks(numbers: &[usize]) -> String {
    numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
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

    /// The numbers of a figure's sources; of a derived one those of its parts.
    pub fn numbers(&mut self, key: HospitalKey, figure: &Figure) -> Vec<usize> {
        let mut numbers: Vec<usize> = figure.sources().map(|id| self.number(key, id)).collect();
        numbers.dedup();
        numbers
    }

    /// The marks of a figure's sources: `[1]`, or `[1][2]` for a derived one with parts of two.
    pub fn marks(&mut self, key: HospitalKey, figure: &Figure) -> String {
        marks(&self.numbers(key, figure))
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
