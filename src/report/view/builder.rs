//! Builds the view of a comparison.

use serde_json::json;

use crate::catalog::{Catalog, Dataset, Direction, Figure, HospitalKey, ListKind, Measure, Mention};
use crate::compare::{
    Answer, Basis, ComparedList, Comparison, FactRow, FactSide, Limit, ListRow, PartRow, Presence, Row, Side,
};
use crate::report::view::comparison::{ComparisonView, HospitalView, SourceView};
use crate::report::view::entry::{Entry, Group, LimitView, MeasureView, PartView, SideView, Subject, ValueView};
use crate::report::view::references;
use crate::report::view::{entry, side_summary, summary, timeline, words};
use crate::report::wording::{self, Citations};
use crate::text::Text;

impl ComparisonView {
    /// Compares two hospitals of a catalog.
    #[must_use]
    pub fn new(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Self {
        let mut view = build(&Comparison::new(catalog, left, right));
        view.tally = side_summary::tally(&view.entries);
        view.side_summaries = [0, 1].map(|side| side_summary::SideSummary::new(&view.entries, side));
        view.summary = summary::lines(&view);
        view
    }
}

/// The view of a comparison without the tally and the summaries.
fn build(comparison: &Comparison) -> ComparisonView {
    let keys = [comparison.left, comparison.right];
    let mut builder = Builder { comparison, keys, citations: Citations::new(comparison.catalog, &keys) };
    let mut entries: Vec<Entry> = comparison.rows.iter().map(|row| builder.measure(row)).collect();
    entries.extend(comparison.facts.iter().map(|row| builder.statement(row)));
    entries.extend(comparison.lists.iter().flat_map(|list| builder.list(list)));
    entry::make_keys_unique(&mut entries);
    // A stable sort: within a group, measures come first, in the order of the measure table.
    entries.sort_by_key(|entry| entry.group);
    let source = |(number, source): (usize, &crate::catalog::Source)| SourceView {
        number,
        id: source.id.to_string(),
        title: source.title.to_string(),
        text: wording::source(source),
        brief: wording::brief_source(source),
        note: source.note.as_ref().map(Text::to_string),
    };
    ComparisonView {
        hospitals: keys.map(|key| hospital_view(comparison.catalog, key)),
        summary: Vec::new(),
        tally: String::new(),
        side_summaries: Default::default(),
        entries,
        sources: builder.citations.list().map(source).collect(),
        data_files: wording::identity(comparison.catalog),
    }
}

fn hospital_view(catalog: &Catalog, key: HospitalKey) -> HospitalView {
    let hospital = catalog.hospital(key);
    let grade = hospital.details.grade.as_ref().map(|grade| grade.text.to_string());
    let about: Vec<String> =
        hospital.kind.iter().map(Text::to_string).chain(grade).chain(wording::place(hospital)).collect();
    HospitalView { key, id: hospital.id.to_string(), name: hospital.name.to_string(), about: about.join(" · ") }
}

struct Builder<'a, 'b> {
    comparison: &'b Comparison<'a>,
    keys: [HospitalKey; 2],
    citations: Citations<'a>,
}

impl<'a> Builder<'a, '_> {
    fn measure(&mut self, row: &Row<'a>) -> Entry {
        let [left, right] = row.sides();
        let timelines = timeline::of(row);
        let mut sides = [self.side(0, row, left), self.side(1, row, right)];
        for (side, timeline) in sides.iter_mut().zip(timelines) {
            side.timeline = timeline;
        }
        let limits = self.limits(row);
        let mut measures = vec![measure_view(left.measure)];
        if left.measure.id != right.measure.id {
            measures.push(measure_view(right.measure));
        }
        let basis_of = |side: usize| match &row.sides()[side].figures[..] {
            [figure] if figure.quantity().is_some() => Basis::of(self.keys[side], figure),
            _ => None,
        };
        let bases = [basis_of(0), basis_of(1)];
        let figures: Vec<&Figure> = row.sides().into_iter().flat_map(|side| side.figures.iter().copied()).collect();
        let measure = row.measure();
        let references = measure.map(|measure| references::of(self.comparison.catalog, self.keys, measure, &figures));
        Entry {
            key: row.key(),
            group: if row.limits.contains(&Limit::PartsDiffer) { Group::SideBySide } else { group_of(row.answer) },
            subject: Subject::Measure,
            heading: row.family.label.to_string(),
            label: row_label(row),
            direction: row.measure().and_then(|measure| measure.direction).map(Direction::words),
            sides,
            answer: row.answer,
            answer_text: words::answer(row),
            limits,
            references: references.unwrap_or_default(),
            parts: row.parts().iter().map(part_view).collect(),
            difference: row.difference(),
            ratio: row.ratio(),
            bars: row.bars(),
            measures,
            bases,
        }
    }

