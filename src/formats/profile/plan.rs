//! A profile applied to the columns of a file.

use crate::catalog::{Measure, Period};
use crate::formats::profile::builtin::ProfileMatch;
use crate::formats::profile::definition::{Profile, ProfileColumns};
use crate::formats::profile::headings::Headings;
use crate::formats::profile::missing_texts::MissingTexts;
use crate::text::Text;

/// Which column of a file is what.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The profile, reduced to what the file has.
    pub(crate) profile: Profile,
    /// Whether the profile knows the publisher, or goes by synonyms.
    pub(crate) is_known: bool,
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
    /// The id of the measure.
    pub(crate) measure: Text,
    /// Where its footnotes stand.
    pub(crate) footnotes: Option<usize>,
    /// Where its date stands.
    pub(crate) period: Option<usize>,
    /// Whether it is a percentage.
    pub(crate) is_percent: bool,
}

impl Plan {
    /// Applies the profile that fits to the headings of a file in which commas group numbers or may not.
    #[must_use]
    pub(crate) fn new(fit: ProfileMatch, commas_group: bool) -> Self {
        let (profile, is_known, absent) = (fit.narrowed(), fit.is_known, fit.absent());
        let headings = fit.headings;
        let of = |wanted: &[Text]| headings.columns(wanted);
        let first = |wanted: &[Text]| of(wanted).into_iter().next();
        let figures = profile.figures.iter().filter_map(|one| {
            let measure = one.measure.clone();
            let period = if one.period.is_empty() { &profile.period } else { &one.period };
            let (footnotes, period) = (first(&one.footnotes), first(period));
            let is_percent = profile.measure(&measure).is_some_and(Measure::is_percentage);
            Some(FigurePlan { column: first(&one.columns)?, measure, footnotes, period, is_percent })
        });
        let figures = figures.collect();
        Self {
            columns: profile.columns.map(|wanted| of(wanted)),
            figures,
            missing: MissingTexts::new(&profile.missing),
            commas_group,
            is_known,
            absent,
            edition: edition(&profile, &headings),
            headings: headings.unique(),
            profile,
        }
    }
}

fn edition(profile: &Profile, headings: &Headings) -> Option<Period> {
    let has = |heading: &Text| !headings.columns(std::slice::from_ref(heading)).is_empty();
    let fits = profile.editions.iter().find(|one| one.headings.iter().all(has))?;
    Period::edition(&fits.edition)
}
