//! Suggesting the word that was meant.

/// The known word nearest to `word`, when one is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longest word that is compared: longer ones take too long.
    const LONGEST: usize = 200;
    if word.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// A fix that names the word meant, or all that are known when they are few.
pub(crate) fn one_of<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("there are no {what} yet"),
        None if known.len() <= 12 => format!("the {what} are: {}", known.join(", ")),
        None => format!("{} {what} are known, none of them like it", known.len()),
    }
}
