//! KML: the placemarks of a document, each an object with its point.
//!
//! They are read as objects of JSON are: `placemarks` cuts them out of the document, and `properties` reads one.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{Diagnostic, Spot, line_of};
use crate::formats::error::{LoadError, Unreadable};
use crate::formats::json::property_list::Properties;
use crate::formats::xml::{attribute, push_reference};
use crate::text::Text;

/// What each place is marked by.
const PLACEMARK: &str = "Placemark";

/// Parts of a placemark that are columns of that name.
const PARTS: [&str; 4] = ["name", "address", "phoneNumber", "description"];

/// Whether a text is a document of KML: its first element says so.
pub(crate) fn is_kml(text: &str) -> bool {
    let mut xml = Reader::from_str(text);
    loop {
        match xml.read_event() {
            Ok(Event::Start(element)) => return element.local_name().as_ref() == "kml",
            Ok(Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) | Event::Text(_)) => {}
            _ => return false,
        }
    }
}

/// The placemarks of a document, as they stand.
///
/// # Errors
///
/// When it is no XML, ends too early, or defines entities of its own.
pub(crate) fn placemarks<'a>(text: &'a str, origin: &Text) -> Result<Vec<&'a str>, LoadError> {
    let mut xml = Reader::from_str(text);
    let at = |position: u64| usize::try_from(position).unwrap_or(text.len()).min(text.len());
    let mut all = Vec::new();
    let mut start = None;
    loop {
        let before = at(xml.buffer_position());
        match xml.read_event() {
            // Entities that are made of each other may stand for any amount of text.
            Ok(Event::DocType(definitions)) if definitions.contains("<!ENTITY") => {
                return Err(LoadError::unreadable(origin, Unreadable::Other(ENTITIES)));
            }
            Ok(Event::Start(element)) if element.local_name().as_ref() == PLACEMARK => start = Some(before),
            Ok(Event::End(element)) if element.local_name().as_ref() == PLACEMARK => {
                let end = at(xml.buffer_position());
                all.extend(start.take().and_then(|start| text.get(start..end)));
            }
            Ok(Event::Eof) if start.is_some() || !text.trim_end().ends_with('>') => {
                return Err(invalid(text, origin, text.len(), "the file ends too early"));
            }
            Ok(Event::Eof) => return Ok(all),
            Ok(_) => {}
            Err(error) => return Err(invalid(text, origin, at(xml.error_position()), &error.to_string())),
        }
    }
}

const ENTITIES: &str = "XML that defines entities of its own, which are not expanded; save it as KML without them";

fn invalid(text: &str, origin: &Text, at: usize, message: &str) -> LoadError {
    let start = (0..=at.min(text.len().saturating_sub(1))).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let spot = Spot { text, line: line_of(text.as_bytes(), start), at: start..start + 1 };
    let message = format!("not valid XML: {message}");
    LoadError::Invalid(vec![Diagnostic::new(origin, &spot, "", &message, "fetch the file again; is it whole?")])
}

/// The properties of a placemark: what it is called, its data, and the middle of what it marks.
///
/// # Errors
///
/// When it is no XML.
pub(crate) fn properties(raw: &str) -> Result<Properties<'static>, quick_xml::Error> {
    let mut xml = Reader::from_str(raw);
    let mut placemark = Placemark::default();
    loop {
        match xml.read_event()? {
            Event::Start(element) => placemark.start(&element),
            Event::Empty(element) => {
                placemark.start(&element);
                placemark.end();
            }
            Event::End(_) => placemark.end(),
            Event::Text(text) => placemark.text.push_str(&text.xml10_content()),
            Event::CData(text) => placemark.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => push_reference(&reference, &mut placemark.text),
            Event::Eof => return Ok(placemark.finish()),
            _ => {}
        }
    }
}

/// A placemark that is read.
#[derive(Default)]
struct Placemark {
    /// The elements that are open.
    path: Vec<String>,
    /// The text of the innermost.
    text: String,
    /// What the data is called that is read.
    data: String,
    found: Vec<(String, String)>,
    /// South, west, north, east of all positions.
    bounds: Option<[f64; 4]>,
}

