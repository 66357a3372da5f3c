//! The state of the screen, and how events change it.
//!
//! [`App::handle`] takes an event, changes the state and returns what the loop should do besides, an [`Effect`]. It
//! neither draws nor reads nor waits, so tests type keys and look. [`App`] itself only routes; what changes belongs to
//!
//! - `Browse`: the search box, the list and the detail pane;
//! - [`Compare`]: two hospitals side by side;
//! - `Map`: where the hospitals found lie;
//! - `Overlay`: what lies on top: the help, a row in full, a menu.
//!
//! What is chosen in a menu is taken in `choosing`, what is done on the map in `locating`. What the mouse does to any of them is in `mouse`, what the line at the
//! bottom says in `footer`, and what messages say of keys in `key_words`.
//!
//! What is shown is kept, as lines in a `Viewport`, and worked out when it changes; the view only reads it.

pub(super) mod browse;
mod choosing;
pub(super) mod compare;
mod copy;
pub(super) mod event;
mod file_notes;
pub(super) mod footer;
mod key_words;
mod links;
pub(super) mod list_rows;
mod loading;
mod locating;
pub(super) mod map;
pub(super) mod menu;
mod mouse;
pub(super) mod overlay;
mod pointer;
mod query_history;
mod resume;
pub(super) mod search_box;
pub(super) mod state;
pub(super) mod viewport;

pub use compare::Compare;
pub use event::{Background, Copied, Effect, Event, Loading};
pub use state::App;
