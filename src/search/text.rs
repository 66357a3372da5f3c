//! One spelling for what people type and what names say, and pinyin.

pub mod acronym;
pub mod fold;
#[cfg(test)]
pub mod oracle;
pub mod pinyin_pattern;
pub mod pinyin_table;
pub mod signature;
