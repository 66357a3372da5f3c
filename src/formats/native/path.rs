//! Paths to the values of a JSON file.

use std::fmt;

/// One step of a path into a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PathStep {
    /// A field of an object.
    Field(String),
    /// An element of an array, from 0.
    Index(usize),
}

/// A path into a file, shown as `hospitals[3].figures[2].measure`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct JsonPath(pub Vec<PathStep>);

impl JsonPath {
    /// This path with a field added.
    pub(crate) fn field(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(PathStep::Field(name.to_owned()));
        Self(steps)
    }

    /// This path with an index added.
    pub(crate) fn index(&self, at: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(PathStep::Index(at));
        Self(steps)
    }

    /// This path without its last step, and that step.
    pub(crate) fn split_last(&self) -> Option<(Self, &PathStep)> {
        let (last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Field(name) if at == 0 => write!(f, "{name}")?,
                PathStep::Field(name) => write!(f, ".{name}")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
