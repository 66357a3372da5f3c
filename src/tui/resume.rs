//! What a session hands to the next one, if that is asked for.

use serde::{Deserialize, Serialize};

/// What a session begins with, and what is left of it at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resume {
    /// The queries that can be called back, the newest last.
    pub queries: Vec<String>,
    /// Where to go when the data are loaded.
    pub place: Option<Place>,
}

/// A place in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The query.
    pub query: String,
    /// The id of the selected hospital.
    pub hospital: Option<String>,
}
