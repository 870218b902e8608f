//! The vendor's accent colour, fit for a button in a mail.

/// A button's colours, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Brand {
    /// The button itself.
    pub(crate) accent: String,
    /// The words on it.
    pub(crate) ink: &'static str,
}

const DEFAULT: (u8, u8, u8) = (0x0b, 0x6b, 0x57);

impl Brand {
    /// Takes the vendor's colour, or ours where it is not one; the words are black or white, whatever reads better.
    pub(crate) fn of(colour: &str) -> Self {
        let (red, green, blue) = rgb(colour).unwrap_or(DEFAULT);
        let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        // Equal contrast to black and white (WCAG 2.2): (L + 0.05) / 0.05 = 1.05 / (L + 0.05).
        let ink = if luminance > 0.179 { "#101314" } else { "#ffffff" };
        Self { accent: format!("#{red:02x}{green:02x}{blue:02x}"), ink }
    }
}

fn rgb(colour: &str) -> Option<(u8, u8, u8)> {
    let digits = colour.strip_prefix('#').filter(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some((red, green, blue))
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::Brand;

    #[test]
    fn the_words_read_on_any_colour() {
        for (colour, accent, ink) in [
            ("#0b6b57", "#0b6b57", "#ffffff"),
            ("#FFD400", "#ffd400", "#101314"),
            ("#000000", "#000000", "#ffffff"),
            ("#ffffff", "#ffffff", "#101314"),
            ("red;background:url(//evil.test)", "#0b6b57", "#ffffff"),
            ("#12345é", "#0b6b57", "#ffffff"),
        ] {
            assert_eq!(Brand::of(colour), Brand { accent: accent.into(), ink }, "{colour}");
        }
    }
}
