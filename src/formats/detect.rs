//! What a file is, by its contents; its name does not matter.

use crate::formats::json::kind::JsonKind;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A catalog of our own form.
    Catalog,
    /// JSON of another form.
    Objects(JsonKind),
    /// A web page, KML or other XML, which none of the readers understands.
    Markup,
    /// Rows of cells.
    Table,
}

impl Shape {
    /// What `text` looks like.
    #[must_use]
    pub(crate) fn of(text: &str) -> Self {
        match text.trim_start().as_bytes().first() {
            Some(b'{' | b'[') => JsonKind::of(text).map_or(Self::Catalog, Self::Objects),
            Some(b'<') => Self::Markup,
            _ => Self::Table,
        }
    }
}
