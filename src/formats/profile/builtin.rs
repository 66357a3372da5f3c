//! The built-in profiles, and the choice among them.

use std::fmt;
use std::sync::OnceLock;

use crate::formats::profile::definition::{Profile, ProfileError};
use crate::formats::profile::headings::Headings;
use crate::formats::profile::sample::{Sample, words};
use crate::text::{Text, clip};

/// Every built-in profile; the one of synonyms, which knows no publisher, is the last.
const BUILT_IN: [&str; 10] = [
    include_str!("../../../assets/profiles/cms-hospital-general-information.json"),
    include_str!("../../../assets/profiles/cms-measures.json"),
    include_str!("../../../assets/profiles/hhs-hospital-capacity.json"),
    include_str!("../../../assets/profiles/hifld-hospitals.json"),
    include_str!("../../../assets/profiles/openstreetmap.json"),
    include_str!("../../../assets/profiles/nhs-hospitals.json"),
    include_str!("../../../assets/profiles/who-kemri-africa.json"),
    include_str!("../../../assets/profiles/hong-kong-hospitals.json"),
    include_str!("../../../assets/profiles/argentina-facilities.json"),
    include_str!("../../../assets/profiles/generic.json"),
];

/// The built-in profiles; the last goes by synonyms.
///
/// # Panics
///
/// Never in a release: a test reads them all.
#[must_use]
pub fn built_in() -> &'static [Profile] {
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    PROFILES.get_or_init(|| {
        let mut profiles: Vec<Profile> = Vec::new();
        for text in BUILT_IN {
            let mut profile: Profile =
                serde_json::from_str(text).expect("the built-in profiles are valid, as a test shows");
            let followed = profile.like.take();
            let followed = followed.and_then(|id| profiles.iter().find(|followed| followed.id == id));
            if let Some(followed) = followed {
                profile.follow(followed);
            }
            profiles.push(profile);
        }
        profiles
    })
}

impl Profile {
    /// Reads a profile from JSON, and checks it.
    ///
    /// # Errors
    ///
    /// What is wrong, with a fix.
    pub(crate) fn parse(text: &str) -> Result<Self, ProfileError> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let mut profile: Self = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            ProfileError::Syntax { path: error.path().to_string(), message: error.inner().to_string() }
        })?;
        deserializer.end().map_err(|error| ProfileError::Trailing(error.to_string()))?;
        if let Some(id) = profile.like.take() {
            let followed = built_in().iter().find(|built_in| built_in.id == id);
            profile.follow(followed.ok_or(ProfileError::UnknownProfile(id))?);
        }
        profile.check()?;
        Ok(profile)
    }
}

/// A profile, and the headings of a file that it fits.
#[derive(Clone, Debug)]
pub(crate) struct ProfileMatch {
    /// The profile.
    pub profile: Profile,
    /// The file's headings.
    pub headings: Headings,
    /// Whether it knows the publisher, or goes by synonyms.
    pub is_known: bool,
    /// Whether a person gave it.
    pub is_given: bool,
    /// What hospitals are called by where no column holds names: their ids, or their addresses.
    pub named_by: Option<&'static str>,
}

