//! The phrases that all views share, so that a figure reads the same everywhere.

pub(crate) use crate::catalog::number::group_count as number;
use crate::catalog::{
    self, Campus, Catalog, Dataset, Estimate, Figure, Hospital, HospitalKey, Measure, Mention, Missing, Observed,
    Period, Quantity, Source,
};
use crate::search::{Order, SortBy};
use crate::text::Text;

/// A figure's value with its unit symbol: `more than 1,500`, `nearly 40%`, `not available`.
#[must_use]
pub(crate) fn value(measure: &Measure, figure: &Figure) -> String {
    match figure.value {
        Observed::Missing(reason) => reason.words().to_owned(),
        Observed::Stated(quantity) => {
            let value = step(measure, quantity).unwrap_or_else(|| with_symbol(measure, quantity));
            format!("{value}{}", figure.estimate.as_deref().map_or(String::new(), precision))
        }
    }
}

/// The value of a figure as it is listed: without what the publisher gives beside it.
#[must_use]
pub(crate) fn listed(measure: &Measure, figure: Figure) -> String {
    value(measure, &Figure { estimate: None, ..figure })
}

/// Which end of an order comes first.
#[must_use]
pub(crate) fn direction(order: &Order) -> &'static str {
    match (&order.by, order.is_turned) {
        (SortBy::Best, _) => "best first",
        (SortBy::Name | SortBy::Place, false) => "A to Z",
        (SortBy::Name | SortBy::Place, true) => "Z to A",
        (SortBy::Measure(_), false) => "largest first",
        (SortBy::Measure(_), true) => "smallest first",
        (SortBy::Distance(_), false) => "nearest first",
        (SortBy::Distance(_), true) => "farthest first",
    }
}

/// A distance: `0.4 km`, `12.3 km`, `1,234 km`.
#[must_use]
pub(crate) fn kilometres(kilometres: f64) -> String {
    let shown = if kilometres < 100.0 { (kilometres * 10.0).round() / 10.0 } else { kilometres.round() };
    format!("{} km", catalog::number::group(shown))
}

/// The publisher's interval and the number of cases: ` (9.1–13.9, 212 cases)`; empty where it gives neither.
fn precision(estimate: &Estimate) -> String {
    let group = catalog::number::group;
    let bounds = match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => Some(format!("{}–{}", group(low), group(high))),
        (Some(low), None) => Some(format!("from {}", group(low))),
        (None, Some(high)) => Some(format!("up to {}", group(high))),
        (None, None) => None,
    };
    let cases = |cases: f64| match &estimate.counted {
        Some(counted) => format!("{} {counted}", group(cases)),
        None => format!("denominator {}", group(cases)),
    };
    let parts: Vec<String> = bounds.into_iter().chain(estimate.cases.map(cases)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// A figure's note, and how the publisher puts the figure beside the country.
#[must_use]
pub(crate) fn note(figure: &Figure) -> Option<Text> {
    let comparison = figure.estimate.as_ref().and_then(|estimate| estimate.comparison.as_ref());
    let comparison = comparison.map(|text| Text::clean(&format!("The publisher's comparison: {text}.")));
    match (&figure.note, comparison) {
        (Some(note), Some(comparison)) => Some(Text::clean(&format!("{note} {comparison}"))),
        (note, comparison) => comparison.or_else(|| note.clone()),
    }
}

/// The name of a step, for scales with named steps.
fn step(measure: &Measure, quantity: Quantity) -> Option<String> {
    let Quantity::Exact(n) = quantity else { return None };
    let named = (1_u32..).map(f64::from).zip(&measure.steps);
    named.into_iter().find(|(number, _)| (number - n).abs() < 0.5).map(|(_, name)| name.to_string())
}

fn with_symbol(measure: &Measure, quantity: Quantity) -> String {
    format!("{quantity}{}", measure.symbol.as_deref().map_or(String::new(), spaced))
}

/// The symbol with a space before it, unless it is a percent sign.
fn spaced(symbol: &str) -> String {
    if symbol == "%" { symbol.to_owned() } else { format!(" {symbol}") }
}

/// The period in words.
#[must_use]
pub(crate) fn period(period: Option<&Period>) -> String {
    period.map_or_else(|| catalog::period::NONE.to_owned(), Period::to_string)
}

/// Where a hospital lies: `City, Region, Country`; none if that is not known.
#[must_use]
pub(crate) fn place(hospital: &Hospital) -> Option<String> {
    Some(hospital.place.line()).filter(|place| !place.is_empty())
}

/// The coordinates of a hospital in degrees: latitude, longitude.
#[must_use]
pub(crate) fn coordinates(hospital: &Hospital) -> Option<String> {
    let (latitude, longitude) = hospital.details.latitude.zip(hospital.details.longitude)?;
    Some(format!("{latitude}, {longitude}"))
}

/// The name of a campus, and its name in its own script.
#[must_use]
pub(crate) fn campus(campus: &Campus) -> String {
    let names: Vec<&str> = [&campus.name].into_iter().chain(&campus.native_name).map(Text::as_str).collect();
    names.join(", ")
}

/// The heading of the additional columns of a dataset.
pub(crate) const EXTRA: &str = "Other columns of the dataset";

/// `1 measure`, `2,000 measures`.
#[must_use]
pub(crate) fn count(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", number(count)) }
}

/// The reason for a missing number; empty if there is a number.
#[must_use]
pub(crate) fn missing(measure: &Measure, missing: Option<Missing>) -> &'static str {
    match missing {
        Some(Missing::NotInSource) if measure.formula.is_some() => {
            "cannot be derived: a part is missing, has another period, or is not a single number"
        }
        Some(reason) => reason.words(),
        None => "",
    }
}

