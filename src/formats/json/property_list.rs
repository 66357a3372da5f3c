//! The properties of an object, as all forms of objects give them.

use std::borrow::Cow;

/// Headings with their texts.
pub(crate) type Properties<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;
