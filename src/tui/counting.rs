//! Counting all hospitals on a thread of its own: where two hospitals stand among a million takes longer than a frame.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::{io, thread};

use super::{Alarm, Wake};
use crate::catalog::Catalog;
use crate::compare::{Basis, Distribution};

/// Counts the hospitals on each basis, and sends what it found through `wake`.
pub fn spawn(catalog: &Arc<Catalog>, bases: Vec<Basis>, wake: Sender<Wake>) -> io::Result<()> {
    let catalog = Arc::clone(catalog);
    let count = move || {
        let alarm = Alarm(wake);
        let counted = bases.into_iter().map(|basis| Distribution::new(&catalog, basis)).collect();
        // The loop may have ended meanwhile.
        let _ = alarm.0.send(Wake::Counted(counted));
    };
    thread::Builder::new().name("counting".to_owned()).spawn(count).map(drop)
}
