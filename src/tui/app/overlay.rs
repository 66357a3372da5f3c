//! What lies on top of the rest.

use crate::text::Text;
use crate::tui::app::menu::{Menu, MenuKind};
use crate::tui::app::viewport::Viewport;
use crate::tui::keymap::Context;

/// A box on top of the rest.
#[derive(Debug)]
pub struct Overlay {
    /// What it shows.
    pub kind: OverlayKind,
    pub(crate) viewport: Viewport,
}

/// What a box on top of the rest shows.
#[derive(Debug)]
pub enum OverlayKind {
    /// Every key.
    Help,
    /// The selected row of the comparison in full.
    Row,
    /// A choice.
    Menu(Menu),
}

impl OverlayKind {
    /// What a key means there.
    pub(crate) fn context(&self) -> Context {
        match self {
            Self::Menu(_) => Context::Menu,
            Self::Help | Self::Row => Context::Overlay,
        }
    }
}

impl Overlay {
    pub(super) fn new(kind: OverlayKind) -> Self {
        Self { kind, viewport: Viewport::default() }
    }

    /// Whether it is the menu of the facets.
    pub(super) fn is_facets(&self) -> bool {
        matches!(&self.kind, OverlayKind::Menu(menu) if menu.kind == MenuKind::Facets)
    }

    pub(crate) fn title(&self) -> String {
        let title = match &self.kind {
            OverlayKind::Help => "Help",
            OverlayKind::Row => "Row",
            OverlayKind::Menu(menu) => match menu.kind {
                MenuKind::Sort => "Sort by",
                MenuKind::Facets => "Filter by",
                MenuKind::OpenAddress => "Open",
                MenuKind::CopyAddress => "Copy",
            },
        };
        let find = match &self.kind {
            OverlayKind::Menu(menu) => menu.find(),
            OverlayKind::Help | OverlayKind::Row => None,
        };
        find.map_or_else(|| title.to_owned(), |find| format!("{title}: {}", Text::clean(find)))
    }
}
