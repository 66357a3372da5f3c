//! One statement about a hospital, with all that is needed to cite it: value, period, hospital, source, data file, date of
//! access.

use serde::Serialize;

use crate::catalog::{Catalog, Dataset, Date, Figure, HospitalKey, LabelledFact, Mention, Source};
use crate::report::json::{Cited, Identity, Observation};
use crate::report::view::{amount, upper_first};
use crate::report::wording::{self, sentence};
use crate::text::Text;

/// What can be cited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Citable {
    /// A figure.
    Figure(Box<Figure>),
    /// Anything else that is said.
    Statement(Box<Statement>),
}

/// A statement in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Statement {
    /// What it tells, such as `founded`.
    pub(crate) label: String,
    /// What it says.
    pub(crate) text: String,
    /// When; empty where that is not said.
    pub(crate) period: String,
    /// The id of its source; none where only the data file is known.
    pub(crate) source: Option<Text>,
    pub(crate) caveat: Option<Text>,
    pub(crate) note: Option<Text>,
}

impl Citable {
    pub(crate) fn figure(figure: &Figure) -> Self {
        Self::Figure(Box::new(figure.clone()))
    }

    pub(crate) fn statement(statement: Statement) -> Self {
        Self::Statement(Box::new(statement))
    }

    /// A fact.
    pub(crate) fn fact(one: &LabelledFact) -> Self {
        Self::statement(Statement::fact(one))
    }

    /// A place where a name stands, in a list of that heading.
    pub(crate) fn mention(list: &str, mention: &Mention) -> Self {
        let detail = mention.detail().map_or(String::new(), |detail| format!(": {detail}"));
        Self::statement(Statement {
            label: list.to_lowercase(),
            text: format!("{}{detail}", mention.name()),
            period: wording::mention_period(mention),
            source: Some(mention.source().clone()),
            caveat: mention.caveat().cloned(),
            note: mention.note().cloned(),
        })
    }
}

impl Statement {
    /// A fact.
    pub(crate) fn fact(one: &LabelledFact) -> Self {
        Self {
            label: one.label.to_owned(),
            text: one.text(),
            period: String::new(),
            source: Some(one.fact.source.clone()),
            caveat: one.fact.caveat.clone(),
            note: one.fact.note.clone(),
        }
    }

    /// What a source says under a heading of its own.
    pub(crate) fn extra(heading: &Text, text: &Text, source: &Text) -> Self {
        Self { label: heading.to_string(), text: text.to_string(), source: Some(source.clone()), ..Self::default() }
    }
}

/// Something to cite, and when it was looked up.
#[derive(Clone, Debug)]
pub(crate) struct Citation<'a> {
    catalog: &'a Catalog,
    key: HospitalKey,
    citable: &'a Citable,
    accessed: Date,
}

/// Today, where the program runs.
pub(crate) fn today() -> Date {
    let today = jiff::Zoned::now().date();
    let part = |part: i8| u8::try_from(part).ok();
    Date { year: today.year().unsigned_abs(), month: part(today.month()), day: part(today.day()) }
}

impl<'a> Citation<'a> {
    pub(crate) fn new(catalog: &'a Catalog, key: HospitalKey, citable: &'a Citable, accessed: Date) -> Self {
        Self { catalog, key, citable, accessed }
    }

    /// What is cited, without where it stands: `open beds: 1,925`.
    pub(crate) fn brief(&self) -> String {
        format!("{}: {}", self.label(), self.value())
    }

    fn label(&self) -> &str {
        match self.citable {
            Citable::Figure(figure) => {
                self.catalog.measures().get(&figure.measure).map_or(&figure.measure, |measure| &measure.label)
            }
            Citable::Statement(statement) => &statement.label,
        }
    }

    /// The value as the source states it, and what it may mean where that is not said by its words.
    fn value(&self) -> String {
        match self.citable {
            Citable::Figure(figure) => {
                let Some(measure) = self.catalog.measures().get(&figure.measure) else { return String::new() };
                let value = wording::value(measure, figure);
                // "More than 1,500" says it.
                let bounds = figure.interval().filter(|of| of.low.is_finite() && of.high.is_finite());
                let bounds = bounds.filter(|of| of.point().is_none()).map(|of| amount(&of, ""));
                match bounds {
                    Some(bounds) if bounds != value => format!("{value} ({bounds})"),
                    _ => value,
                }
            }
            Citable::Statement(statement) => statement.text.clone(),
        }
    }

