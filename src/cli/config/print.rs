//! Prints the settings that hold in the form of the configuration file, each with where it comes from.

use std::io::{self, Write};
use std::path::{self, PathBuf};

use toml::Value;

use crate::cli::config::file::ConfigFile;
use crate::cli::config::settings::{Origin, Settings};
use crate::formats::Input;
use crate::text::{clean, width};
use crate::tui::theme::Colours;

/// Writes the settings.
pub(in crate::cli) fn print(out: &mut impl Write, settings: &Settings) -> io::Result<()> {
    let path = settings.file.clone().or_else(ConfigFile::default_path);
    let path = path.map_or_else(
        || "no folder for it is known here".to_owned(),
        |path| clean(&path.to_string_lossy()).into_owned(),
    );
    let state = if settings.file.is_some() { "read" } else { "not read" };
    writeln!(out, "# hospitui.toml: {path} ({state})\n")?;
    let mut lines: Vec<(String, String)> = Vec::new();
    for setting in &settings.values {
        // What the parser takes for a switch may be written in several ways.
        let value = match setting.value.to_lowercase().as_str() {
            "true" | "on" | "yes" | "y" | "t" | "1" => Value::Boolean(true),
            "false" | "off" | "no" | "n" | "f" | "0" if setting.name != "clipboard" => Value::Boolean(false),
            _ => Value::String(setting.value.clone()),
        };
        lines.push((format!("{} = {value}", setting.name), setting.origin.to_string()));
    }
    // Whole paths, because those in the file are relative to it.
    let is_file = |path: &PathBuf| Input::from(path.clone()) != Input::Stdin;
    let whole = |path: &PathBuf| path::absolute(path).ok().filter(|_| is_file(path)).unwrap_or_else(|| path.clone());
    let paths = settings.data.iter().map(|path| Value::String(whole(path).to_string_lossy().into_owned())).collect();
    let from = settings.data_origin.as_ref().unwrap_or(&Origin::Default);
    lines.push((format!("data = {}", Value::Array(paths)), from.to_string()));
    write_lines(out, &lines)?;
    write_colours(out, settings)?;
    writeln!(out, "\n[keys]")?;
    let keys = settings.bindings.lines().filter(|(name, _)| *name != "interrupt").map(|(name, keys)| {
        let from =
            settings.keys_origins.iter().find(|(known, _)| known == name).map_or(&Origin::Default, |(_, from)| from);
        (format!("{name} = {}", Value::String(keys.to_owned())), from.to_string())
    });
    write_lines(out, &keys.collect::<Vec<_>>())
}

/// Writes the colours that are given, and the parts whose colour is that of the theme.
fn write_colours(out: &mut impl Write, settings: &Settings) -> io::Result<()> {
    writeln!(out, "\n[colours]")?;
    let given = |part: &str| settings.given_colours.iter().find(|(name, ..)| name == part);
    let (own, of_theme): (Vec<&str>, Vec<&str>) = Colours::parts().partition(|part| given(part).is_some());
    let lines = own
        .into_iter()
        .filter_map(given)
        .map(|(part, colour, origin)| (format!("{part} = {}", Value::String(colour.clone())), origin.to_string()));
    write_lines(out, &lines.collect::<Vec<_>>())?;
    writeln!(out, "# as in the theme: {}", of_theme.join(", "))
}

/// Writes lines, each with a comment in a column of their own.
fn write_lines(out: &mut impl Write, lines: &[(String, String)]) -> io::Result<()> {
    let widest = lines.iter().map(|(line, _)| width(line)).max().unwrap_or(0).min(60);
    for (line, comment) in lines {
        let gap = " ".repeat(widest.saturating_sub(width(line)) + 2);
        writeln!(out, "{}{gap}# {comment}", clean(line))?;
    }
    Ok(())
}
