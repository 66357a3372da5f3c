//! A hospital as JSON.

use serde::Serialize;

use crate::catalog::{Accreditation, Campus, Catalog, Extra, Fact, HospitalKey, Item, Ranking};
use crate::report::json::parts::{Cited, HospitalSummary, Identity, Observation, catalogs, sources};

/// All data of a hospital.
#[derive(Serialize)]
pub(super) struct FullHospital<'a> {
    #[serde(flatten)]
    summary: HospitalSummary<'a, &'a Fact>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    names_note: Option<&'a str>,
    ownership: Option<&'a Fact>,
    founded: Option<&'a Fact>,
    status: Option<&'a Fact>,
    address: Option<&'a Fact>,
    phone: Option<&'a Fact>,
    website: Option<&'a Fact>,
    campuses: &'a [Campus],
    figures: Vec<Observation<'a>>,
    rankings: &'a [Ranking],
    accreditations: &'a [Accreditation],
    specialties: &'a [Item],
    affiliations: &'a [Item],
    partners: &'a [Item],
    programmes: &'a [Item],
    milestones: &'a [Item],
    people: &'a [Item],
    extra: &'a [Extra],
    sources: Vec<Cited<'a>>,
    catalogs: Vec<Identity<'a>>,
}

impl<'a> FullHospital<'a> {
    pub(super) fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        let hospital = catalog.hospital(key);
        Self {
            summary: HospitalSummary::with_grade(catalog, key, |grade| grade),
            latitude: hospital.details.latitude,
            longitude: hospital.details.longitude,
            names_note: hospital.details.names_note.as_deref(),
            ownership: hospital.details.ownership.as_ref(),
            founded: hospital.details.founded.as_ref(),
            status: hospital.details.status.as_ref(),
            address: hospital.details.address.as_ref(),
            phone: hospital.details.phone.as_ref(),
            website: hospital.details.website.as_ref(),
            campuses: &hospital.details.campuses,
            figures: Observation::all(catalog, catalog.figures(key)),
            rankings: &hospital.details.rankings,
            accreditations: &hospital.details.accreditations,
            specialties: &hospital.details.specialties,
            affiliations: &hospital.details.affiliations,
            partners: &hospital.details.partners,
            programmes: &hospital.details.programmes,
            milestones: &hospital.details.milestones,
            people: &hospital.details.people,
            extra: &hospital.details.extra,
            sources: sources(catalog, &[key]),
            catalogs: catalogs(catalog),
        }
    }
}