    /// When, of which part, and how it was calculated.
    fn details(&self) -> Vec<String> {
        match self.citable {
            Citable::Figure(figure) => {
                let scope = wording::scope(self.catalog.hospital(self.key), figure).to_owned();
                let formula = wording::formula(self.catalog, figure);
                [wording::period(figure.period.as_ref()), scope].into_iter().chain(formula).collect()
            }
            Citable::Statement(statement) => vec![statement.period.clone()],
        }
    }

    /// The caveat and the note.
    fn remarks(&self) -> [Option<Text>; 2] {
        match self.citable {
            Citable::Figure(figure) => [figure.caveat.clone(), wording::note(figure)],
            Citable::Statement(statement) => [statement.caveat.clone(), statement.note.clone()],
        }
    }

    /// The sources, each with the data file that has it.
    fn origins(&self) -> Vec<(&'a Dataset, Option<&'a Source>)> {
        let ids: Vec<&Text> = match self.citable {
            Citable::Figure(figure) => figure.sources().collect(),
            Citable::Statement(statement) => statement.source.iter().collect(),
        };
        let mut origins: Vec<(&Dataset, Option<&Source>)> = Vec::new();
        for id in ids {
            if let Some((dataset, source)) = self.catalog.origin(self.key, id)
                && !origins.iter().any(|(_, known)| known.is_some_and(|known| std::ptr::eq(known, source)))
            {
                origins.push((dataset, Some(source)));
            }
        }
        if origins.is_empty() {
            let dataset = self.catalog.dataset(self.key);
            origins.push((dataset, dataset.sole_source()));
        }
        origins
    }

    /// The data files.
    fn data(&self) -> Vec<&'a Dataset> {
        let mut files: Vec<&Dataset> = Vec::new();
        for (dataset, _) in self.origins() {
            if !files.iter().any(|known| std::ptr::eq(*known, dataset)) {
                files.push(dataset);
            }
        }
        files
    }

    /// The citation in one paragraph.
    pub(crate) fn text(&self) -> String {
        let hospital = self.catalog.hospital(self.key);
        let said = [self.value()].into_iter().chain(self.details()).filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join(", ");
        let mut sentences =
            vec![sentence(&format!("{} ({}). {}: {said}", hospital.name, hospital.id, upper_first(self.label())))];
        for (name, remark) in ["Caveat", "Note"].into_iter().zip(self.remarks()) {
            sentences.extend(remark.map(|remark| sentence(&format!("{name}: {remark}"))));
        }
        let sources = self.origins().into_iter().filter_map(|(_, source)| source);
        sentences.extend(sources.map(|source| format!("Source: {}.", wording::source(source))));
        let line = |file: &Dataset| format!("Data: {}.", wording::data_file(file));
        sentences.extend(self.data().into_iter().map(line));
        sentences.push(format!("Accessed {}.", self.accessed));
        sentences.join(" ")
    }

    /// The citation for programs. The README documents the shape.
    pub(crate) fn to_json(&self) -> impl Serialize + '_ {
        let hospital = self.catalog.hospital(self.key);
        let statement = |statement: &'a Statement| CitedStatement {
            text: &statement.text,
            source: statement.source.as_deref(),
            caveat: statement.caveat.as_deref(),
            note: statement.note.as_deref(),
        };
        let (figure, statement) = match self.citable {
            Citable::Figure(figure) => (Observation::new(self.catalog, figure), None),
            Citable::Statement(said) => (None, Some(statement(said))),
        };
        let sources = self.origins().into_iter();
        JsonCitation {
            id: &hospital.id,
            name: &hospital.name,
            label: self.label(),
            text: self.value(),
            figure,
            statement,
            sources: sources.filter_map(|(file, source)| Some(Cited { source: source?, file: &file.origin })).collect(),
            catalogs: self.data().into_iter().map(Identity::of).collect(),
            accessed: self.accessed.to_string(),
            citation: self.text(),
        }
    }
}

#[derive(Serialize)]
struct JsonCitation<'a> {
    id: &'a str,
    name: &'a str,
    label: &'a str,
    text: String,
    figure: Option<Observation<'a>>,
    statement: Option<CitedStatement<'a>>,
    sources: Vec<Cited<'a>>,
    catalogs: Vec<Identity<'a>>,
    accessed: String,
    citation: String,
}

#[derive(Serialize)]
struct CitedStatement<'a> {
    text: &'a str,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caveat: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}
