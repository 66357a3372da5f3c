//! Numbers as people type them in a query.

/// `1000`, `1,000`, `1.5k`, `2m`, `3万`.
pub fn number(typed: &str) -> Option<f64> {
    let plain = typed.replace([',', '_', '，'], "").to_lowercase();
    let (digits, factor) = [("k", 1e3), ("m", 1e6), ("万", 1e4), ("萬", 1e4), ("亿", 1e8)]
        .into_iter()
        .find_map(|(suffix, factor)| Some((plain.strip_suffix(suffix)?, factor)))
        .unwrap_or((&plain, 1.0));
    let is_plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    digits.parse::<f64>().ok().filter(|number| is_plain && number.is_finite()).map(|number| number * factor)
}
