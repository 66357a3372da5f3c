//! The walk over a comparison.

use serde_json::json;

use crate::catalog::{Catalog, Dataset, Direction, Figure, HospitalKey, ListKind, Measure, Mention};
use crate::compare::{
    Answer, Basis, Comparison, FactRow, FactSide, Limit, ListRow, Lists, PartRow, Presence, Row, Side,
};
use crate::report::view::comparison::{ComparisonView, SourceView, Who};
use crate::report::view::entry::{Entry, Group, LimitView, Meaning, PartView, Said, SideView, Subject};
use crate::report::view::{once, summary, timeline, words};
use crate::report::wording::{self, Citations};
use crate::text::Text;

impl ComparisonView {
    /// Makes the view of a comparison.
    #[must_use]
    pub fn new(comparison: &Comparison) -> Self {
        let mut view = build(comparison);
        view.tally = once::tally(&view.entries);
        view.once = [0, 1].map(|side| once::SaidOnce::new(&view.entries, side));
        view.summary = summary::lines(&view);
        view
    }

    /// The view of two hospitals of a catalog.
    #[must_use]
    pub fn of(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Self {
        Self::new(&Comparison::new(catalog, left, right))
    }
}

/// The view of a comparison, but for its summary.
fn build(comparison: &Comparison) -> ComparisonView {
    let keys = [comparison.left, comparison.right];
    let mut builder = Builder { comparison, keys, citations: Citations::new(comparison.catalog, &keys) };
    let mut entries: Vec<Entry> = comparison.rows.iter().map(|row| builder.measure(row)).collect();
    entries.extend(comparison.facts.iter().map(|row| builder.statement(row)));
    entries.extend(comparison.lists.iter().flat_map(|list| builder.list(list)));
    // A stable sort: within a group, measures come first, in the order of their table.
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
        hospitals: keys.map(|key| who(comparison.catalog, key)),
        summary: Vec::new(),
        tally: String::new(),
        once: Default::default(),
        entries,
        sources: builder.citations.list().map(source).collect(),
        made_from: wording::identity(comparison.catalog),
    }
}

