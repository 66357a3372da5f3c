//! The help: every key, from the one table, and what the marks of a comparison mean.

use super::super::keymap::{self, Context};
use super::{Page, Role};
use crate::compare::Verdict;

/// The help, laid out for `columns`.
#[must_use]
pub fn page(columns: usize) -> Page {
    const KEYS: usize = 13;
    let mut page = Page::default();
    let says = columns.saturating_sub(KEYS + 6).max(10);
    for context in Context::ALL {
        page.heading(context.label());
        for binding in keymap::listed_under(context) {
            let elsewhere = elsewhere(context, binding.contexts);
            let text = format!("{}{elsewhere}", binding.says);
            page.cells(2, &[(&binding.names(), Role::Key, KEYS), (&text, Role::Plain, says)]);
        }
    }
    page.heading("Verdicts of the comparison");
    for verdict in Verdict::ALL {
        let mark = format!("{} {}", verdict.mark(), verdict.words());
        page.cells(
            2,
            &[(&mark, Role::Limited, 22), (verdict.sentence(), Role::Plain, columns.saturating_sub(28).max(10))],
        );
    }
    page
}

/// Where else a binding holds.
fn elsewhere(context: Context, contexts: &[Context]) -> &'static str {
    let has = |wanted| wanted != context && contexts.contains(&wanted);
    match (has(Context::Filter), has(Context::Compare), has(Context::Detail)) {
        (true, true, _) => " — everywhere",
        (false, true, true) => " — also in detail and comparison",
        (false, false, true) => " — also in detail",
        _ => "",
    }
}
