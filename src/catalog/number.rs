//! Numbers as people write them.

/// A number with a comma every three digits and the decimals that it has: `30,187.14`.
#[must_use]
pub fn group(n: f64) -> String {
    let plain = n.abs().to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::with_capacity(plain.len() + whole.len() / 3 + 1);
    if n < 0.0 {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}
