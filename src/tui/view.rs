//! Draws the state. Reads [`super::app::App`], changes nothing.
//!
//! Browsing, from 80 columns on (below, only the pane that has the keys is drawn):
//!
//! ```text
//!  hospitui  Women's and children's hospitals                       A … B …    ← header::Header
//! ╭ Hospitals ────────────── 2 of 5 ─╮╭ Children's Hospital of Chongqing … ╮
//! │ / chong                          ││ 重庆医科大学附属儿童医院           │   ← search_line::SearchLine
//! │ A▌Children's Hospital of …       ││ Beds                               │   ← hospital_row::HospitalRow
//! │  ▌重庆医科大学附属儿童医院       ││   open beds   1,925  no period … [1]┃   ← scroll_bar::ScrollBar
//! │                                  ││                                    │
//! ╰──────────────────────────────────╯╰────────────────────────────────────╯
//!   list::ListPane                      detail::DetailPane, with a page::PageView
//!  ↓ move  / search  → detail  Space mark  c compare  ? help  q quit           ← footer::Footer
//! ```
//!
//! The comparison takes the whole body; an overlay lies on top of either:
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

mod attention;
mod compare;
mod detail;
mod footer;
mod header;
mod hospital_row;
mod list;
mod overlay;
mod page;
pub(crate) mod screen;
mod scroll_bar;
mod search_line;

pub use attention::hidden_cursor;
pub use screen::draw;
