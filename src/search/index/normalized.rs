//! Folded texts, one after the other, with their signatures.

use std::borrow::Cow;

use crate::search::index::lists::Ends;
use crate::search::text::fold::{MAX_FIELD, fold, is_han};
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::Signature;

/// A folded text, with its signature.
#[derive(Clone, Debug)]
pub(crate) struct NormalizedText<'a> {
    pub text: Cow<'a, str>,
    /// An upper bound of the characters of the text.
    pub signature: Signature,
}

impl NormalizedText<'_> {
    /// Folds `original`, and learns how its Chinese characters are read.
    pub(crate) fn new(original: &str, table: &mut PinyinTable) -> Self {
        let text = fold(original, MAX_FIELD);
        table.learn(text.chars());
        Self { signature: Signature::new(&text, table), text: Cow::Owned(text) }
    }

    /// Whether a word starts at byte `at`: the text's start, after a space, at and after a Chinese character.
    pub(crate) fn starts_word(&self, at: usize) -> bool {
        if at == 0 || self.text.as_bytes()[at - 1] == b' ' {
            return true;
        }
        let neighbours = || [self.text[..at].chars().next_back(), self.text[at..].chars().next()];
        self.signature.has_han() && neighbours().into_iter().flatten().any(is_han)
    }
}

/// Folded texts.
#[derive(Debug, Default)]
pub(crate) struct NormalizedTexts {
    text: String,
    ends: Ends,
    /// That of each text; none where that of all is enough.
    signatures: Vec<Signature>,
    /// That of all together.
    signature: Signature,
}

impl NormalizedTexts {
    /// With room for so many texts of so many bytes together.
    pub(crate) fn with_capacity(texts: usize, bytes: usize) -> Self {
        let (text, ends) = (String::with_capacity(bytes), Ends::with_capacity(texts));
        Self { text, ends, ..Self::default() }
    }

    pub(crate) fn push(&mut self, text: &NormalizedText) {
        self.push_id(&text.text, text.signature);
        self.signatures.push(text.signature);
    }

    /// Adds one of texts that have no signatures of their own.
    pub(crate) fn push_id(&mut self, text: &str, signature: Signature) {
        self.signature = self.signature.union(signature);
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes the texts have together.
    pub(crate) fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// The signature of all together.
    pub(crate) fn signature(&self) -> Signature {
        self.signature
    }

    #[inline]
    pub(crate) fn text(&self, at: usize) -> &str {
        &self.text[self.ends.range(at)]
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> NormalizedText<'_> {
        let signature = self.signatures.get(at).copied().unwrap_or(self.signature);
        NormalizedText { text: Cow::Borrowed(self.text(at)), signature }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.bytes() + self.signatures.len() * size_of::<Signature>()
    }
}
