//! What the terminal sends, as events.
//!
//! Terminals send more than keys: replies that come late over a slow line, reports that nobody asked for, strings of any
//! length. So the bytes are split here. [`sequence`] finds where each sequence ends, by ECMA-48 and after a pause, and
//! [`decode`] says which key, click or paste it is. What is neither is dropped whole.
//!
//! The parsers of other crates were weighed:
//!
//! - crossterm (0.29) and termina, which descends from it, take each kind of report by its own rule. One that they do not
//!   know (`CSI ? 1 ; 1 R`) is waited for without an end, with every key after it (crossterm #1104); an APC is typed.
//! - termwiz looks keys up in a table. A DCS, an OSC or half a CSI is in none, so its characters become keys.
//! - vte and vtparse split as the standard says, but are made for what programs send to terminals: neither ends a
//!   sequence after a pause, tells Esc from the start of one, nor knows clicks with bytes after the final one, or pastes.
//!
//! A parser on top of the last would keep most of [`sequence`], so it is all here.

pub(super) mod decode;
pub(super) mod sequence;
#[cfg(test)]
mod tests;
