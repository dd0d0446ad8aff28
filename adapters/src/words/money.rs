//! How money is written, everywhere.

use domain::money::{Amount, Currency};

/// `15 000 F`: groups of three, narrow no-break spaces (U+202F), so that a price never breaks
/// over two lines.
pub fn money(amount: Amount, currency: Currency) -> String {
    let digits = amount.0.unsigned_abs().to_string();
    let mut written = String::new();
    if amount.0 < 0 {
        written.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push('\u{202F}');
        }
        written.push(digit);
    }
    let unit = match currency {
        Currency::Xof | Currency::Xaf => "F",
        Currency::Gnf => "FG",
    };
    format!("{written}\u{202F}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let written = |units| money(Amount(units), Currency::Xof).replace('\u{202F}', "_");
        assert_eq!(written(0), "0_F");
        assert_eq!(written(500), "500_F");
        assert_eq!(written(15_000), "15_000_F");
        assert_eq!(written(1_234_567), "1_234_567_F");
        assert_eq!(written(i64::MAX), "9_223_372_036_854_775_807_F");
        assert_eq!(
            money(Amount(1_000), Currency::Gnf),
            "1\u{202F}000\u{202F}FG"
        );
    }
}
