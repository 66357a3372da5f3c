//! The colours of the themes, in one table. A test measures how far each stands out from its background.

use ratatui::style::Color;

use crate::tui::theme::colours::Part;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::name::Name;

/// A colour at each depth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tone {
    ansi: Color,
    index: u8,
    rgb: u32,
}

impl Tone {
    /// The colour for a terminal of that depth.
    pub(super) fn at(self, depth: Depth) -> Color {
        match depth {
            Depth::Sixteen => self.ansi,
            Depth::Indexed => Color::Indexed(self.index),
            Depth::True => Color::from_u32(self.rgb),
        }
    }
}

/// The colours of a theme.
#[derive(Debug)]
pub(super) struct Palette {
    /// Ink and background of the whole screen; none leaves the terminal's own.
    ground: Option<[Tone; 2]>,
    /// The backgrounds of the selected lines where the keys go and where they do not; none reverses them.
    selected: Option<[Tone; 2]>,
    heading: Tone,
    muted: Tone,
    caveat: Tone,
    limited: Tone,
    mistake: Tone,
    matched: Tone,
    message: Tone,
    key: Tone,
    side_a: Tone,
    side_b: Tone,
}

impl Palette {
    /// The colour of a part; none where the theme leaves that of the terminal.
    pub(super) fn tone(&self, part: Part) -> Option<Tone> {
        match part {
            Part::Text => self.ground.map(|[text, _]| text),
            Part::Background => self.ground.map(|[_, background]| background),
            Part::Selected => self.selected.map(|[focused, _]| focused),
            Part::SelectedElsewhere => self.selected.map(|[_, elsewhere]| elsewhere),
            Part::Heading => Some(self.heading),
            Part::Muted => Some(self.muted),
            Part::Caveat => Some(self.caveat),
            Part::Limited => Some(self.limited),
            Part::Mistake => Some(self.mistake),
            Part::Match => Some(self.matched),
            Part::Message => Some(self.message),
            Part::Key => Some(self.key),
            Part::SideA => Some(self.side_a),
            Part::SideB => Some(self.side_b),
        }
    }
}

const fn tone(ansi: Color, index: u8, rgb: u32) -> Tone {
    Tone { ansi, index, rgb }
}

const DARK: Palette = Palette {
    ground: None,
    selected: Some([tone(Color::Reset, 18, 0x22_34_4d), tone(Color::Reset, 235, 0x2c_30_38)]),
    heading: tone(Color::Cyan, 80, 0x56_c8_d8),
    muted: tone(Color::Gray, 247, 0xa3_a9_b4),
    caveat: tone(Color::LightRed, 209, 0xff_8f_66),
    limited: tone(Color::Yellow, 221, 0xf0_c6_74),
    mistake: tone(Color::LightRed, 210, 0xff_7b_7b),
    matched: tone(Color::LightGreen, 114, 0x98_d9_82),
    message: tone(Color::LightCyan, 117, 0x8f_d3_ff),
    key: tone(Color::Cyan, 80, 0x56_c8_d8),
    side_a: tone(Color::LightBlue, 111, 0x82_b7_ff),
    side_b: tone(Color::LightMagenta, 176, 0xd8_a0_f0),
};

const LIGHT: Palette = Palette {
    ground: None,
    selected: Some([tone(Color::Reset, 189, 0xd6_e4_ff), tone(Color::Reset, 255, 0xec_ec_f1)]),
    heading: tone(Color::Blue, 25, 0x0b_5c_ad),
    muted: tone(Color::DarkGray, 240, 0x59_60_6b),
    caveat: tone(Color::LightRed, 124, 0xb3_26_1e),
    limited: tone(Color::Red, 58, 0x7a_4f_00),
    mistake: tone(Color::Red, 125, 0xa8_00_4c),
    matched: tone(Color::Blue, 22, 0x1b_6e_2e),
    message: tone(Color::Blue, 25, 0x0b_5c_ad),
    key: tone(Color::Blue, 25, 0x0b_5c_ad),
    side_a: tone(Color::Blue, 25, 0x17_57_c2),
    side_b: tone(Color::Magenta, 90, 0x8f_2f_a8),
};

