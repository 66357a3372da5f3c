//! Strings that are dangerous for terminals, tables, spreadsheets and browsers, and a check of what is shown.

/// One string for each attack. Long ones are generated in [`all`].
const WRITTEN: &[&str] = &[
    // Control sequences of terminals.
    "\u{1b}[31mred",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGFja2Vk\u{7}",
    "\u{1b}]8;;http://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}_G payload\u{1b}\\",
    "\u{1b}c",
    "\u{1b}[6n",
    "\u{1b}[?1049l",
    "\u{1b}[201~",
    "\u{1b}",
    "\u{9b}31mC1",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
    "bell\u{7}",
    "back\u{8}\u{8}space",
    "null\0byte",
    "delete\u{7f}",
    "shift\u{e}out\u{f}in",
    "form\u{c}feed\u{b}",
    "carriage\rreturn",
    "line\nfeed",
    "tab\tstop",
    "next\u{85}line",
    // Characters that reorder or hide text.
    "over\u{202e}ride\u{202c}",
    "em\u{202a}bed\u{202b}",
    "iso\u{2066}late\u{2069}",
    "mark\u{200e}s\u{200f}\u{61c}",
    "zero\u{200b}width",
    "word\u{2060}joiner\u{2061}\u{2064}",
    "old\u{206a}\u{206f}controls",
    "\u{feff}mark",
    "soft\u{ad}hyphen",
    "para\u{2028}graph\u{2029}",
    "tag\u{e0001}\u{e0041}\u{e007f}",
    "variation\u{e0100}",
    "filler\u{3164}\u{115f}\u{1160}\u{ffa0}",
    "blank\u{2800}",
    "annotation\u{fff9}a\u{fffa}b\u{fffb}",
    "music\u{1d173}\u{1d17a}",
    "shorthand\u{1bca0}",
    "mongolian\u{180e}",
    "grapheme\u{34f}joiner",
    "khmer\u{17b4}\u{17b5}",
    "egypt\u{13430}",
    "none\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
    "\u{301}\u{302}leading marks",
    "\u{200d}\u{200c}joiners alone\u{200d}",
    "nbsp\u{a0}\u{2003}\u{3000}spaces",
    // Formulas of spreadsheets.
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\t=1+1",
    "-inf",
    "a,b;c\"d'e",
    // Markup of Markdown and HTML.
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "&lt;b&gt; & &#x1b;",
    "| a | b |\\|",
    "[x](javascript:alert(1)) ![y](z)",
    "**bold** _it_ `code` ~~gone~~ # head",
    "- list",
    "1. list",
    "> quote",
    "    code",
    "---",
    "```",
    "[1] [2]",
    "{{7*7}} ${x} %s %n",
    // Texts that must not be changed.
    "مستشفى الأطفال",
    "重庆医科大学附属儿童医院",
    "👩\u{200d}⚕\u{fe0f} 👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "می\u{200c}خواهم",
    "क्\u{200d}ष हिन्दी",
    "",
    " ",
];

/// Every hostile string.
pub fn all() -> Vec<String> {
    let made = [
        format!("e{}", "\u{301}".repeat(1000)),
        "👩\u{200d}".repeat(300),
        format!("👍{}", "🏽".repeat(300)),
        "가\u{11a8}".repeat(10) + &"\u{1161}".repeat(300),
        "long ".repeat(100),
        "長".repeat(300),
        "w".repeat(500),
    ];
    WRITTEN.iter().map(|text| (*text).to_owned()).chain(made).collect()
}

/// Asserts that `text` has only visible characters and line ends.
pub fn assert_printable(text: &str, of: &str) {
    if let Some(c) = text.chars().find(|c| *c != '\n' && is_unprintable(*c)) {
        let at = text.find(c).unwrap_or_default();
        let from = text[..at].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let around: String = text[from..].chars().take(80).collect();
        panic!("{of}: {c:?} in {around:?}");
    }
}

/// The characters of the Unicode categories Cc, Cf (except joiners and visible signs), Zl and Zp, noncharacters, and
/// invisible letters. This table is independent of the program's table.
fn is_unprintable(c: char) -> bool {
    matches!(u32::from(c),
        0..=0x1f | 0x7f..=0x9f | 0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f
        | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164 | 0xfdd0..=0xfdef
        | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0xfffe | 0xffff | 0x13430..=0x1343f | 0x1bca0..=0x1bca3
        | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
        || u32::from(c) & 0xfffe == 0xfffe
}