fn who(catalog: &Catalog, key: HospitalKey) -> Who {
    let hospital = catalog.hospital(key);
    let grade = hospital.details.grade.as_ref().map(|grade| grade.text.to_string());
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let about: Vec<String> =
        hospital.kind.as_ref().map(Text::to_string).into_iter().chain(grade).chain(place).collect();
    Who { key, id: hospital.id.to_string(), name: hospital.name.to_string(), about: about.join(" · ") }
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
        let mut measures = vec![meaning(left.measure)];
        if left.measure.id != right.measure.id {
            measures.push(meaning(right.measure));
        }
        let basis_of = |side: usize| match &row.sides()[side].figures[..] {
            [figure] if figure.quantity().is_some() => Basis::of(self.keys[side], figure),
            _ => None,
        };
        let bases = [basis_of(0), basis_of(1)];
        Entry {
            key: row.key(),
            group: if row.limits.contains(&Limit::PartsDiffer) { Group::SideBySide } else { group_of(row.answer) },
            subject: Subject::Measure,
            heading: row.family.label.to_string(),
            label: row_label(row),
            direction: row.measure().and_then(|measure| measure.direction).map(Direction::words),
            sides,
            answer: row.answer,
            says: words::answer(row),
            limits,
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

    /// Who published the figures of a side, in a few words: the publisher, else the file.
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
                // The label says it.
                view.shown.iter_mut().for_each(|said| said.part = None);
            }
        }
        if view.shown.is_empty() {
            view.missing = wording::missing(side.measure, side.missing());
            view.reasons = side.figures.iter().map(|figure| self.figure(at, side.measure, figure)).collect();
        }
        view.also.extend(side.also.iter().map(|figure| self.figure(at, side.measure, figure)));
        view
    }

    /// A figure; its measure is named where it is not `expected`.
    fn figure(&mut self, at: usize, expected: &Measure, figure: &Figure) -> Said {
        let catalog = self.comparison.catalog;
        let Some(measure) = catalog.measures().get(&figure.measure) else { return Said::default() };
        let value = wording::value(measure, figure);
        let text = if measure.id == expected.id { value } else { wording::with_label(measure, &value) };
        let part = catalog.hospital(self.keys[at]).details.scope_name(figure.scope.as_ref());
        Said {
            text,
            when: wording::period(figure.period.as_ref()),
            part: part.map(str::to_owned),
            sources: self.citations.numbers(self.keys[at], figure),
            caveat: figure.caveat.as_ref().map(Text::to_string),
            note: figure.note.as_ref().map(Text::to_string),
            formula: wording::formula(catalog, figure),
            figure: Some(figure.clone()),
            parts: Vec::new(),
            record: None,
        }
    }

    /// A total with its parts: `better 3 · no different 4 · worse 0 · of 7 reported`.
    fn breakdown(&mut self, at: usize, side: &Side<'a>) -> Said {
        let Some(total) = side.figures.first() else { return Said::default() };
        let part = |(measure, figure): &(&Measure, &Figure)| {
            let label = measure.part_of.as_ref().map_or(measure.label.as_str(), |part| &part.label);
            let sign = if figure.quantity().is_some() { "" } else { ":" };
            format!("{label}{sign} {}", wording::value(measure, figure))
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
        Said { text, caveat, parts, ..self.figure(at, side.measure, total) }
    }

    fn statement(&mut self, row: &FactRow<'a>) -> Entry {
        let sides = [(0, &row.left), (1, &row.right)].map(|(at, side)| self.fact(at, side.as_ref()));
        let answer = match (&row.left, &row.right) {
            (Some(left), Some(right)) if left.text == right.text => Answer::Equal,
            (Some(_), Some(_)) => Answer::CannotTell,
            (Some(_), None) => Answer::LeftOnly,
            _ => Answer::RightOnly,
        };
        let says = match answer {
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
            limits: row.limit.iter().map(limit_of_words).collect(),
            ..plain(sides, answer, says.to_owned())
        }
    }

    fn fact(&mut self, at: usize, side: Option<&FactSide<'a>>) -> SideView {
        let Some(side) = side else { return unsaid() };
        let key = self.keys[at];
        let said = Said {
            text: side.text.clone(),
            sources: side.source.iter().map(|id| self.citations.number(key, id)).collect(),
            caveat: side.caveat.map(Text::to_string),
            note: side.note.map(Text::to_string),
            ..Said::default()
        };
        let also = side.alternatives.iter().map(|(text, id)| Said {
            text: text.clone(),
            sources: vec![self.citations.number(key, id)],
            ..Said::default()
        });
        SideView { also: also.collect(), shown: vec![said], ..SideView::default() }
    }

    /// The names of a list: an entry for each that both texts give, and one for all that only one gives.
    fn list(&mut self, list: &Lists<'a>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = list
            .rows
            .iter()
            .filter(|row| row.presence() == Presence::Shared)
            .map(|row| self.shared(list, row))
            .collect();
        for (at, presence, answer) in
            [(0, Presence::OnlyLeft, Answer::LeftOnly), (1, Presence::OnlyRight, Answer::RightOnly)]
        {
            let rows = list.rows.iter().filter(|row| row.presence() == presence);
            let mentions = rows.flat_map(|row| if at == 0 { &row.left } else { &row.right });
            let shown: Vec<Said> = mentions.map(|mention| self.mention(at, mention, true)).collect();
            if shown.is_empty() {
                continue;
            }
            let says = format!("{} named only in {} text", shown.len(), if at == 0 { "A's" } else { "B's" });
            let named = SideView { shown, ..SideView::default() };
            let sides = if at == 0 { [named, unsaid()] } else { [unsaid(), named] };
            entries.push(Entry {
                key: format!("{} only {}", list.kind.label(), self.comparison.catalog.hospital(self.keys[at]).id),
                group: group_of(answer),
                subject: Subject::Names,
                heading: list.kind.label().to_owned(),
                label: list.kind.label().to_owned(),
                ..plain(sides, answer, says)
            });
        }
        entries
    }

    fn shared(&mut self, list: &Lists<'a>, row: &ListRow<'a>) -> Entry {
        let sides = [(0, &row.left), (1, &row.right)].map(|(at, mentions)| SideView {
            shown: mentions.iter().map(|mention| self.mention(at, mention, false)).collect(),
            ..SideView::default()
        });
        // Rankings of one list stand in several rows, one a field and region.
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
            limits: row.limits().iter().map(limit_of_words).collect(),
            ..plain(sides, Answer::Equal, "named in both texts".to_owned())
        }
    }

    fn mention(&mut self, at: usize, mention: &Mention, is_named: bool) -> Said {
        let detail = mention.detail();
        let text = match (is_named, detail) {
            (true, Some(detail)) => format!("{}: {detail}", mention.name()),
            (true, None) => mention.name().to_string(),
            (false, Some(detail)) => detail,
            (false, None) => "named".to_owned(),
        };
        Said {
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
            ..Said::default()
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

/// An entry without figures.
fn plain(sides: [SideView; 2], answer: Answer, says: String) -> Entry {
    Entry {
        key: String::new(),
        group: Group::SideBySide,
        subject: Subject::Statement,
        heading: String::new(),
        label: String::new(),
        direction: None,
        sides,
        answer,
        says,
        limits: Vec::new(),
        parts: Vec::new(),
        difference: None,
        ratio: None,
        bars: None,
        measures: Vec::new(),
        bases: [None, None],
    }
}

/// A side on which the text says nothing.
fn unsaid() -> SideView {
    SideView { missing: crate::catalog::Missing::NotInSource.words(), ..SideView::default() }
}

fn limit_of_words(limit: &Limit) -> LimitView {
    let text = words::limit_of_words(limit);
    LimitView { kind: limit.kind(), years: limit.years(), brief: text.clone(), text }
}

fn part_view(part: &PartRow) -> PartView {
    PartView { label: part.label.to_owned(), counts: part.counts, answer: part.answer() }
}

fn meaning(measure: &Measure) -> Meaning {
    Meaning {
        id: measure.id.to_string(),
        label: measure.label.to_string(),
        native_term: measure.native_term.as_ref().map(Text::to_string),
        unit: measure.unit.to_string(),
        definition: measure.definition.to_string(),
        is_scale: measure.ordinal,
    }
}

/// The measure of a row, or the concept of different ones; and the part that is counted.
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

/// The part of the hospital that a row is of: the same on both sides, or that of the side that alone has a number.
fn part_of<'a>(row: &Row<'a>) -> Option<(&'a crate::catalog::Scope, &'a str)> {
    let has_other_part = row.limits.iter().any(|limit| matches!(limit, Limit::OtherPart));
    row.left.part.or(row.right.part).filter(|_| !has_other_part)
}