const NEUTRAL: Palette = Palette {
    ground: None,
    selected: None,
    heading: tone(Color::Reset, 31, 0x0a_84_a8),
    muted: tone(Color::Reset, 243, 0x76_76_76),
    caveat: tone(Color::LightRed, 167, 0xd1_49_5b),
    limited: tone(Color::Reset, 130, 0xb0_6a_00),
    mistake: tone(Color::LightRed, 160, 0xd1_24_2f),
    matched: tone(Color::Magenta, 28, 0x1a_8a_3a),
    message: tone(Color::Reset, 31, 0x0a_84_a8),
    key: tone(Color::Reset, 31, 0x0a_84_a8),
    side_a: tone(Color::LightBlue, 33, 0x2f_81_d8),
    side_b: tone(Color::Magenta, 133, 0xb0_52_c0),
};

const HIGH_CONTRAST: Palette = Palette {
    ground: Some([tone(Color::White, 231, 0xff_ff_ff), tone(Color::Black, 16, 0)]),
    selected: None,
    heading: tone(Color::LightCyan, 51, 0x66_ff_ff),
    muted: tone(Color::White, 252, 0xd6_d6_d6),
    caveat: tone(Color::LightRed, 217, 0xff_a0_a0),
    limited: tone(Color::LightYellow, 226, 0xff_ff_66),
    mistake: tone(Color::LightRed, 217, 0xff_a0_a0),
    matched: tone(Color::LightGreen, 120, 0x8f_ff_8f),
    message: tone(Color::LightCyan, 159, 0xaf_ff_ff),
    key: tone(Color::LightCyan, 51, 0x66_ff_ff),
    side_a: tone(Color::LightBlue, 153, 0xa8_d4_ff),
    side_b: tone(Color::LightMagenta, 219, 0xff_b0_ff),
};

/// The colours of a theme; none for the one without colour.
pub(super) fn of(name: Name) -> Option<&'static Palette> {
    match name {
        Name::Dark => Some(&DARK),
        Name::Light => Some(&LIGHT),
        Name::HighContrast => Some(&HIGH_CONTRAST),
        Name::Neutral => Some(&NEUTRAL),
        Name::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::depth::rgb_of;

    /// The relative luminance of WCAG 2.
    fn luminance(rgb: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from(rgb >> shift & 0xff) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    /// The contrast of WCAG 2: 4.5 is enough for text, 7 is high.
    fn contrast(ink: u32, ground: u32) -> f64 {
        let (a, b) = (luminance(ink), luminance(ground));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_its_backgrounds() {
        // Black, and the grounds of common dark themes; white, and Solarized light.
        let (dark, light): (&[u32], &[u32]) = (&[0, 0x1e_1e_1e, 0x28_2c_34, 0x00_2b_36], &[0xff_ff_ff, 0xfd_f6_e3]);
        for (palette, grounds, least) in [
            (&DARK, dark, 4.5),
            (&LIGHT, light, 4.5),
            (&NEUTRAL, &[0, 0xff_ff_ff][..], 3.5),
            (&HIGH_CONTRAST, &[0][..], 7.0),
        ] {
            let Palette { heading, muted, caveat, limited, mistake, matched, message, key, side_a, side_b, .. } =
                palette;
            let selected = palette.selected.into_iter().flatten();
            let grounds: Vec<[u32; 2]> =
                grounds.iter().map(|rgb| [*rgb; 2]).chain(selected.map(|one| [rgb_of(one.index), one.rgb])).collect();
            for one in [heading, muted, caveat, limited, mistake, matched, message, key, side_a, side_b] {
                for [indexed, rgb] in &grounds {
                    let got = [contrast(rgb_of(one.index), *indexed), contrast(one.rgb, *rgb)];
                    assert!(got.iter().all(|got| *got >= least), "{one:x?} on {rgb:06x}: {got:.2?}, not {least}");
                }
            }
        }
    }

    #[test]
    fn kinds_of_warnings_differ_in_colour_at_every_depth() {
        for palette in [&DARK, &LIGHT, &NEUTRAL, &HIGH_CONTRAST] {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                let [caveat, limited, message] =
                    [palette.caveat, palette.limited, palette.message].map(|tone| tone.at(depth));
                assert!(caveat != limited && caveat != message, "{palette:?} at {depth:?}");
            }
        }
    }
}