/// A value with the label of its measure: `1,925 open beds`, but `share of prizes: 50%` and `open beds: 1`.
#[must_use]
pub(crate) fn with_label(measure: &Measure, value: &str) -> String {
    // Labels are plural nouns, so they can only follow a count other than 1.
    if value == "1"
        || measure.symbol.is_some()
        || !measure.steps.is_empty()
        || !value.starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("{}: {value}", measure.label);
    }
    format!("{value} {}", measure.label)
}

/// A measure's label with the direction that its publisher gives.
#[must_use]
pub(crate) fn label(measure: &Measure) -> String {
    match measure.direction {
        Some(direction) => format!("{} ({})", measure.label, direction.words()),
        None => measure.label.to_string(),
    }
}

/// How a derived figure was calculated: `derived: visits 3.37 million (2019) ÷ open beds 1,925 (no period stated)`.
#[must_use]
pub(crate) fn formula(catalog: &Catalog, figure: &Figure) -> Option<String> {
    let formula = catalog.measures().get(&figure.measure)?.formula.as_ref()?;
    let part = |part: &Figure| {
        let measure = catalog.measures().get(&part.measure)?;
        Some(format!("{} {} ({})", measure.label, value(measure, part), period(part.period.as_ref())))
    };
    let parts = figure.parts().iter().filter_map(part).collect::<Vec<_>>().join(" ÷ ");
    let times = formula.times.map_or(String::new(), |times| format!(" × {}", catalog::number::group(times)));
    Some(format!("derived: {parts}{times}"))
}

/// The name of the part that a figure counts, or `whole hospital`.
#[must_use]
pub(crate) fn scope<'a>(hospital: &'a Hospital, figure: &'a Figure) -> &'a str {
    hospital.details.scope_name(figure.scope.as_ref()).unwrap_or("whole hospital")
}

