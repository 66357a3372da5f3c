//! What lies on top of the rest.

use crate::tui::app::menu::{Menu, MenuKind};
use crate::tui::app::viewport::Viewport;
use crate::tui::keymap::{Context, Motion};

/// A box on top of the rest.
#[derive(Debug)]
pub enum Overlay {
    /// Every key.
    Help(Viewport),
    /// The selected row of the comparison in full.
    Row(Viewport),
    /// A choice.
    Menu(Menu),
}

impl Overlay {
    pub(in crate::tui) fn title(&self) -> &'static str {
        match self {
            Self::Help(_) => "Keys",
            Self::Row(_) => "Row",
            Self::Menu(menu) => match menu.kind() {
                MenuKind::Sort => "Sort by",
                MenuKind::Facets => "Filter by",
            },
        }
    }

    pub(in crate::tui) fn viewport(&self) -> &Viewport {
        match self {
            Self::Help(viewport) | Self::Row(viewport) => viewport,
            Self::Menu(menu) => &menu.viewport,
        }
    }

    pub(super) fn viewport_mut(&mut self) -> &mut Viewport {
        match self {
            Self::Help(viewport) | Self::Row(viewport) => viewport,
            Self::Menu(menu) => &mut menu.viewport,
        }
    }

    /// What a key means in it.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Help(_) | Self::Row(_) => Context::Overlay,
            Self::Menu(_) => Context::Menu,
        }
    }

    /// Scrolls, or moves the selection.
    pub(super) fn step(&mut self, motion: Motion) {
        match self {
            Self::Help(viewport) | Self::Row(viewport) => viewport.scroll(motion),
            Self::Menu(menu) => menu.step(motion),
        }
    }
}
