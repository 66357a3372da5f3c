//! What all readers of XML share. Entities that a document defines are never expanded.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};

/// Adds the character that a reference such as `&amp;` or `&#233;` stands for; one that is unknown stays as it is.
pub(crate) fn push_reference(reference: &BytesRef, out: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => out.push(c),
        _ => {
            if let Some(text) = resolve_predefined_entity(reference) {
                out.push_str(text);
            } else {
                out.push('&');
                out.push_str(reference);
                out.push(';');
            }
        }
    }
}

/// The attribute of that name, in whatever namespace.
pub(crate) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}
