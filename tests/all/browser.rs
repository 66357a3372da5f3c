//! The HTML page in a real browser: nothing is cut off on narrow and wide screens.
//!
//! Needs Chromium, so it is ignored by default: `cargo test --test all browser:: -- --ignored`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::command::{folder, program};

/// A page that opens `html` in frames of both widths. It writes into its title the width of the content, the number of
/// tables and bars, and whether the bars of a row have one scale.
fn frames(html: &str) -> String {
    let html = html.replace('&', "&amp;").replace('"', "&quot;");
    let frame =
        |width: u32| format!("<iframe width=\"{width}\" height=\"900\" style=\"border:0\" srcdoc=\"{html}\"></iframe>");
    format!(
        "<!DOCTYPE html><title>?</title>{}{}<script>onload=()=>{{document.title=[...document.querySelectorAll('iframe')].map(f=>{{\
         const d=f.contentDocument,b=[...d.querySelectorAll('tr')].map(r=>[...r.querySelectorAll('.bar')].map(e=>e.offsetWidth));\
         return [f.width,d.documentElement.scrollWidth,d.querySelectorAll('table').length,\
         b.filter(w=>w.length==2).length,b.every(w=>w.length<2||w[0]==w[1]),d.scripts.length].join(' ')}}).join(';')}}</script>",
        frame(390),
        frame(1280)
    )
}

/// Opens a page in headless Chromium.
fn chromium(args: &[&str], page: &Path) -> Output {
    // Parallel tests must not share a profile.
    let profile = page.with_extension("profile");
    Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(args)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("Chromium is installed as `chromium`")
}

#[test]
#[ignore = "needs Chromium"]
fn a_pair_is_printed_on_eight_pages_at_most() {
    let folder = folder("browser");
    let (path, printed) = (folder.join("printed.html"), folder.join("printed.pdf"));
    let ids = ["guangzhou", "cqhcwc", "scmc", "mudanjiang", "chcmu"];
    for (at, a) in ids.iter().enumerate() {
        for b in &ids[at + 1..] {
            let page = program().args(["compare", a, b, "--format", "html"]).output();
            fs::write(&path, page.unwrap().stdout).unwrap();
            let _ = fs::remove_file(&printed);
            let to = format!("--print-to-pdf={}", printed.display());
            let printing = chromium(&["--no-pdf-header-footer", &to], &path);
            let pdf = fs::read(&printed).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&printing.stderr)));
            // Each page is an object `/Type /Page`; `/Pages` is the list of them.
            let pages = pdf.windows(12).filter(|at| at.starts_with(b"/Type /Page") && at[11] != b's').count();
            assert!((1..=8).contains(&pages), "{a} and {b}: {pages} pages");
        }
    }
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_fits_a_phone_and_a_desk() {
    let page = program().args(["compare", "guangzhou", "chcmu", "--format", "html"]).output().unwrap();
    let html = String::from_utf8(page.stdout).unwrap();
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "the page asks for {outside}");
    }
    let folder = folder("browser");
    let path = folder.join("frames.html");
    fs::write(&path, frames(&html)).unwrap();
    let browser = chromium(&["--virtual-time-budget=5000", "--dump-dom"], &path);
    let dom = String::from_utf8_lossy(&browser.stdout);
    let (_, title) = dom.split_once("<title>").expect("the browser shows the page");
    let (title, _) = title.split_once("</title>").unwrap();
    for (width, measured) in [390, 1280].into_iter().zip(title.split(';')) {
        let measured: Vec<&str> = measured.split(' ').collect();
        assert_eq!(measured[0], width.to_string(), "{title}");
        let content: u32 = measured[1].parse().unwrap();
        assert!(content <= width, "the content is wider than {width} pixels: {title}");
        assert!(measured[2].parse::<usize>().unwrap() >= 5, "tables are missing: {title}");
        assert!(measured[3].parse::<usize>().unwrap() > 0, "bars are missing: {title}");
        assert_eq!((measured[4], measured[5]), ("true", "0"), "bars of two scales, or scripts: {title}");
    }
}
