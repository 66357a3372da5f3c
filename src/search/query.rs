//! The query language.
//!
//! ```text
//! query     = [ part ] , { space , [ part ] } ;
//! part      = [ "!" ] , ( phrase | condition | text ) ;     (* !: hospitals with it are left out *)
//! phrase    = quote , { any character but a quote } , [ quote ] ;
//! condition = name , operator , value ;
//! name      = field | measure | "sort" ;                    (* in any case *)
//! field     = "city" | "region" | "country" | "kind" | "owner" | "id" | "source" ;
//! measure   = id or label of a measure, or of a family of measures ;
//! operator  = ":" | "=" | ">" | ">=" | "<" | "<=" ;
//! value     = [ "?" ] , number | "none" | "any"             (* of a measure *)
//!           | words | phrase                                (* of a field; only ":" and "=" *)
//!           | "best" | "name" | "place" | measure ;         (* of sort; only ":" and "=", and no "!" *)
//! text      = { any character but a space } ;
//! quote     = '"' | "“" | "”" ;
//! ```
//!
//! Signs, letters and digits may be of full width, as Chinese input methods type them. Spaces between quotes do not end a
//! part.
//!
//! | typed | asks for |
//! |---|---|
//! | `women chongqing` | words, in any order |
//! | `"st mary"` | exactly this, from the start of a word to the end of one |
//! | `!eye` | without this word |
//! | `city:chongqing` | these words in a field |
//! | `country=niger` | exactly this in a field |
//! | `sort:beds` | the list in that order |
//! | `beds>1000` | a measure, or one of a family |
//! | `beds>?2000` | also where the source leaves it open, as "more than 1,500" does |
//! | `beds:none`, `beds:any` | no number, any number |
//!
//! The way of a query: `token` divides it into parts, `parse` says what they ask for (`term`) or what is wrong with
//! them (`mistake`). `complete` reads the part at the caret by the same tokens and writes its suggestions by them.

pub(crate) mod complete;
pub(crate) mod field;
pub(crate) mod fields;
pub(crate) mod measures;
pub(crate) mod mistake;
pub(crate) mod names;
mod near;
pub(crate) mod parse;
pub(crate) mod rewrite;
pub(crate) mod shown;
pub(crate) mod term;
pub(crate) mod token;

pub use token::pieces;