/// The full reference of a source: title, publisher, date, language, address.
#[must_use]
pub(crate) fn source(source: &Source) -> String {
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

/// A short reference: title, publisher if known, and date.
#[must_use]
pub(crate) fn brief_source(source: &Source) -> String {
    let publisher = source.publisher.as_ref().map_or(String::new(), |publisher| format!(", {publisher}"));
    format!("“{}”{publisher}, {}", source.title, date(source))
}

/// The date of publication, or else the edition.
#[must_use]
pub(crate) fn date(source: &Source) -> String {
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

/// The period of a mention. A missing period is stated for rankings and accreditations, but not for other names, which
/// normally have none.
#[must_use]
pub(crate) fn mention_period(mention: &Mention) -> String {
    match (mention, mention.period()) {
        (Mention::Item(_), None) => String::new(),
        (_, when) => period(when),
    }
}

/// A line for each loaded file: its title, its name, and the SHA-256 of its text.
#[must_use]
pub(crate) fn identity(catalog: &Catalog) -> Vec<String> {
    catalog.datasets().iter().map(|dataset| data_file(dataset)).collect()
}

/// A loaded file: its title, its name, and the SHA-256 of its text.
#[must_use]
pub(crate) fn data_file(dataset: &Dataset) -> String {
    format!("“{}” ({}), SHA-256 {}", dataset.title(), dataset.origin, dataset.sha256)
}

/// The notes about the loaded files, each with the name of its file.
#[must_use]
pub(crate) fn notes(catalog: &Catalog) -> Vec<(&Text, String)> {
    let mut notes = Vec::new();
    for dataset in catalog.datasets() {
        notes.extend(dataset.notes.iter().map(|note| (&dataset.origin, note.to_string())));
        if dataset.rejected.count > 0 {
            let rows = count(dataset.rejected.count, "row");
            notes.push((&dataset.origin, format!("{rows} rejected; `hospitui check` lists them")));
        }
    }
    notes
}

/// `text` with a full stop.
#[must_use]
pub(crate) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// Citation marks: `[1][3]`.
#[must_use]
pub(crate) fn marks(numbers: &[usize]) -> String {
    numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
}

/// The sources of some hospitals, numbered from 1 in the order of their records. The numbers do not depend on what is
/// cited, so a source has the same number in every format.
#[derive(Clone, Debug)]
pub(crate) struct Citations<'a> {
    catalog: &'a Catalog,
    sources: Vec<&'a Source>,
    cited: Vec<bool>,
}

impl<'a> Citations<'a> {
    /// The sources of the hospitals at `keys`.
    #[must_use]
    pub(crate) fn new(catalog: &'a Catalog, keys: &[HospitalKey]) -> Self {
        let mut found = Self { catalog, sources: Vec::new(), cited: Vec::new() };
        for &key in keys {
            // If a file has only one source, name, place and kind come from it, so it counts as cited.
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

    /// The number of the source `id` of the hospital at `key`, or 0 if it is not known. Marks the source as cited.
    pub(crate) fn number(&mut self, key: HospitalKey, id: &str) -> usize {
        let source = self.catalog.source(key, id);
        let at = source.and_then(|source| self.sources.iter().position(|known| std::ptr::eq(*known, source)));
        at.map_or(0, |at| {
            self.cited[at] = true;
            at + 1
        })
    }

    /// The mark of a source, as in [`Self::number`]: `[1]`.
    pub(crate) fn mark(&mut self, key: HospitalKey, id: &str) -> String {
        format!("[{}]", self.number(key, id))
    }

    /// The numbers of a figure's sources; of a derived figure, those of its parts.
    pub(crate) fn numbers(&mut self, key: HospitalKey, figure: &Figure) -> Vec<usize> {
        let mut numbers: Vec<usize> = figure.sources().map(|id| self.number(key, id)).collect();
        numbers.dedup();
        numbers
    }

    /// The marks of a figure's sources: `[1]`, or `[1][2]` for a derived figure whose parts have two sources.
    pub(crate) fn marks(&mut self, key: HospitalKey, figure: &Figure) -> String {
        marks(&self.numbers(key, figure))
    }

    /// All sources in the order of their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().copied()
    }

    /// The cited sources with their numbers.
    pub(crate) fn list(&self) -> impl Iterator<Item = (usize, &'a Source)> {
        let numbered = self.sources.iter().enumerate().map(|(at, source)| (at + 1, *source));
        numbered.zip(&self.cited).filter(|(_, cited)| **cited).map(|(numbered, _)| numbered)
    }
}
