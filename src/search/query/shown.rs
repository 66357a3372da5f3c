//! What a list should show beside the names: what the query filters and sorts by.

use crate::search::order::{Order, SortBy};
use crate::search::query::field::QueryField;
use crate::search::query::parse::Query;
use crate::search::query::term::TermKind;
use crate::text::Text;

/// Something that a list shows beside a name, because the query asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The figures of a measure, by its id.
    Measure(Text),
    /// What a hospital says in a field.
    Field(QueryField),
    /// How far it is from the place that the query names.
    Distance,
}

impl Query {
    /// The measures and fields that it filters or sorts by, in the order in which it names them, each once. What it leaves
    /// out with `!` is not shown.
    #[must_use]
    pub fn shown(&self) -> Vec<Shown> {
        let mut shown: Vec<Shown> = Vec::new();
        for term in self.terms.iter().filter(|term| !term.not) {
            let asked = match &term.kind {
                TermKind::Measure(ids, _) => ids.iter().cloned().map(Shown::Measure).collect(),
                TermKind::Sort(Order { by: SortBy::Measure(id), .. }) => vec![Shown::Measure(id.clone())],
                TermKind::Field { field, .. } => vec![Shown::Field(field.clone())],
                TermKind::Near(_) | TermKind::Within { .. } => vec![Shown::Distance],
                TermKind::Words(_) | TermKind::Phrase { .. } | TermKind::Sort(_) => Vec::new(),
            };
            for one in asked {
                if !shown.contains(&one) {
                    shown.push(one);
                }
            }
        }
        shown
    }

    /// The measures that it asks for by number or sorts by, by their ids, each once.
    #[must_use]
    pub fn measures(&self) -> Vec<Text> {
        let measure = |shown| match shown {
            Shown::Measure(id) => Some(id),
            _ => None,
        };
        self.shown().into_iter().filter_map(measure).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filtered_and_sorted_by_is_shown_once_in_order() {
        let shown = |text: &str| Query::parse(text, &crate::formats::bundled()).shown();
        let open = || Shown::Measure("beds.open".into());
        assert_eq!(shown("near:31.2,121.5 city:x within:5km"), [Shown::Distance, Shown::Field(QueryField::City)]);
        assert_eq!(shown("chong city:chongqing beds.open>5 sort:beds.open"), [Shown::Field(QueryField::City), open()]);
        assert_eq!(shown("beds.open:any city:a city=b"), [open(), Shown::Field(QueryField::City)]);
        assert_eq!(shown("near:31.2,121.5 city:x within:5km"), [Shown::Distance, Shown::Field(QueryField::City)]);
        assert_eq!(shown("chong \"a b\" !city:x sort:name"), []);
    }
}