impl Placemark {
    fn start(&mut self, element: &BytesStart) {
        let name = element.local_name().as_ref().to_owned();
        if ["Data", "SimpleData"].contains(&&*name) {
            self.data = attribute(element, "name").unwrap_or_default();
        }
        self.path.push(name);
        self.text.clear();
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let Some(element) = self.path.pop() else { return };
        let (text, inner) = (text.trim(), self.path.last().map(String::as_str));
        match element.as_str() {
            "coordinates" => text.split_whitespace().for_each(|position| self.add_position(position)),
            "SimpleData" => self.push(self.data.clone(), text),
            "value" if inner == Some("Data") => self.push(self.data.clone(), text),
            "description" if self.path.len() == 1 => self.push(element, &without_tags(text)),
            part if self.path.len() == 1 && PARTS.contains(&part) => self.push(element, text),
            _ => {}
        }
    }

    /// Adds a property that says something. Data that only repeats a part of the placemark is left out.
    fn push(&mut self, heading: String, text: &str) {
        if text.is_empty() || self.found.iter().any(|(other, said)| *other == heading && said == text) {
            return;
        }
        let is_taken = |name: &str| self.found.iter().any(|(other, _)| other == name);
        let heading = if is_taken(&heading) { format!("{heading} 2") } else { heading };
        if !is_taken(&heading) {
            self.found.push((heading, text.to_owned()));
        }
    }

    /// Adds a position: degrees east, north, and perhaps metres up.
    fn add_position(&mut self, text: &str) {
        let mut numbers = text.split(',').map(|number| number.trim().parse::<f64>().ok().filter(|one| one.is_finite()));
        if let (Some(Some(east)), Some(Some(north))) = (numbers.next(), numbers.next()) {
            let [s, w, n, e] = self.bounds.unwrap_or([north, east, north, east]);
            self.bounds = Some([s.min(north), w.min(east), n.max(north), e.max(east)]);
        }
    }

    fn finish(self) -> Properties<'static> {
        // Of a single point the middle is the point itself, to the last digit.
        let middle = |low: f64, high: f64| if low < high { f64::midpoint(low, high) } else { low };
        let point = self.bounds.map(|[s, w, n, e]| [("@lat", middle(s, n)), ("@lon", middle(w, e))]);
        let point =
            point.into_iter().flatten().map(|(heading, at)| (Cow::Borrowed(heading), Cow::Owned(at.to_string())));
        point.chain(self.found.into_iter().map(|(heading, text)| (heading.into(), text.into()))).collect()
    }
}

/// The text of what may be a web page.
fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            rest = &rest[start..];
            break;
        };
        out.push(' ');
        rest = &rest[start + end + 1..];
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KML: &str = r#"<?xml version="1.0"?><!-- é --><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>All</name>
<Placemark id="p1"><name>Ash &amp; Elm</name><description><![CDATA[<b>Open</b> daily]]></description>
<ExtendedData><Data name="beds"><displayName>B</displayName><value>12</value></Data><SchemaData><SimpleData name="name">Ash &#38; Elm</SimpleData>
<SimpleData name="name">Other</SimpleData></SchemaData></ExtendedData><Point><coordinates> 141.25,43.5,0 </coordinates></Point></Placemark>
<Folder><Placemark><name>&lol;</name><MultiGeometry><LineString><coordinates>0,0 4,2</coordinates></LineString></MultiGeometry></Placemark></Folder>
</Document></kml>"#;

    #[test]
    fn placemarks_are_read() {
        assert!(is_kml(KML) && !is_kml("<html><kml/></html>") && !is_kml("<"));
        let all = placemarks(KML, &"f.kml".into()).unwrap();
        let read: Vec<Properties> = all.iter().map(|raw| properties(raw).unwrap()).collect();
        let of = |at: usize| read[at].iter().map(|(heading, text)| (&**heading, &**text)).collect::<Vec<_>>();
        assert_eq!(
            of(0),
            [
                ("@lat", "43.5"),
                ("@lon", "141.25"),
                ("name", "Ash & Elm"),
                ("description", "Open daily"),
                ("beds", "12"),
                ("name 2", "Other")
            ]
        );
        assert_eq!(of(1), [("@lat", "1"), ("@lon", "2"), ("name", "&lol;")]);
    }

    #[test]
    fn a_document_that_is_not_whole_or_defines_entities_is_refused() {
        let refusal = |text: &str| placemarks(text, &"f.kml".into()).unwrap_err().to_string();
        assert!(refusal(&KML[..500]).contains("the file ends too early"), "{}", refusal(&KML[..500]));
        assert!(refusal("<kml><Placemark></kml>").contains("f.kml:1:"), "{}", refusal("<kml><Placemark></kml>"));
        let laughs = r#"<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>"#;
        assert!(is_kml(laughs) && refusal(laughs).contains("defines entities of its own"), "{}", refusal(laughs));
    }
}
