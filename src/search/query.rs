//! The query language.
//!
//! ```text
//! query     = [ part ] , { space , [ "or" , space ] , [ part ] } ;   (* or: one of the two parts beside it *)
//! part      = [ "!" ] , ( phrase | condition | text ) ;     (* !: hospitals with it are left out *)
//! phrase    = quote , { any character but a quote } , [ quote ] ;
//! condition = name , [ space ] , operator , [ space ] , value ;   (* no space before ":" and "=" *)
//! name      = field | measure | "sort" | "near" | "within" ;   (* in any case, or in quotes *)
//! field     = "city" | "zip" | ... | words of the heading of a column, joined by hyphens ;
//! measure   = id or label of a measure, or of a family of measures, or words of the label ;
//! operator  = ":" | "=" | ">" | ">=" | "<" | "<=" ;
//! value     = [ "?" ] , number | "none" | "any"             (* of a measure *)
//!           | words , { "|" , words }                       (* of a field; only ":" and "=" *)
//!           | "best" | [ "-" ] , ( "name" | "place" | measure )   (* of sort; only ":" and "=", and no "!" *)
//!           | degrees , "," , degrees | id | city           (* of near; likewise *)
//!           | number , ( "m" | "km" | "mi" | "nmi" ) ;      (* of within *)
//! words     = { any character but a space } | phrase ;
//! text      = { any character but a space } ;
//! quote     = '"' | "“" | "”" ;
//! ```
//!
//! Signs, letters and digits may be of full width, as Chinese input methods type them. Spaces between quotes do not end a
//! part. An `or` that has no part before or behind it is a word.
//!
//! | typed | asks for |
//! |---|---|
//! | `women chongqing` | words, in any order |
//! | `"st mary"` | exactly this, from the start of a word to the end of one |
//! | `!eye` | without this word |
//! | `boston or cambridge` | one of both |
//! | `city:chongqing`, `county:suffolk` | these words in a field or a column |
//! | `country=niger`, `region=TX\|CA` | exactly this in a field, or one of these |
//! | `sort:beds`, `sort:-beds` | the list in that order, or turned |
//! | `beds>1000` | a measure, or one of a family |
//! | `beds>?2000` | also where the source leaves it open, as "more than 1,500" does |
//! | `beds:none`, `beds:any` | no number, any number |
//! | `near:42.36,-71.06 within:25km` | the nearest first, no farther than that |
//!
//! The way of a query: `token` divides it into parts, `parse` says what they ask for (`term`) or what is wrong with
//! them (`mistake`); `names` tells what a name stands for, `near` where a place is. `alternatives` makes conjunctions of the
//! parts that `or` joins. `complete` reads the part at the caret by the same tokens and writes its suggestions by them; `fields`
//! lists all that can be asked for, and `shown` what a list shows of it.

pub(crate) mod alternatives;
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

pub(crate) use rewrite::sorted_by;
pub use token::pieces;
