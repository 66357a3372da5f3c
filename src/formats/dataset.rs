//! What a file of rows is as a whole: its title, source and vintage.

use std::borrow::Cow;

use super::Reading;
use super::plan::Plan;
use super::row::{Maker, RowReader};
use crate::catalog::{Catalog, CatalogFile, Clash, Dataset, Period, Source};
use crate::text::{Text, clip};

/// Begins the dataset of a plan, whose rows the maker then makes hospitals of.
///
/// # Errors
///
/// When one of its measures clashes with one of an earlier file.
pub fn begin(plan: Plan, reading: &mut Reading, about: &mut Dataset, stated: Option<Period>) -> Result<Maker, Clash> {
    let profile = &plan.profile;
    let stem = reading.stem.clone();
    let vintage = Vintage::of(stated, year(&stem), plan.edition.clone());
    let edition = vintage.as_ref().map(|vintage| vintage.edition.clone());
    let note: Vec<String> =
        profile.note.iter().map(Text::to_string).chain(vintage.iter().map(Vintage::sentence)).collect();
    let title = if plan.is_known { profile.title.clone() } else { stem.clone() };
    let source = Source {
        id: source_id(reading.gathering.catalog(), &stem),
        title: title.clone(),
        publisher: profile.publisher.clone(),
        published: None,
        edition: edition.clone(),
        address: profile.address.clone(),
        language: profile.language.clone(),
        note: (!note.is_empty()).then(|| Text::clean(&note.join(" "))),
    };
    let id = source.id.clone();
    let title = match &edition {
        Some(edition) if plan.is_known => Text::clean(&format!("{title}, {edition}")),
        _ => title,
    };
    let file = CatalogFile {
        title,
        ids: profile.ids.clone(),
        sources: vec![source],
        families: profile.families.clone(),
        measures: profile.measures.clone(),
        ..CatalogFile::default()
    };
    if !plan.absent.is_empty() {
        let absent = plan.absent.join(", ");
        let absent = clip(&absent, 600);
        about.notes.push(Text::clean(&format!("the profile names columns that are not here: {absent}")));
    }
    reading.gathering.begin(file, std::mem::take(about))?;
    Ok(Maker::new(RowReader::new(plan, id, edition)))
}

/// The vintage of a file, and who tells it: the file itself, else the year in its name, else its headings.
struct Vintage {
    edition: Period,
    told_by: &'static str,
    /// What the headings tell, where that is another.
    but: Option<Period>,
}

impl Vintage {
    fn of(stated: Option<Period>, named: Option<Period>, headed: Option<Period>) -> Option<Self> {
        let (edition, told_by) = match (stated, named, headed.clone()) {
            (Some(stated), ..) => (stated, "by the file itself"),
            (_, Some(named), _) => (named, "by the file's name"),
            (.., headed) => (headed?, "by its columns"),
        };
        let but = headed.filter(|headed| !edition.is_edition_within(headed));
        Some(Self { edition, told_by, but })
    }

    fn sentence(&self) -> String {
        let Self { edition, told_by, but } = self;
        let but = but.as_ref().map_or(String::new(), |but| format!("; its columns are those of {but}"));
        format!("Vintage: {edition}, {told_by}{but}.")
    }
}

/// A year that stands alone in a file's name.
fn year(stem: &str) -> Option<Period> {
    let numbers = stem.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers.filter(|number| number.len() == 4 && ("1950".."2100").contains(number));
    match (years.next(), years.next()) {
        (Some(year), None) => Period::edition(year),
        _ => None,
    }
}

/// A source's id that no other file of the catalog has, made from the file's name.
fn source_id(catalog: &Catalog, stem: &Text) -> Text {
    let is_taken = |id: &str| catalog.datasets().iter().any(|dataset| dataset.source(id).is_some());
    let ids =
        (1..).map(|nth| if nth == 1 { Cow::Borrowed(stem.as_str()) } else { Cow::Owned(format!("{stem}-{nth}")) });
    ids.into_iter().find(|id| !is_taken(id)).map_or_else(|| stem.clone(), |id| Text::clean(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_in_the_file_name_tells_the_vintage() {
        for (stem, shown) in [
            ("cms-2017-provider", Some("edition 2017")),
            ("hospitals_02_2025", Some("edition 2025")),
            ("africa-98k", None),
            ("2016-2019", None),
            ("id20171", None),
        ] {
            assert_eq!(year(stem).map(|year| year.to_string()).as_deref(), shown, "{stem}");
        }
    }

    #[test]
    fn headings_of_other_years_are_told() {
        let of = |stated: Option<&str>, named: Option<&str>| {
            let period = |text: Option<&str>| text.and_then(Period::edition);
            Vintage::of(period(stated), period(named), Period::edition("2016/2019")).unwrap().sentence()
        };
        assert_eq!(of(None, None), "Vintage: edition 2016–2019, by its columns.");
        assert_eq!(of(None, Some("2017")), "Vintage: edition 2017, by the file's name.");
        assert_eq!(
            of(Some("2025-02-01"), Some("2026")),
            "Vintage: edition 2025-02-01, by the file itself; its columns are those of edition 2016–2019."
        );
    }
}
