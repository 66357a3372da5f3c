//! The browser, in the terminal.
//!
//! The parts, in the order in which an event passes through them:
//!
//! 1. `workers` and `signals` run on threads of their own and send messages over one channel, so the screen never waits
//!    for the keyboard, the search or a file.
//! 2. `run` is the loop. It takes messages, puts events into the [`event_queue`], and draws.
//! 3. [`bindings`] resolves a key in its context to an action: by [`keymap`], or by keys of a configuration.
//! 4. [`app`] is the state. [`app::App::handle`] changes it and returns an [`app::Effect`] for the loop to perform.
//! 5. `page` lays text out for a width: lines whose pieces have a role, but no colours. The state keeps the pages that
//!    are shown, and lays them out when their content or their width changes.
//! 6. [`view`] draws the state with ratatui widgets, one file a pane. `layout` divides the screen, [`theme`] has every
//!    style and [`glyphs`] every character that is drawn.
//!
//! Only `terminal`, `session`, `signals` and the reader in `workers` touch the terminal. `input` makes events of the bytes
//! that it sends.

pub mod app;
mod background;
pub mod bindings;
mod cell_writer;
mod clipboard;
mod environment;
mod error;
pub mod event_queue;
pub mod glyphs;
mod hyperlinks;
mod input;
mod key_name;
pub mod keymap;
mod layout;
mod line_editor;
mod message;
mod opener;
mod page;
mod panic_guard;
mod projection;
mod resume;
mod run;
mod session;
mod signals;
mod terminal;
pub mod theme;
pub mod view;
mod workers;

pub use bindings::{BindingError, Bindings};
pub use clipboard::Clipboard;
pub use error::Error;
pub(crate) use keymap::key_help;
pub use layout::Panes;
pub use resume::{Place, Resume};
pub use run::{Options, run};
pub(crate) use terminal::require_terminal;
pub(crate) use terminal::size as terminal_size;
