//! Which kinds of objects files hold, and where in a file they stand.

/// Where the objects of a file stand, and what each looks like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ObjectKind {
    /// Where they stand.
    pub(crate) frame: Frame,
    /// What each looks like.
    pub(crate) form: Form,
}

/// Where the objects of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// In an array.
    Array,
    /// One after the other, as a rule one a line: JSON Lines. One alone is one too.
    Lines,
    /// In a list within an object: the keys that lead to it.
    List(Vec<String>),
    /// Anywhere in a document of KML.
    Document,
}

/// What the objects of a file look like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    /// Each property is a column.
    Plain,
    /// `Feature`s of GeoJSON.
    Feature,
    /// Elements of the Overpass API.
    Element,
    /// Records of Airtable: what they say stands under `fields`.
    Record,
    /// Arrays of cells: the columns, of which those without a name are left out.
    Cells(Vec<Option<String>>),
    /// Resources of FHIR, each alone or as the entry of a bundle.
    Resource,
    /// Placemarks of KML, which are objects in all but their letters.
    Placemark,
    /// Geometries of `TopoJSON`, with the scale and the origin of their positions.
    Geometry([[f64; 2]; 2]),
}

impl ObjectKind {
    /// Objects one after the other.
    pub(crate) const LINES: Self = Self { frame: Frame::Lines, form: Form::Plain };

    /// Objects in the list of that key.
    pub(crate) fn list(key: &str, form: Form) -> Self {
        Self { frame: Frame::List(vec![key.to_owned()]), form }
    }

    /// The keys that lead to the list of objects.
    pub(crate) fn path(&self) -> &[String] {
        match &self.frame {
            Frame::List(path) => path,
            Frame::Array | Frame::Lines | Frame::Document => &[],
        }
    }

    /// The list of objects in an object, as a path; empty without one.
    pub(crate) fn field(&self) -> String {
        self.path().join(".")
    }
}
