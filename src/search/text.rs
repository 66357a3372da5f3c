//! One spelling for what people type and what names say, and pinyin.

pub(crate) mod acronym;
pub(super) mod fold;
#[cfg(test)]
pub(crate) mod oracle;
pub(crate) mod phone;
pub(crate) mod pinyin_pattern;
pub(crate) mod pinyin_table;
pub(crate) mod signature;
