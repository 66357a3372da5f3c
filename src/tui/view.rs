//! Draws the state. Reads [`super::app::App`], changes nothing.
//!
//! Browsing, from 80 columns on (below, and with `--panes one`, only the pane that has the keys is drawn):
//!
//! ```text
//!  Women's and children's hospitals of China      A Guangzhou …  B –     ← header::Header
//!  / chong                     2 of 5 │ Children's Hospital of Chongqing … ← search_line::SearchLine
//! A▌Children's Hospital of Chongqing… │ 重庆医科大学附属儿童医院 · Chongqing   ← hospital_row::HospitalRow
//!  ▌重庆医科大学附属儿童医院          │
//!   Chongqing Health Center for …     │   1,925  open beds                ┃ ← scroll_bar::ScrollBar
//!   重庆市妇幼保健院 · Chongqing      │   2,480  registered beds          │
//!   list::ListPane                divider::Divider        detail::DetailPane, with a page::PageView
//!  ↓ move  / search  → detail  Space mark  c compare  ? help  q quit        ← footer::Footer
//! ```
//!
//! The map (`map::MapPane`) takes the whole body, and so does the comparison; an overlay lies on top of either:
//!
//! ```text
//!  Compare  5 answered · 4 cannot be told · 21 one-sided
//!  A Guangzhou Women and Children's Medical Center [1]
//!  B Children's Hospital of Chongqing Medical University [2]
//! ── Side by side ───────────────────────────────────────────────────────────
//! ▌ visits       ╭ Row ─────────────────────── Esc closes ╮   A larger by …
//! ▌              │ outpatient and emergency visits        │
//!   inpatients   ╰────────────────────────────────────────╯   A larger by …
//!   compare::ComparePane      overlay::OverlayBox
//! ```

mod ascii;
mod attention;
mod compare;
mod detail;
mod divider;
mod footer;
mod header;
mod hospital_row;
mod links;
mod list;
mod map;
mod overlay;
mod page;
mod paint;
pub(crate) mod screen;
mod scroll_bar;
mod search_line;

pub use attention::hidden_cursor;
pub(super) use links::hyperlinks;
pub use screen::draw;