    fn limits(&self, row: &Row) -> Vec<LimitView> {
        let origins = [0, 1].map(|side| self.origin(side, row.sides()[side]));
        let view = |limit: &Limit| LimitView {
            kind: limit.kind(),
            years: limit.years(),
            text: words::limit(row, limit, &origins),
            brief: words::brief(row, limit, &origins),
        };
        row.limits.iter().map(view).collect()
    }

    /// The publisher of the figures of a side, or else their file.
    fn origin(&self, side: usize, of: &Side) -> String {
        let figure = of.figures.first();
        let origin = figure.and_then(|figure| self.comparison.catalog.origin(self.keys[side], &figure.source));
        origin.map_or(String::new(), |(file, source): (&Dataset, _)| {
            source.publisher.as_ref().unwrap_or(&file.origin).to_string()
        })
    }

    fn side(&mut self, at: usize, row: &Row<'a>, side: &Side<'a>) -> SideView {
        let other = row.sides()[1 - at].measure;
        let mut view = SideView::default();
        if !side.breakdown.is_empty() {
            view.shown.push(self.breakdown(at, side));
        } else if side.has_number() {
            view.shown = side.figures.iter().map(|figure| self.figure(at, other, figure)).collect();
            if part_of(row).is_some() {
                // The label of the row already names the part.
                view.shown.iter_mut().for_each(|value| value.part = None);
            }
        }
        if view.shown.is_empty() {
            view.missing = wording::missing(side.measure, side.missing());
            view.reasons = side.figures.iter().map(|figure| self.figure(at, side.measure, figure)).collect();
        }
        view.also.extend(side.also.iter().map(|figure| self.figure(at, side.measure, figure)));
        view
    }

    /// The view of a figure. Its text names the measure if that is not `expected`.
    fn figure(&mut self, at: usize, expected: &Measure, figure: &Figure) -> ValueView {
        let catalog = self.comparison.catalog;
        let Some(measure) = catalog.measures().get(&figure.measure) else { return ValueView::default() };
        let value = wording::value(measure, figure);
        let text = if measure.id == expected.id { value } else { wording::with_label(measure, &value) };
        let part = catalog.hospital(self.keys[at]).details.scope_name(figure.scope.as_ref());
        ValueView {
            text,
            when: wording::period(figure.period.as_ref()),
            part: part.map(str::to_owned),
            sources: self.citations.numbers(self.keys[at], figure),
            caveat: figure.caveat.as_ref().map(Text::to_string),
            note: wording::note(figure).map(|note| note.to_string()),
            formula: wording::formula(catalog, figure),
            figure: Some(figure.clone()),
            parts: Vec::new(),
            record: None,
        }
    }

    /// A total with its parts: `better 3 · no different 4 · worse 0 · of 7 reported`.
    fn breakdown(&mut self, at: usize, side: &Side<'a>) -> ValueView {
        let Some(total) = side.figures.first() else { return ValueView::default() };
        let part = |(measure, figure): &(&Measure, &Figure)| {
            let label = measure.part_of.as_ref().map_or(measure.label.as_str(), |part| &part.label);
            let separator = if figure.quantity().is_some() { "" } else { ":" };
            format!("{label}{separator} {}", wording::value(measure, figure))
        };
        let parts: Vec<String> = side.breakdown.iter().map(part).collect();
        let text = format!("{} · of {} reported", parts.join(" · "), wording::value(side.measure, total));
        let mut caveats: Vec<&Text> = Vec::new();
        for caveat in side.breakdown.iter().filter_map(|(_, part)| part.caveat.as_ref()).chain(&total.caveat) {
            if !caveats.contains(&caveat) {
                caveats.push(caveat);
            }
        }
        let caveats: Vec<&str> = caveats.into_iter().map(Text::as_str).collect();
        let caveat = (!caveats.is_empty()).then(|| caveats.join(" "));
        let parts = side.breakdown.iter().map(|(_, figure)| (*figure).clone()).collect();
        ValueView { text, caveat, parts, ..self.figure(at, side.measure, total) }
    }

