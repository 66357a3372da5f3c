//! Opens and copies web addresses of what is selected.

use crate::report::addresses::{self, Address};
use crate::tui::app::event::Effect;
use crate::tui::app::menu::{Menu, MenuKind};
use crate::tui::app::overlay::OverlayKind;
use crate::tui::app::state::App;

impl App {
    /// The web addresses of the selected hospital, or of both that are compared.
    pub(crate) fn addresses(&self) -> Vec<Address> {
        let of = |key| addresses::of_hospital(&self.catalog, key);
        let Some(open) = &self.compare else { return self.browse.selected_hospital().map(of).unwrap_or_default() };
        let mut all: Vec<Address> = Vec::new();
        for (side, key) in ["A", "B"].into_iter().zip(open.keys()) {
            for address in of(key) {
                if !all.iter().any(|known| known.target == address.target) {
                    all.push(Address { label: format!("{side}: {}", address.label), ..address });
                }
            }
        }
        all
    }

    /// Opens the address if there is one, or lets the user choose.
    pub(super) fn open_address(&mut self) -> Option<Effect> {
        self.with_address(MenuKind::OpenAddress, Effect::Open)
    }

    /// Copies the address if there is one, or lets the user choose.
    pub(super) fn copy_address(&mut self) -> Option<Effect> {
        self.with_address(MenuKind::CopyAddress, |address| Effect::Copy { brief: address.clone(), text: address })
    }

    fn with_address(&mut self, kind: MenuKind, effect: fn(String) -> Effect) -> Option<Effect> {
        let mut addresses = self.addresses();
        match addresses.len() {
            0 => self.message = Some("the sources give no web address".to_owned()),
            1 => return addresses.pop().map(|address| effect(address.target)),
            _ => self.open_overlay(OverlayKind::Menu(Menu::of_addresses(kind, addresses))),
        }
        None
    }
}
