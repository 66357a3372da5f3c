//! Many short texts, one after the other.

/// Texts one after the other, so that each takes no more than its letters and where it ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextList {
    text: String,
    ends: Vec<u32>,
}

impl TextList {
    /// Adds a text at the end.
    ///
    /// # Panics
    ///
    /// When all texts together are longer than 4 GiB: a file has at most one.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("the texts of a file are shorter than 4 GiB"));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a position.
    pub(crate) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// Replaces the text at a position; all are copied.
    pub(crate) fn set(&mut self, at: usize, text: &str) {
        let old = std::mem::take(self);
        for other in 0..old.len() {
            self.push(if other == at { text } else { old.get(other) });
        }
    }

    /// Gives back the room that is left.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_positions() {
        let mut list = TextList::default();
        for text in ["a", "", "重庆", "b"] {
            list.push(text);
        }
        list.set(1, "longer");
        list.set(2, "");
        let all: Vec<&str> = (0..list.len()).map(|at| list.get(at)).collect();
        assert_eq!(all, ["a", "longer", "", "b"]);
    }
}
