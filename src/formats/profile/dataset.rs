//! What a file of rows is as a whole: its title, source and edition.

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{Catalog, CatalogFile, Dataset, MeasureClash, Period, Source};
use crate::formats::import::Import;
use crate::formats::profile::headings::heading_key;
use crate::formats::profile::measure_names::{MeasureNames, family};
use crate::formats::profile::plan::Plan;
use crate::formats::profile::row_reader::{RowReader, SplitRow};
use crate::text::{Text, clip};

/// Begins the dataset of a plan. The returned reader reads its rows, of that format.
///
/// # Errors
///
/// When one of its measures clashes with one of an earlier file.
pub(crate) fn begin(
    mut plan: Plan,
    format: Arc<dyn SplitRow>,
    import: &mut Import,
    about: &mut Dataset,
    stated: Option<Period>,
) -> Result<Arc<RowReader>, MeasureClash> {
    let dated = DatedBy::of(stated, year(&import.stem), plan.edition.clone());
    let source = source(&plan, import, dated.as_ref());
    let (id, edition) = (source.id.clone(), source.edition.clone());
    let title = match &edition {
        Some(edition) if plan.is_known => Text::clean(&format!("{}, {edition}", source.title)),
        _ => source.title.clone(),
    };
    let file = CatalogFile {
        title,
        ids: plan.profile.ids.clone(),
        sources: vec![source],
        families: plan.profile.families.clone(),
        measures: plan.profile.measures.clone(),
        ..CatalogFile::default()
    };
    about.notes.extend(notes(&plan));
    about.id_heading = plan.columns.id.first().map(|at| heading_key(&plan.headings[*at]));
    import.builder.begin(file, std::mem::take(about))?;
    if !plan.is_grouped && !plan.numbers.is_empty() {
        let family = family(&plan, import);
        let mut names = MeasureNames::new(import.builder.catalog().clone(), plan.is_known);
        let measures = plan.add_numbers(&family, |measure| names.name(measure));
        import.builder.define_more(vec![family], measures);
    }
    Ok(Arc::new(RowReader::new(plan, format, id, edition)))
}

/// What is worth saying of how a file is read.
fn notes(plan: &Plan) -> Vec<Text> {
    let mut notes: Vec<Text> = Vec::new();
    if !plan.absent.is_empty() {
        let absent = plan.absent.join(", ");
        let absent = clip(&absent, 600);
        notes.push(Text::clean(&format!("the profile names columns that are not here: {absent}")));
    }
    if let Some(named_by) = plan.named_by {
        let note = format!(
            "no column holds the hospitals' names: they are called by their {named_by}; `--profile FILE` names a column"
        );
        notes.push(Text::clean(&note));
    }
    if let Some(id) = &plan.stripped_id {
        let note = format!("a spreadsheet has stripped ids of their first zero; it is put back: {id} is 0{id}");
        notes.push(Text::clean(&note));
    }
    notes
}

/// The source of all that the file says.
fn source(plan: &Plan, import: &Import, dated: Option<&DatedBy>) -> Source {
    let profile = &plan.profile;
    let note: Vec<String> = profile.note.iter().map(Text::to_string).chain(dated.map(DatedBy::sentence)).collect();
    Source {
        id: source_id(import.builder.catalog(), &import.stem),
        title: if plan.is_known { profile.title.clone() } else { import.stem.clone() },
        publisher: profile.publisher.clone(),
        published: None,
        edition: dated.map(|dated| dated.edition.clone()),
        address: profile.address.clone(),
        language: profile.language.clone(),
        note: (!note.is_empty()).then(|| Text::clean(&note.join(" "))),
    }
}

/// The edition of a file, and what tells it: the file itself, else the year in its name, else its headings.
struct DatedBy {
    edition: Period,
    by: &'static str,
    /// What the headings tell, where that is another.
    but: Option<Period>,
}

impl DatedBy {
    fn of(stated: Option<Period>, named: Option<Period>, headed: Option<Period>) -> Option<Self> {
        let (edition, by) = match (stated, named, headed.clone()) {
            (Some(stated), ..) => (stated, "by the file itself"),
            (_, Some(named), _) => (named, "by the file's name"),
            (.., headed) => (headed?, "by its columns"),
        };
        let but = headed.filter(|headed| !edition.is_edition_within(headed));
        Some(Self { edition, by, but })
    }

    fn sentence(&self) -> String {
        let Self { edition, by, but } = self;
        let but = but.as_ref().map_or(String::new(), |but| format!("; its columns are those of {but}"));
        format!("This is {edition}, {by}{but}.")
    }
}

/// The only year in a file's name.
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
    fn a_year_in_the_file_name_tells_the_edition() {
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
            DatedBy::of(period(stated), period(named), Period::edition("2016/2019")).unwrap().sentence()
        };
        assert_eq!(of(None, None), "This is edition 2016–2019, by its columns.");
        assert_eq!(of(None, Some("2017")), "This is edition 2017, by the file's name.");
        assert_eq!(
            of(Some("2025-02-01"), Some("2026")),
            "This is edition 2025-02-01, by the file itself; its columns are those of edition 2016–2019."
        );
    }
}
