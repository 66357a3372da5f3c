//! What a file is, by its contents; its name does not matter.

use crate::formats::json::kind::{Form, Frame, ObjectKind};
use crate::formats::json::{outline, recognize};
use crate::formats::kml;

/// What a text is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A catalog of our own form.
    Catalog,
    /// JSON of another form.
    Objects(ObjectKind),
    /// A web page or XML of another kind than KML, which none of the readers understands.
    Markup,
    /// The prices of one hospital, which the law of the United States makes it publish.
    PriceList,
    /// Rows of cells.
    Table,
}

impl Shape {
    /// What `text` looks like.
    #[must_use]
    pub(crate) fn of(text: &str) -> Self {
        match text.trim_start().as_bytes().first() {
            Some(b'{') if outline::is_price_list(text) => Self::PriceList,
            Some(b'{' | b'[') => recognize::kind_of(text).map_or(Self::Catalog, Self::Objects),
            Some(b'<') if kml::is_kml(text) => {
                Self::Objects(ObjectKind { frame: Frame::Document, form: Form::Placemark })
            }
            Some(b'<') => Self::Markup,
            _ => Self::Table,
        }
    }
}
