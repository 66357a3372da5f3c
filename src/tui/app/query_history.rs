//! The queries of this session, to call back.

/// How many queries are kept.
const KEPT: usize = 100;

/// The queries that were used, the newest last, and which of them is in the search box.
#[derive(Debug, Default)]
pub(super) struct QueryHistory {
    queries: Vec<String>,
    /// The one that is in the search box; past the last one while none has been called back.
    at: usize,
    /// What was being typed before the first was called back.
    draft: String,
}

impl QueryHistory {
    /// The queries, the newest last.
    pub(super) fn queries(&self) -> &[String] {
        &self.queries
    }

    /// Keeps a query that was used. One that was kept before moves to the end.
    pub(super) fn remember(&mut self, query: &str) {
        let query = query.trim();
        if !query.is_empty() {
            self.queries.retain(|kept| kept != query);
            self.queries.push(query.to_owned());
            self.queries.drain(..self.queries.len().saturating_sub(KEPT));
        }
        self.at = self.queries.len();
        self.draft.clear();
    }

    /// The query before the present one, if there is one that differs.
    pub(super) fn earlier(&mut self, present: &str) -> Option<String> {
        let at = self.queries[..self.at].iter().rposition(|query| query != present.trim())?;
        if self.at == self.queries.len() {
            present.clone_into(&mut self.draft);
        }
        self.at = at;
        self.queries.get(at).cloned()
    }

    /// The query after the present one, and after the last the one that was being typed.
    pub(super) fn later(&mut self) -> Option<String> {
        if self.at >= self.queries.len() {
            return None;
        }
        self.at += 1;
        Some(self.queries.get(self.at).unwrap_or(&self.draft).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_come_back_newest_first_and_lead_back_to_what_was_typed() {
        let mut history = QueryHistory::default();
        assert_eq!((history.earlier("x"), history.later()), (None, None));
        for query in ["one", "two", " ", "one", "three"] {
            history.remember(query);
        }
        let back: Vec<_> = std::iter::from_fn(|| history.earlier("typed")).collect();
        assert_eq!(back, ["three", "one", "two"]);
        let on: Vec<_> = std::iter::from_fn(|| history.later()).collect();
        assert_eq!(on, ["one", "three", "typed"]);
        (0..300).for_each(|at| history.remember(&at.to_string()));
        assert_eq!(history.queries.len(), KEPT);
        assert_eq!(history.earlier("").as_deref(), Some("299"));
    }

    #[test]
    fn the_query_in_the_box_is_not_called_back() {
        let mut history = QueryHistory::default();
        history.remember("one");
        history.remember("two");
        assert_eq!(history.earlier("two").as_deref(), Some("one"));
        assert_eq!(history.later().as_deref(), Some("two"));
        assert_eq!(history.later().as_deref(), Some("two"), "what was typed");
    }
}
