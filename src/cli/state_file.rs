//! The file with what is kept between sessions: queries and places, each only if a setting asks for it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::formats::Input;
use crate::tui::{Place, Resume};

/// How many places are kept, each of other data.
const PLACES: usize = 50;

/// How many queries are kept: as many as a session can call back.
const QUERIES: usize = 100;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) queries: bool,
    pub(super) place: bool,
}

/// What the file holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    #[serde(default)]
    queries: Vec<String>,
    /// The newest last.
    #[serde(default)]
    places: Vec<PlaceIn>,
}

/// The place at which a session with these data ended.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PlaceIn {
    data: Vec<PathBuf>,
    place: Place,
}

/// The file, and what it held when the session began.
pub(super) struct StateFile {
    path: PathBuf,
    asked: Asked,
    /// The data of the session; none where they come from standard input, which has others each time.
    data: Option<Vec<PathBuf>>,
    state: State,
}

impl StateFile {
    /// Reads the file. None when nothing is to be kept, or the system has no folder for it.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read; in words.
    pub(super) fn read(asked: Asked, inputs: &[Input]) -> Result<Option<Self>, String> {
        let folders = etcetera::choose_base_strategy().ok();
        let folder = folders.filter(|_| asked.queries || asked.place);
        let Some(folder) = folder.map(|all| all.state_dir().unwrap_or_else(|| all.data_dir())) else { return Ok(None) };
        let path = folder.join("hospitui").join("session.json");
        let state = read(&path)?;
        Ok(Some(Self { path, asked, data: inputs.iter().map(path_of).collect(), state }))
    }

    /// What the session begins with.
    pub(super) fn resume(&self) -> Resume {
        let same_data = |one: &&PlaceIn| Some(&one.data) == self.data.as_ref();
        let place = self.state.places.iter().find(same_data).map(|one| one.place.clone());
        Resume {
            queries: if self.asked.queries { self.state.queries.clone() } else { Vec::new() },
            place: place.filter(|_| self.asked.place),
        }
    }

    /// Writes what is left of the session, beside what other sessions have written meanwhile.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written; in words.
    pub(super) fn write(self, left: Resume) -> Result<(), String> {
        let mut state = read(&self.path)?;
        if self.asked.queries {
            state.queries.retain(|query| !left.queries.contains(query));
            state.queries.extend(left.queries);
            state.queries.drain(..state.queries.len().saturating_sub(QUERIES));
        }
        if let Some((place, data)) = left.place.filter(|_| self.asked.place).zip(self.data) {
            state.places.retain(|one| one.data != data);
            state.places.push(PlaceIn { data, place });
            state.places.drain(..state.places.len().saturating_sub(PLACES));
        }
        write(&self.path, &state).map_err(|error| format!("{}: cannot be written: {error}", self.path.display()))
    }
}

/// What the file holds; nothing, if there is none.
fn read(path: &Path) -> Result<State, String> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
        Err(error) => return Err(format!("{}: cannot be read: {error}", path.display())),
    };
    serde_json::from_str(&text)
        .map_err(|error| format!("{}: not what hospitui has written: {error}; delete it to begin anew", path.display()))
}

/// Writes a draft first, so that two sessions that end together leave one whole file.
fn write(path: &Path, state: &State) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!("session.{}.draft", std::process::id()));
    let written = private(&draft)
        .and_then(|mut file| file.write_all(serde_json::to_string_pretty(state)?.as_bytes()))
        .and_then(|()| fs::rename(&draft, path));
    written.inspect_err(|_| drop(fs::remove_file(&draft)))
}

/// A new file that nobody else may read: queries may tell of patients.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The whole path of a file; none for standard input.
fn path_of(input: &Input) -> Option<PathBuf> {
    match input {
        Input::File(path) => Some(path.canonicalize().unwrap_or_else(|_| path.clone())),
        Input::Stdin => None,
    }
}
