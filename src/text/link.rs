//! Web addresses in texts.

use std::fmt::Write;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

/// What addresses begin with, in whatever case.
const SCHEMES: [&str; 2] = ["http://", "https://"];

fn has_beginning(text: &[u8], beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
}

/// The bytes of each web address in `text`: what has a scheme, or begins with `www.`.
pub(crate) fn links(text: &str) -> Vec<Range<usize>> {
    // Most texts have none, and many texts are laid out.
    let may_have =
        |beginning: &str| text.as_bytes().windows(beginning.len()).any(|part| has_beginning(part, beginning));
    if !(may_have("://") || may_have("www.")) {
        return Vec::new();
    }
    let mut all = found(text, true, &SCHEMES);
    all.extend(found(text, false, &["www."]));
    all.sort_by_key(|at| at.start);
    all
}

/// What is an address and has one of these beginnings.
fn found(text: &str, must_have_scheme: bool, beginnings: &[&str]) -> Vec<Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(must_have_scheme);
    let is_web = |link: &str| beginnings.iter().any(|beginning| has_beginning(link.as_bytes(), beginning));
    let links = finder.links(text).filter(|link| is_web(link.as_str()));
    links.map(|link| link.start()..link.end()).collect()
}

/// A web address as a browser takes it: with a scheme, and in ASCII.
///
/// Addresses without a scheme are of old lists, whose servers may know no other than `http`.
pub(crate) fn link_target(link: &str) -> String {
    let has_scheme = SCHEMES.iter().any(|scheme| has_beginning(link.as_bytes(), scheme));
    let mut target = if has_scheme { "" } else { "http://" }.to_owned();
    for byte in link.bytes() {
        if byte.is_ascii_graphic() {
            target.push(char::from(byte));
        } else {
            let _ = write!(target, "%{byte:02X}");
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<&str> {
        links(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn addresses_are_found_without_the_signs_around_them() {
        assert_eq!(
            addresses("see https://doi.org/10.1038/s41597-019-0142-2."),
            ["https://doi.org/10.1038/s41597-019-0142-2"]
        );
        assert_eq!(
            addresses("(www.chop.edu), http://example.org/c?d=e&f#g"),
            ["www.chop.edu", "http://example.org/c?d=e&f#g",]
        );
        for (text, address) in [
            ("网址：http://example.cn/路", "http://example.cn/路"),
            ("http://192.0.2.1:8080/a", "http://192.0.2.1:8080/a"),
        ] {
            assert_eq!(addresses(text), [address], "{text}");
        }
        assert_eq!(addresses("see HTTP://WWW.X.ORG/A and WWW.Y.ORG"), ["HTTP://WWW.X.ORG/A", "WWW.Y.ORG"]);
        for none in ["mail@www.example", "ftp://a.b", "a://b", "javascript://x", "file:///etc/passwd", "1.200 beds"] {
            assert_eq!(addresses(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn a_target_has_nothing_that_ends_a_sequence() {
        assert_eq!(link_target("www.chop.edu"), "http://www.chop.edu");
        assert_eq!(link_target("HTTP://X.ORG"), "HTTP://X.ORG");
        assert_eq!(link_target("https://a.b/重"), "https://a.b/%E9%87%8D");
        assert_eq!(link_target("http://a.b/\u{1b}\\\u{7}"), "http://a.b/%1B\\%07");
    }
}
