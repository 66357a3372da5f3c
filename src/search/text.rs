//! One spelling for what people type and what names say, and pinyin.

pub mod acronym;
pub mod fold;
pub mod pinyin;
