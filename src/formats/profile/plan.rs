//! A profile applied to the columns of a file.

use std::sync::Arc;

use crate::catalog::{Family, Measure, Period};
use crate::formats::profile::belief;
use crate::formats::profile::builtin::ProfileMatch;
use crate::formats::profile::definition::{Profile, ProfileColumns};
use crate::formats::profile::grouped::{self, period::DayOrder};
use crate::formats::profile::headings::Headings;
use crate::formats::profile::measure_rows::RowColumns;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::formats::profile::number_columns::{self, NumberColumn, NumberColumns};
use crate::formats::profile::sample::Sample;
use crate::formats::profile::siblings::EstimateColumns;
use crate::text::Text;

/// Which column of a file is what.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The profile, reduced to what the file has.
    pub(crate) profile: Profile,
    /// Whether the profile knows the publisher, or goes by synonyms.
    pub(crate) is_known: bool,
    /// What hospitals are called by where no column holds names: their ids, or their addresses.
    pub(crate) named_by: Option<&'static str>,
    /// Whether ids have lost a zero at their start, as spreadsheets do it: the first such id.
    pub(crate) stripped_id: Option<Text>,
    /// What a person's profile names and the file does not have.
    pub(crate) absent: Vec<String>,
    /// The headings, made unique.
    pub(crate) headings: Vec<Text>,
    /// The edition that the headings tell.
    pub(crate) edition: Option<Period>,
    /// Where names, places and facts stand.
    pub(crate) columns: ProfileColumns<Vec<usize>>,
    /// Where figures stand.
    pub(crate) figures: Vec<FigurePlan>,
    /// The columns of numbers that no profile knows: measures that only the file defines.
    pub(crate) numbers: Vec<NumberColumn>,
    /// Whether rows are grouped: a hospital has several.
    pub(crate) is_grouped: bool,
    /// Which columns say what a row is of, in files of several rows a hospital.
    pub(crate) rows: RowColumns,
    /// How the dates of periods are written.
    pub(crate) days: DayOrder,
    /// The texts that mean that there is no value.
    pub(crate) missing: MissingTexts,
    /// Whether a comma in a number separates groups, unless the file's numbers show that it stands before decimals.
    pub(crate) commas_group: bool,
}

/// The columns of one figure.
#[derive(Clone, Debug)]
pub(crate) struct FigurePlan {
    /// Where the number stands.
    pub(crate) column: usize,
    /// The measure.
    pub(crate) measure: Arc<Measure>,
    /// Where its footnotes stand.
    pub(crate) footnotes: Option<usize>,
    /// Where its date stands.
    pub(crate) period: Option<usize>,
    /// Where the first and the last day of its period stand.
    pub(crate) span: Option<(usize, usize)>,
    /// Where its bounds, its number of cases and its comparison stand.
    pub(crate) beside: EstimateColumns,
    /// Whether it is a percentage.
    pub(crate) is_percent: bool,
}

impl FigurePlan {
    /// How many columns it is read from at most.
    pub(crate) const COLUMNS: usize = 9;

    /// The columns that it is read from: value, footnotes, period, first and last day, bounds, cases, comparison.
    pub(crate) fn columns(&self) -> [Option<usize>; Self::COLUMNS] {
        let EstimateColumns { lower, upper, cases, comparison } = self.beside;
        let (start, end) = self.span.unzip();
        [Some(self.column), self.footnotes, self.period, start, end, lower, upper, cases, comparison]
    }
}

impl Plan {
    /// Applies the profile that fits to the headings of a file in which commas group numbers or may not. The sample tells
    /// which headings are believed, and which other columns hold numbers.
    #[must_use]
    pub(crate) fn new(fit: ProfileMatch, commas_group: bool, sample: &Sample) -> Self {
        let (profile, is_known, absent) = (fit.narrowed(), fit.is_known, fit.absent());
        let (named_by, headings) = (fit.named_by, fit.headings);
        let missing = MissingTexts::new(&profile.missing);
        let mut columns = profile.columns.map(|wanted| headings.columns(wanted));
        columns.street.sort_unstable();
        let named = columns.clone();
        if !is_known {
            belief::believed(&mut columns, &headings, sample, &missing);
        }
        let rows = RowColumns::new(&profile.rows, &headings);
        let figures = figures(&profile, &headings, rows.span());
        let days = DayOrder::of([rows.start, rows.end].into_iter().flatten().flat_map(|at| sample.column(at)));
        let numbers = numbers(&headings, sample, &missing, &rows, |at| {
            // What was not believed to be a place or an owner is a code, and counts nothing.
            let codes = [&named.name, &named.city, &named.region, &named.country, &named.kind, &named.grade];
            let codes = codes.into_iter().chain([&named.ownership, &named.status, &named.phone]);
            codes.chain(columns.iter().map(|(_, columns)| columns)).any(|columns| columns.contains(&at))
                || figures.iter().any(|figure| figure.columns().contains(&Some(at)))
        });
        let is_grouped = group(&mut columns, &rows, !numbers.is_empty(), is_known, (sample, &missing));
        let stripped_id = stripped_id(&profile, &columns.id, sample);
        Self {
            is_grouped,
            stripped_id,
            named_by,
            columns,
            figures,
            numbers,
            rows,
            days,
            missing,
            commas_group,
            is_known,
            absent,
            edition: edition(&profile, &headings),
            headings: headings.unique(),
            profile,
        }
    }

