//! What is said below the map: the selected hospital, and what lies in which direction.

use crate::catalog::Catalog;
use crate::catalog::number::group;
use crate::report::wording::{kilometres, number};
use crate::search::{Bearing, GeoPoint, Spot};
use crate::text::wrap;
use crate::tui::page::{Page, PageLine, Role, SIDES};

/// What there is to say.
pub(crate) struct Said {
    pub(crate) selected: Spot,
    /// Which one it is of those that lie at the same place, and how many these are.
    pub(crate) here: (usize, usize),
    /// The side that it is marked for.
    pub(crate) mark: Option<usize>,
    /// What comes next in which direction.
    pub(crate) neighbours: Vec<(Bearing, Spot)>,
}

/// Its page, laid out for so many columns.
pub(crate) fn page(catalog: &Catalog, said: &Said, columns: usize) -> Page {
    let mut page = Page::default();
    let hospital = catalog.summary(said.selected.key);
    let point = catalog.points().of(said.selected.key);
    let coordinates = point.map(|[north, east]| format!("{}, {}", group(north), group(east)));
    let here = match said.here {
        (_, 1) => None,
        (at, all) => Some(format!("{} of {} here", number(at), number(all))),
    };
    let place = Some(hospital.place_line()).filter(|place| !place.is_empty());
    let facts: Vec<String> = place.into_iter().chain(coordinates).chain(here).collect();
    let (mark, role) = said.mark.map_or(("", Role::Plain), |side| SIDES[side]);
    let mark = if mark.is_empty() { String::new() } else { format!("{mark} ") };
    let text = format!("{mark}{} · {}", hospital.name, facts.join(" · "));
    for (at, line) in wrap(&text, columns).into_iter().enumerate() {
        let end = if at == 0 { (mark.len() + hospital.name.len()).min(line.len()) } else { 0 };
        let (name, rest) = if line.is_char_boundary(end) { line.split_at(end) } else { (&*line, "") };
        let (mark, name) = name.split_at(if at == 0 { mark.len().min(name.len()) } else { 0 });
        page.push(PageLine::of(mark, role).with(name, Role::Title).with(rest, Role::Plain));
    }
    page.paragraph(&directions(catalog, said), Role::Muted, 0, columns);
    page
}

/// `next north: A, 12 km · east: B, 3 km`.
fn directions(catalog: &Catalog, said: &Said) -> String {
    let from = catalog.points().of(said.selected.key).and_then(GeoPoint::new);
    let next = said.neighbours.iter().map(|(bearing, spot)| {
        let metres = from.zip(catalog.points().of(spot.key)).map(|(from, to)| from.metres_to(to));
        let far = metres.map_or_else(String::new, |metres| format!(", {}", kilometres(metres / 1000.0)));
        format!("{}: {}{far}", name(*bearing), catalog.summary(spot.key).name)
    });
    let next: Vec<String> = next.collect();
    if next.is_empty() { "no other hospital lies elsewhere".to_owned() } else { format!("next {}", next.join(" · ")) }
}

fn name(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::North => "north",
        Bearing::East => "east",
        Bearing::South => "south",
        Bearing::West => "west",
    }
}
