//! Loads data for commands, with progress on standard error and notes about the files.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::catalog::Catalog;
use crate::cli::args::{Cli, DataArgs};
use crate::cli::outcome::{Failure, Usage};
use crate::formats::profile::Profile;
use crate::formats::{self, Input, LoadError, Options, Progress, ProgressObserver, Unreadable};
use crate::report::wording;

/// How long loading may take before a progress bar is shown.
const BAR_DELAY: Duration = Duration::from_millis(300);

impl Cli {
    /// The files to read, in the given order.
    pub(super) fn inputs(&self) -> Vec<Input> {
        self.data.named.iter().chain(&self.files).cloned().map(Input::from).collect()
    }

    /// Refuses other data for a command that reads only its own files, `reads`.
    ///
    /// # Errors
    ///
    /// When other data are given.
    pub(super) fn refuse_data(&self, command: &'static str, reads: &[Input]) -> Result<(), Failure> {
        let Some(other) = self.inputs().first().map(Input::origin) else { return Ok(()) };
        let reads = reads.iter().map(Input::origin).collect();
        Err(Failure::Usage(Usage::OtherData { command, reads, other }))
    }
}

impl DataArgs {
    /// The options for reading the files.
    ///
    /// # Errors
    ///
    /// When the profile cannot be read.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let profile = self.profile.as_deref().map(read_profile).transpose()?.map(Box::new);
        let (encoding, sheet) = (self.encoding.map(|encoding| encoding.0), self.sheet.clone());
        Ok(Options { encoding, profile, sheet, is_strict: false })
    }

    /// Loads `inputs` and passes notes about them to `notify`.
    ///
    /// # Errors
    ///
    /// When a file cannot be loaded.
    pub(super) fn load(&self, inputs: &[Input], notify: &mut dyn FnMut(&str)) -> Result<Catalog, Failure> {
        let mut bar = Bar::default();
        let catalog = formats::load(inputs, &self.options()?, &mut bar)?;
        bar.done();
        for (origin, note) in wording::notes(&catalog) {
            notify(&format!("{origin}: {note}"));
        }
        Ok(catalog)
    }
}

/// How long standard input is waited for without a word.
const QUIET: Duration = Duration::from_secs(2);

impl DataArgs {
    /// Loads what is piped in where no data are named; none when nothing is.
    ///
    /// # Errors
    ///
    /// When it is no data.
    pub(super) fn load_piped(&self, notify: &mut dyn FnMut(&str)) -> Result<Option<Catalog>, Failure> {
        if !Input::is_piped() {
            return Ok(None);
        }
        if !Input::comes_within(QUIET) {
            notify("waiting for standard input, as no data are named; </dev/null leaves it unread");
        }
        match self.load(&[Input::Stdin], notify) {
            Ok(catalog) => {
                let hospitals = wording::count(catalog.len(), "hospital");
                notify(&format!("standard input: {hospitals} read, as no data are named"));
                Ok(Some(catalog))
            }
            Err(Failure::Load(LoadError::Unreadable { reason: Unreadable::Empty, .. })) => Ok(None),
            Err(Failure::Load(LoadError::Unreadable { origin, reason })) => {
                let hint = "it is read as no data are named; </dev/null leaves it unread".to_owned();
                let reason = Unreadable::Hinted { reason: Box::new(reason), hint };
                Err(Failure::Load(LoadError::Unreadable { origin, reason }))
            }
            Err(error) => Err(error),
        }
    }
}

fn read_profile(path: &Path) -> Result<Profile, Failure> {
    let input = Input::File(path.to_owned());
    let text = formats::text(&input, &Options::default())?;
    Profile::parse(&text).map_err(|error| Failure::Load(LoadError::unreadable(&input.origin(), error)))
}

/// A progress bar on standard error, shown if that is a terminal and loading takes a while.
#[derive(Default)]
struct Bar {
    started: Option<Instant>,
    bar: Option<ProgressBar>,
}

impl Bar {
    fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl ProgressObserver for Bar {
    fn on_progress(&mut self, progress: &Progress) -> ControlFlow<()> {
        let started = *self.started.get_or_insert_with(Instant::now);
        if started.elapsed() < BAR_DELAY || !std::io::stderr().is_terminal() {
            return ControlFlow::Continue(());
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template = "{msg} {wide_bar} {bytes} of {total_bytes}";
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        bar.set_length(progress.of.unwrap_or(progress.bytes));
        bar.set_position(progress.bytes);
        bar.set_message(format!("{} · {} hospitals", progress.file, progress.hospitals));
        ControlFlow::Continue(())
    }

    fn on_catalog(&mut self, _: &Catalog) {}
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.done();
    }
}