/// The profile by which a file of these headings is read: the given one, else the built-in one that knows the most of
/// them, else the one of synonyms. A given one that says which headings it is known by leaves files that it does not know
/// to the built-in ones that do, so that several publishers' files can be opened together.
///
/// # Errors
///
/// When no column holds a name.
pub(crate) fn choose(
    headings: Headings,
    given: Option<&Profile>,
    sample: &Sample,
) -> Result<ProfileMatch, NoNameHeading> {
    let (synonyms, known) = built_in().split_last().expect("there are built-in profiles");
    let fit = |profile: &Profile| {
        let fits = |list: &&Vec<Text>| list.iter().all(|heading| headings.has(heading));
        let fit = profile.matches.iter().filter(fits).map(Vec::len).max();
        // Few headings may be another publisher's, too.
        fit.filter(|fit| *fit > FEW_HEADINGS || has_such_ids(profile, &headings, sample))
    };
    let best = || known.iter().rev().filter_map(|profile| Some((fit(profile)?, profile))).max_by_key(|(fit, _)| *fit);
    let best = best().map(|(_, profile)| profile);
    let given = given.filter(|given| best.is_none() || given.matches.is_empty() || fit(given).is_some());
    let profile = given.or(best);
    let (is_known, is_given) = (profile.is_some(), given.is_some());
    let profile = profile.unwrap_or(synonyms).clone();
    let mut chosen = ProfileMatch { profile, headings, is_known, is_given, named_by: None };
    if chosen.columns(&chosen.profile.columns.name).is_empty()
        && !is_known
        && let Some(id) = chosen.plain_id()
    {
        chosen.profile.columns.name = vec![id];
        chosen.named_by = Some("ids");
    }
    if chosen.columns(&chosen.profile.columns.name).is_empty()
        && !is_known
        && let Some(address) = chosen.placed_address()
    {
        chosen.profile.columns.name = vec![address];
        chosen.named_by = Some("addresses");
    }
    if chosen.columns(&chosen.profile.columns.name).is_empty() {
        let profile = chosen.is_known.then(|| chosen.profile.id.clone());
        return Err(NoNameHeading { headings: chosen.headings.list().to_vec(), profile });
    }
    Ok(chosen)
}

/// What the synonyms make of headings, though none may be that of the names: a profile to fill in.
#[must_use]
pub(crate) fn guess(headings: Headings) -> Profile {
    let profile = built_in().last().cloned().unwrap_or_default();
    ProfileMatch { profile, headings, is_known: false, is_given: false, named_by: None }.narrowed()
}

/// So many headings need ids of the right form beside them to tell the publisher.
const FEW_HEADINGS: usize = 2;

/// Whether a sample has what a profile tells by few headings: ids of its length, and regions that are codes of two letters
/// or, where there are no regions, the ids of its measures. A profile that tells no length of ids is believed.
fn has_such_ids(profile: &Profile, headings: &Headings, sample: &Sample) -> bool {
    let Some(digits) = profile.id_digits else { return true };
    let first = |wanted: &[Text]| headings.columns(wanted).into_iter().next();
    let mostly = |column: usize, is_so: &dyn Fn(&str) -> bool| {
        let (fit, all) = (sample.column(column).filter(|text| is_so(text)).count(), sample.column(column).count());
        fit > 0 && fit * 5 >= all * 4
    };
    let is_such_id = |id: &str| {
        let is_whole = id.len() == digits && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // A spreadsheet strips zeros.
        (is_whole && id.bytes().take(2).all(|byte| byte.is_ascii_digit()))
            || (id.len() + 1 == digits && id.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_state = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_measure = |text: &str| text.len() > 2 && text.bytes().any(|b| b.is_ascii_uppercase()) && !text.contains(' ');
    let evidence = match (first(&profile.columns.region), first(&profile.rows.id)) {
        (Some(region), _) => mostly(region, &is_state),
        (None, Some(measure)) => mostly(measure, &is_measure),
        (None, None) => false,
    };
    evidence && first(&profile.columns.id).is_some_and(|id| mostly(id, &is_such_id))
}

/// Headings among which none is that of the hospitals' names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoNameHeading {
    /// The headings.
    headings: Vec<Text>,
    /// The profile, when it is not the one of synonyms.
    profile: Option<Text>,
}

/// How to say what the columns of a file mean.
pub(crate) const FILL_IN: &str = "`hospitui profile FILE > profile.json` writes a profile to fill in, and \
                                  `--profile profile.json` reads the file by it";

impl fmt::Display for NoNameHeading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 12;
        const WIDTH: usize = 24;
        let named = self.headings.iter().filter(|heading| !heading.is_empty()).take(SHOWN);
        let named: Vec<_> = named.map(|heading| clip(heading, WIDTH)).collect();
        let more = if self.headings.len() > SHOWN { ", …" } else { "" };
        let found = format!("the headings are: {}{more}", named.join(", "));
        match &self.profile {
            Some(id) => write!(f, "the profile `{id}` finds no column for the name; {found}"),
            None => write!(
                f,
                "no heading says which column holds the hospitals' names; {found}. Is the first line the headings? \
                 {FILL_IN}"
            ),
        }
    }
}

