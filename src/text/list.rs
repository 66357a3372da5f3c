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
    /// When all texts together are longer than 4 GiB. Those of a file are not: it has at most 1 GiB, in 100 million rows.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("the texts of a file are shorter than 4 GiB"));
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<u32>()
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

    /// Replaces the texts at some positions, which ascend. All are copied once.
    pub(crate) fn replace<T: AsRef<str>>(&mut self, replaced: &[(usize, T)]) {
        let old = std::mem::take(self);
        let mut replaced = replaced.iter().peekable();
        for at in 0..old.len() {
            let new = replaced.next_if(|(other, _)| *other == at);
            self.push(new.map_or_else(|| old.get(at), |(_, text)| text.as_ref()));
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
        list.replace(&[(1, "longer"), (2, "")]);
        let all: Vec<&str> = (0..list.len()).map(|at| list.get(at)).collect();
        assert_eq!(all, ["a", "longer", "", "b"]);
    }
}
