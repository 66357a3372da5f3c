//! Cleaning and measuring untrusted text.
//!
//! Names and notes come from files that strangers wrote. A terminal obeys what it is sent, so a name
//! that carries an escape sequence, a bidirectional override or a thousand combining marks could move
//! the cursor, hide a figure or break a table. Whatever the catalog holds of a file is
//! [`Text`], which can only be made by cleaning, so what reaches a screen or an export has been cleaned. (Rows that are
//! not read yet are cleaned, too.)
//!
//! Widths are display columns: a Chinese character takes two.
//!
//! | file | what it does |
//! |---|---|
//! | `clean` | makes text safe to show |
//! | `cleaned` | [`Text`], a string that has been cleaned |
//! | `layout` | measures, clips, pads and wraps |
//! | `link` | finds web addresses |
//! | `list` | keeps many short texts |

mod clean;
mod cleaned;
mod layout;
mod link;
mod list;

pub(crate) use clean::may_follow;
pub use clean::{clean, clean_in_place, clean_lines};
pub use cleaned::Text;
pub use layout::{clip, width};
pub(crate) use layout::{pad, wrap};
pub(crate) use link::{link_target, links};
pub(crate) use list::TextList;

/// The letters and digits of a name in lower case, so that names are compared without case and marks.
pub(crate) fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
