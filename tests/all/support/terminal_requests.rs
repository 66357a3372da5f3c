//! What a program asks of its terminal besides drawing, as the emulator of the terminal reports it.

/// Requests of a program other than drawing.
#[derive(Default)]
pub struct Asked {
    /// The text copied to the clipboard, in base 64.
    pub clipboard: Vec<String>,
    /// The links that were drawn: the id and the target of each.
    pub links: Vec<(String, String)>,
    /// The private modes that were set, and those that were reset.
    pub modes: [Vec<u16>; 2],
    /// The reports that were asked for by a number, such as 996 for the background.
    pub reports: Vec<u16>,
    /// How often the colour of the background was asked for.
    pub background_colour: usize,
    /// Requests that only a hostile text would make: a bell, another title, another size.
    pub mischief: Vec<&'static str>,
}

impl vt100::Callbacks for Asked {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.clipboard.push(String::from_utf8_lossy(data).into_owned());
    }

    fn unhandled_csi(&mut self, _: &mut vt100::Screen, first: Option<u8>, _: Option<u8>, rest: &[&[u16]], last: char) {
        if let (Some(b'?'), Some(at)) = (first, ['h', 'l'].iter().position(|c| *c == last)) {
            self.modes[at].extend(rest.concat());
        }
        if (first, last) == (Some(b'?'), 'n') {
            self.reports.extend(rest.concat());
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        if parameters == [&b"11"[..], b"?"] {
            self.background_colour += 1;
        }
        // The terminal splits at `;`, which a target may have, too.
        if let [b"8", id, target @ ..] = parameters
            && !id.is_empty()
        {
            self.links.push((
                String::from_utf8_lossy(id).into_owned(),
                String::from_utf8_lossy(&target.join(&b';')).into_owned(),
            ));
        }
    }

    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.mischief.push("bell");
    }

    fn visual_bell(&mut self, _: &mut vt100::Screen) {
        self.mischief.push("flash");
    }

    fn resize(&mut self, _: &mut vt100::Screen, _: (u16, u16)) {
        self.mischief.push("size");
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.mischief.push("title");
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, _: u8) {
        self.mischief.push("control character");
    }
}
