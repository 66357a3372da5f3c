//! A profile held against the columns of a file.

use super::headings::Headings;
use super::profile::{Columns, Profile};
use super::profiles::Match;
use crate::catalog::Period;
use crate::text::Text;

/// Which column of a file is what.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The profile, held to what the file has.
    pub profile: Profile,
    /// The headings, each of its own.
    pub headings: Vec<Text>,
    /// The vintage that the headings tell.
    pub edition: Option<Period>,
    pub id: Vec<usize>,
    pub name: Vec<usize>,
    pub native_name: Vec<usize>,
    pub aliases: Vec<usize>,
    pub city: Vec<usize>,
    pub region: Vec<usize>,
    pub country: Vec<usize>,
    pub kind: Vec<usize>,
    pub latitude: Vec<usize>,
    pub longitude: Vec<usize>,
    pub grade: Vec<usize>,
    pub ownership: Vec<usize>,
    pub founded: Vec<usize>,
    pub status: Vec<usize>,
    pub address: Vec<usize>,
    pub phone: Vec<usize>,
    pub website: Vec<usize>,
    pub figures: Vec<FigurePlan>,
}

/// The columns of one figure.
#[derive(Clone, Debug)]
pub struct FigurePlan {
    /// Where the number stands.
    pub column: usize,
    /// The id of the measure.
    pub measure: Text,
    /// Where its footnotes stand.
    pub footnotes: Option<usize>,
    /// Where its date stands.
    pub period: Option<usize>,
}

impl Plan {
    /// Holds the profile that fits against the headings.
    #[must_use]
    pub fn new(fit: Match) -> Self {
        let profile = fit.narrowed();
        let headings = fit.headings;
        let of = |wanted: &[Text]| headings.columns(wanted);
        let first = |wanted: &[Text]| of(wanted).into_iter().next();
        let figures = profile.figures.iter().filter_map(|one| {
            let measure = one.measure.clone();
            let (footnotes, period) = (first(&one.footnotes), first(&one.period));
            Some(FigurePlan { column: first(&one.columns)?, measure, footnotes, period })
        });
        let figures = figures.collect();
        let Columns {
            id,
            name,
            native_name,
            aliases,
            city,
            region,
            country,
            latitude,
            longitude,
            kind,
            grade,
            ownership,
            founded,
            status,
            address,
            phone,
            website,
        } = &profile.columns;
        Self {
            id: of(id),
            name: of(name),
            native_name: of(native_name),
            aliases: of(aliases),
            city: of(city),
            region: of(region),
            country: of(country),
            kind: of(kind),
            latitude: of(latitude),
            longitude: of(longitude),
            grade: of(grade),
            ownership: of(ownership),
            founded: of(founded),
            status: of(status),
            address: of(address),
            phone: of(phone),
            website: of(website),
            figures,
            edition: edition(&profile, &headings),
            headings: headings.told_apart(),
            profile,
        }
    }
}

fn edition(profile: &Profile, headings: &Headings) -> Option<Period> {
    let has = |heading: &Text| !headings.columns(std::slice::from_ref(heading)).is_empty();
    let fits = profile.editions.iter().find(|one| one.headings.iter().all(has))?;
    Period::edition(&fits.edition)
}