impl std::error::Error for NoNameHeading {}

impl ProfileMatch {
    /// The columns that headings of the profile name. Where it goes by synonyms, also those with similar headings.
    fn columns(&self, wanted: &[Text]) -> Vec<usize> {
        if self.is_known { self.headings.columns(wanted) } else { self.headings.columns_like(wanted) }
    }

    /// The columns of the names.
    #[must_use]
    pub(crate) fn names(&self) -> Vec<usize> {
        self.columns(&self.profile.columns.name)
    }

    /// The heading of an id column that can be of nothing but a hospital, as `code` may be of anything.
    fn plain_id(&self) -> Option<Text> {
        let columns = self.headings.columns(&self.profile.columns.id);
        let mut headings = columns.into_iter().map(|at| &self.headings.list()[at]);
        headings.find(|heading| words(heading).len() > 1).cloned()
    }

    /// The heading of a whole address beside coordinates: some lists of places begin each address with the name.
    fn placed_address(&self) -> Option<Text> {
        let columns = &self.profile.columns;
        let is_placed =
            [&columns.latitude, &columns.longitude].iter().all(|one| !self.headings.columns(one).is_empty());
        let whole = self.headings.columns(&["full address".into(), "complete address".into()]).into_iter().next();
        whole.filter(|_| is_placed).map(|at| self.headings.list()[at].clone())
    }

    /// The columns that a person's profile names and the file does not have, each with what it was to hold. Of several
    /// headings for one thing one is enough.
    #[must_use]
    pub(crate) fn absent(&self) -> Vec<String> {
        if !self.is_given {
            return Vec::new();
        }
        let columns = self.profile.columns.iter().map(|(what, wanted)| -> (&str, &Vec<Text>) { (what, wanted) });
        let figures = self.profile.figures.iter().map(|figures| (&*figures.measure, &figures.columns));
        let wanted = columns.chain(figures).filter(|(_, wanted)| !wanted.is_empty());
        let absent = wanted.filter(|(_, wanted)| self.headings.columns(wanted).is_empty());
        absent
            .map(|(what, wanted)| {
                format!("{} ({what})", wanted.iter().map(Text::as_str).collect::<Vec<_>>().join(" or "))
            })
            .collect()
    }

    /// The profile with only what the file has, under the file's own headings: one to start from.
    #[must_use]
    pub(crate) fn narrowed(&self) -> Profile {
        let present = |wanted: &[Text]| -> Vec<Text> {
            self.headings.columns(wanted).into_iter().map(|at| self.headings.list()[at].clone()).collect()
        };
        let mut profile = Profile { schema: None, ..self.profile.clone() };
        let heading = |at: usize| self.headings.list()[at].clone();
        profile.columns = self.profile.columns.map(|wanted| self.columns(wanted).into_iter().map(heading).collect());
        // What looks like the heading of a name is none of an id.
        profile.columns.id = present(&self.profile.columns.id);
        profile.period = present(&profile.period);
        profile.rows = profile.rows.narrowed(present);
        for figures in &mut profile.figures {
            figures.columns = present(&figures.columns);
            figures.footnotes = present(&figures.footnotes);
            figures.period = present(&figures.period);
        }
        profile.figures.retain(|figures| !figures.columns.is_empty());
        let is_used = |id: &Text| profile.figures.iter().any(|figures| figures.measure == *id);
        profile.measures.retain(|measure| is_used(&measure.id));
        let has_measure = |id: &Text| profile.measures.iter().any(|measure| measure.family == *id);
        profile.families.retain(|family| has_measure(&family.id));
        profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CatalogBuilder, CatalogFile, Dataset, MeasureTable};

