//! Lists of labels.

/// Labels by the reason that they share, in the order in which the reasons come.
pub(super) fn by_reason<R: PartialEq, L>(labels: impl IntoIterator<Item = (R, L)>) -> Vec<(R, Vec<L>)> {
    let mut groups: Vec<(R, Vec<L>)> = Vec::new();
    for (reason, label) in labels {
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, labels)) => labels.push(label),
            None => groups.push((reason, vec![label])),
        }
    }
    groups
}

/// The first labels, and the number of the others: `open beds, staff, visits and 2 more`.
pub(super) fn first_of(labels: &[impl AsRef<str>], most: usize) -> String {
    let first: Vec<&str> = labels.iter().take(most).map(AsRef::as_ref).collect();
    match labels.len().saturating_sub(most) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