    fn statement(&mut self, row: &FactRow<'a>) -> Entry {
        let sides = [(0, &row.left), (1, &row.right)].map(|(at, side)| self.fact(at, side.as_ref()));
        let answer = match (&row.left, &row.right) {
            (Some(left), Some(right)) if left.text == right.text => Answer::Equal,
            (Some(_), Some(_)) => Answer::CannotTell,
            (Some(_), None) => Answer::LeftOnly,
            _ => Answer::RightOnly,
        };
        let answer_text = match answer {
            Answer::Equal => "the same",
            Answer::CannotTell => "",
            Answer::LeftOnly => "only A's text says",
            _ => "only B's text says",
        };
        let group = if row.left.is_some() && row.right.is_some() { Group::SideBySide } else { group_of(answer) };
        Entry {
            key: format!("statement {}", row.label),
            group,
            subject: Subject::Statement,
            heading: "Statements".to_owned(),
            label: row.label.to_owned(),
            limits: row.limit.iter().map(limit_of_facts).collect(),
            ..entry_without_figures(sides, answer, answer_text.to_owned())
        }
    }

    fn fact(&mut self, at: usize, side: Option<&FactSide<'a>>) -> SideView {
        let Some(side) = side else { return absent_side() };
        let key = self.keys[at];
        let value = ValueView {
            text: side.text.clone(),
            sources: side.source.iter().map(|id| self.citations.number(key, id)).collect(),
            caveat: side.caveat.map(Text::to_string),
            note: side.note.map(Text::to_string),
            ..ValueView::default()
        };
        let also = side.alternatives.iter().map(|(text, id)| ValueView {
            text: text.clone(),
            sources: id.iter().map(|id| self.citations.number(key, id)).collect(),
            ..ValueView::default()
        });
        SideView { also: also.collect(), shown: vec![value], ..SideView::default() }
    }

    /// The entries of a list: one for each name in both texts, and one for all names in only one text.
    fn list(&mut self, list: &ComparedList<'a>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = list
            .rows
            .iter()
            .filter(|row| row.presence() == Presence::Shared)
            .map(|row| self.shared_name(list, row))
            .collect();
        for (at, presence, answer) in
            [(0, Presence::OnlyLeft, Answer::LeftOnly), (1, Presence::OnlyRight, Answer::RightOnly)]
        {
            let rows = list.rows.iter().filter(|row| row.presence() == presence);
            let mentions = rows.flat_map(|row| if at == 0 { &row.left } else { &row.right });
            let shown: Vec<ValueView> = mentions.map(|mention| self.mention(at, mention, true)).collect();
            if shown.is_empty() {
                continue;
            }
            let answer_text = format!("{} named only in {} text", shown.len(), if at == 0 { "A's" } else { "B's" });
            let named = SideView { shown, ..SideView::default() };
            let sides = if at == 0 { [named, absent_side()] } else { [absent_side(), named] };
            entries.push(Entry {
                key: format!("{} only {}", list.kind.label(), self.comparison.catalog.hospital(self.keys[at]).id),
                group: group_of(answer),
                subject: Subject::Names,
                heading: list.kind.label().to_owned(),
                label: list.kind.label().to_owned(),
                ..entry_without_figures(sides, answer, answer_text)
            });
        }
        entries
    }