    fn texts(list: &str) -> Vec<Text> {
        list.split('|').map(Text::from).collect()
    }

    fn headings(list: &str) -> Headings {
        Headings::new(texts(list))
    }

    #[test]
    fn every_built_in_profile_is_sound() {
        for profile in built_in() {
            assert_eq!(profile.check(), Ok(()), "{}", profile.id);
            for figures in &profile.figures {
                assert!(!figures.columns.is_empty(), "{}: {}", profile.id, figures.measure);
            }
            for measure in &profile.measures {
                let family = |id: &Text| profile.families.iter().any(|family| family.id == *id);
                let standard = MeasureTable::standard().by_family().any(|(family, _)| family.id == measure.family);
                assert!(family(&measure.family) || standard, "{}: {}", profile.id, measure.id);
                assert!(measure.definition.ends_with('.'), "{}: {}", profile.id, measure.id);
            }
            for list in &profile.matches {
                let names = Headings::new(list.clone()).columns(&profile.columns.name);
                assert!(!names.is_empty() || list.len() > 1, "{}: {list:?}", profile.id);
            }
        }
    }

    #[test]
    fn all_profiles_go_together() {
        let mut builder = CatalogBuilder::default();
        for profile in built_in() {
            let file = CatalogFile {
                title: profile.title.clone(),
                families: profile.families.clone(),
                measures: profile.measures.clone(),
                ..CatalogFile::default()
            };
            assert_eq!(builder.add(file, Dataset::of(profile.id.clone(), Vec::new())), Ok(()));
        }
    }

    #[test]
    fn headings_choose_the_profile() {
        for (list, id) in [
            (
                "Facility ID|Facility Name|City/Town|State|Hospital Type|Hospital Ownership",
                "cms-hospital-general-information",
            ),
            (
                "facility_id|facility_name|citytown|state|hospital_type|hospital_ownership",
                "cms-hospital-general-information",
            ),
            (
                "Provider ID|Hospital Name|City|State|Hospital Type|Hospital Ownership",
                "cms-hospital-general-information",
            ),
            ("X|Y|ID|NAME|BEDS|TTL_STAFF|TRAUMA|HELIPAD", "hifld-hospitals"),
            ("@id|@lat|@lon|amenity|name", "openstreetmap"),
            ("osm_id|name|amenity", "openstreetmap"),
            (
                "OrganisationID|OrganisationCode|OrganisationType|IsPimsManaged|OrganisationName|Postcode",
                "nhs-hospitals",
            ),
            ("Country|Admin1|Facility name|Facility type|Ownership|Lat|Long|LL source", "who-kemri-africa"),
            ("hospName_EN|hospName_SC|hospName_TC|LATITUDE|LONGITUDE", "hong-kong-hospitals"),
            ("医院名称|地址|电话|等级|省|市|床位数", "generic"),
            ("机构名称|编制床位|实有床位", "generic"),
            ("Hospital|City|Beds", "generic"),
            ("name", "generic"),
        ] {
            let chosen =
                choose(headings(list), None, &Sample::default()).unwrap_or_else(|error| panic!("{list}: {error}"));
            assert_eq!(chosen.profile.id.as_str(), id, "{list}");
        }
        let error = choose(headings("a|b|c"), None, &Sample::default()).unwrap_err().to_string();
        assert!(error.contains("the headings are: a, b, c") && error.contains("--profile"), "{error}");
    }

    #[test]
    fn what_is_printed_reads_the_file_the_same() {
        let list = headings("医院名称|编制床位|地址|备注");
        let narrowed = choose(list.clone(), None, &Sample::default()).unwrap().narrowed();
        assert_eq!(narrowed.columns.name, texts("医院名称"));
        assert_eq!(narrowed.figures.len(), 1);
        let text = serde_json::to_string(&narrowed).unwrap();
        let again: Profile = serde_json::from_str(&text).unwrap();
        assert_eq!(choose(list, Some(&again), &Sample::default()).unwrap().narrowed(), narrowed);
    }
}