    /// The columns that may hold the ids, where the file has to tell which; none where that is known.
    #[must_use]
    pub(crate) fn doubtful_ids(&self) -> Option<&[usize]> {
        let columns = &self.columns.id;
        (columns.len() > 1 && !self.is_known && !self.is_grouped).then_some(columns)
    }

    /// The headings of the columns that are believed, and of the ids only the column that tells hospitals apart.
    #[must_use]
    pub(crate) fn named_columns(&self, sample: &Sample) -> ProfileColumns<Vec<Text>> {
        let named = |columns: &Vec<usize>| columns.iter().map(|at| self.headings[*at].clone()).collect::<Vec<_>>();
        let ids: Vec<usize> =
            grouped::ids_in_order(&self.columns, (sample, &self.missing)).into_iter().take(1).collect();
        ProfileColumns { id: named(&ids), ..self.columns.map(named) }
    }

    /// Takes the ids from one column alone, for the whole file.
    pub(crate) fn take_id(&mut self, column: Option<usize>) {
        self.columns.id = column.into_iter().collect();
    }

    /// Makes figures of the columns of numbers. Their measures are of that family; `named` gives each the id and the
    /// definition under which the catalog has it.
    pub(crate) fn add_numbers(&mut self, family: &Family, mut named: impl FnMut(Measure) -> Measure) -> Vec<Measure> {
        let period = self.period();
        let mut measures = Vec::new();
        for number in std::mem::take(&mut self.numbers) {
            let heading = &self.headings[number.column];
            let definition = self.definition(heading, &family.label) + ".";
            let id = number_columns::measure_id(heading);
            if id.is_empty() {
                continue;
            }
            let measure = named(number_columns::measure(&id, heading, number.symbol, family, &definition));
            measures.push(measure.clone());
            let span = self.rows.span();
            self.figures.push(FigurePlan { period, span, ..FigurePlan::of(&number, measure) });
        }
        measures
    }

    /// What a measure means that only the file defines. Of an unknown publisher the file is named: another file may count
    /// something else under the same heading.
    pub(crate) fn definition(&self, heading: &str, file: &str) -> String {
        let file = if self.is_known { "the file".to_owned() } else { format!("the file “{file}”") };
        format!("As {file} gives it in its column “{heading}”")
    }

    /// The column of the period of figures that have none of their own.
    fn period(&self) -> Option<usize> {
        let wanted = &self.profile.period;
        self.headings.iter().position(|heading| wanted.contains(heading))
    }
}

impl FigurePlan {
    /// The figure of a column of numbers.
    pub(crate) fn of(number: &NumberColumn, measure: Measure) -> Self {
        let NumberColumn { column, beside, footnotes, .. } = *number;
        let is_percent = measure.is_percentage();
        Self { column, measure: Arc::new(measure), footnotes, period: None, span: None, beside, is_percent }
    }
}

/// The columns of numbers among those that are not taken.
fn numbers(
    headings: &Headings,
    sample: &Sample,
    missing: &MissingTexts,
    rows: &RowColumns,
    is_taken: impl Fn(usize) -> bool,
) -> Vec<NumberColumn> {
    let is_free = |at: usize| !rows.contains(at) && !is_taken(at);
    let main = rows.value.filter(|at| is_free(*at));
    NumberColumns::find(headings, sample, missing, main, is_free).columns
}

/// Whether rows are grouped; of several columns of ids then the one whose ids tell hospitals apart is kept.
fn group(
    columns: &mut ProfileColumns<Vec<usize>>,
    rows: &RowColumns,
    has_numbers: bool,
    is_known: bool,
    sample: (&Sample, &MissingTexts),
) -> bool {
    let in_order = grouped::ids_in_order(columns, sample);
    let by_best = ProfileColumns { id: if is_known { columns.id.clone() } else { in_order }, ..columns.clone() };
    let is_grouped = grouped::is_grouped(&by_best, rows, has_numbers, sample);
    if is_grouped && !is_known {
        columns.id = by_best.id.into_iter().take(1).collect();
    }
    is_grouped
}

/// The first id of a sample that has lost the zero at its start.
fn stripped_id(profile: &Profile, columns: &[usize], sample: &Sample) -> Option<Text> {
    let digits = profile.id_digits?;
    let is_stripped = |id: &&str| id.len() + 1 == digits && id.bytes().all(|byte| byte.is_ascii_digit());
    columns.iter().find_map(|at| sample.column(*at).find(is_stripped)).map(Text::clean)
}

fn figures(profile: &Profile, headings: &Headings, span: Option<(usize, usize)>) -> Vec<FigurePlan> {
    let first = |wanted: &[Text]| headings.columns(wanted).into_iter().next();
    let figures = profile.figures.iter().filter_map(|one| {
        let measure = Arc::new(profile.measure(&one.measure)?.clone());
        let period = if one.period.is_empty() { &profile.period } else { &one.period };
        let (footnotes, period) = (first(&one.footnotes), first(period));
        let (is_percent, beside) = (measure.is_percentage(), EstimateColumns::default());
        Some(FigurePlan { column: first(&one.columns)?, measure, footnotes, period, span, beside, is_percent })
    });
    figures.collect()
}

fn edition(profile: &Profile, headings: &Headings) -> Option<Period> {
    let has = |heading: &Text| !headings.columns(std::slice::from_ref(heading)).is_empty();
    let fits = profile.editions.iter().find(|one| one.headings.iter().all(has))?;
    Period::edition(&fits.edition)
}
