//! What the terminal sends, as events.
//!
//! Terminals send more than keys: replies that come late over a slow line, reports that nobody asked for, strings of any
//! length. Crossterm's reader waits for ever for the end of some of them (crossterm #1104) and takes others for typing,
//! and neither termwiz nor vte tell how long to wait for the rest of a key. So the bytes are split here: [`sequence`]
//! finds where each sequence ends, by ECMA-48, and [`decode`] says which key, click or paste it is. What is neither is
//! dropped whole.

pub(super) mod decode;
pub(super) mod sequence;