    fn shared_name(&mut self, list: &ComparedList<'a>, row: &ListRow<'a>) -> Entry {
        let sides = [(0, &row.left), (1, &row.right)].map(|(at, mentions)| SideView {
            shown: mentions.iter().map(|mention| self.mention(at, mention, false)).collect(),
            ..SideView::default()
        });
        // A ranking list has a row for each field and region.
        let ranked = row.left.iter().find_map(|mention| match mention {
            Mention::Ranking(ranking) => Some([&ranking.field, &ranking.region]),
            _ => None,
        });
        let place: Vec<&str> = ranked.into_iter().flatten().flatten().map(Text::as_str).collect();
        Entry {
            key: format!("{}: {} {}", list.kind.label(), row.name, place.join(" ")).trim_end().to_owned(),
            group: Group::SideBySide,
            subject: match list.kind {
                ListKind::Rankings | ListKind::Accreditations => Subject::SharedRating,
                _ => Subject::SharedName,
            },
            heading: list.kind.label().to_owned(),
            label: row.name.to_owned(),
            limits: row.limits().iter().map(limit_of_facts).collect(),
            ..entry_without_figures(sides, Answer::Equal, "named in both texts".to_owned())
        }
    }

    fn mention(&mut self, at: usize, mention: &Mention, is_named: bool) -> ValueView {
        let detail = mention.detail();
        let text = match (is_named, detail) {
            (true, Some(detail)) => format!("{}: {detail}", mention.name()),
            (true, None) => mention.name().to_string(),
            (false, Some(detail)) => detail,
            (false, None) => "named".to_owned(),
        };
        ValueView {
            text,
            when: wording::mention_period(mention),
            sources: vec![self.citations.number(self.keys[at], mention.source())],
            caveat: mention.caveat().map(Text::to_string),
            note: mention.note().map(Text::to_string),
            record: Some(match mention {
                Mention::Item(item) => json!(item),
                Mention::Ranking(ranking) => json!(ranking),
                Mention::Accreditation(accreditation) => json!(accreditation),
            }),
            ..ValueView::default()
        }
    }
}

fn group_of(answer: Answer) -> Group {
    match answer {
        Answer::LeftOnly => Group::OnlyLeft,
        Answer::RightOnly => Group::OnlyRight,
        Answer::CannotTell | Answer::Neither => Group::CannotTell,
        Answer::LeftLarger | Answer::RightLarger | Answer::Equal => Group::SideBySide,
    }
}

/// An entry of a fact or of names, without label and limits.
fn entry_without_figures(sides: [SideView; 2], answer: Answer, answer_text: String) -> Entry {
    Entry {
        key: String::new(),
        group: Group::SideBySide,
        subject: Subject::Statement,
        heading: String::new(),
        label: String::new(),
        direction: None,
        sides,
        answer,
        answer_text,
        limits: Vec::new(),
        references: Vec::new(),
        parts: Vec::new(),
        difference: None,
        ratio: None,
        bars: None,
        measures: Vec::new(),
        bases: [None, None],
    }
}

/// A side without a value in the text.
fn absent_side() -> SideView {
    SideView { missing: crate::catalog::Missing::NotInSource.words(), ..SideView::default() }
}

fn limit_of_facts(limit: &Limit) -> LimitView {
    let text = words::limit_of_facts(limit);
    LimitView { kind: limit.kind(), years: limit.years(), brief: text.clone(), text }
}

fn part_view(part: &PartRow) -> PartView {
    PartView { label: part.label.to_owned(), counts: part.counts, answer: part.answer() }
}

fn measure_view(measure: &Measure) -> MeasureView {
    MeasureView {
        id: measure.id.to_string(),
        label: measure.label.to_string(),
        native_term: measure.native_term.as_ref().map(Text::to_string),
        unit: measure.unit.to_string(),
        definition: measure.definition.to_string(),
        is_scale: measure.ordinal,
    }
}

/// The label of a row: its measure, or the concept of two different measures, and the part that is counted.
fn row_label(row: &Row) -> String {
    let label = match row.measure() {
        Some(measure) => measure.label.to_string(),
        None => row.left.measure.concept.as_ref().unwrap_or(&row.family.label).to_string(),
    };
    match part_of(row) {
        Some((crate::catalog::Scope::Campus(_), name)) => format!("{label}, {name} (campus)"),
        Some((_, name)) => format!("{label}, {name}"),
        None => label,
    }
}

/// The part of the hospital that a row counts; none if the sides count different parts.
fn part_of<'a>(row: &Row<'a>) -> Option<(&'a crate::catalog::Scope, &'a str)> {
    let has_other_part = row.limits.iter().any(|limit| matches!(limit, Limit::OtherPart));
    row.left.part.or(row.right.part).filter(|_| !has_other_part)
}
