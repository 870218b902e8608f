//! The vendor's one colour, made readable: the accent of the light and of the dark scheme, and the ink upon each.

/// The least contrast of text (WCAG 2.2, 1.4.3), and a little more for the soft grounds it stands on.
const ENOUGH: f64 = 4.9;

/// The lightest and darkest grounds that accent-coloured text stands on.
const LIGHT_GROUND: Rgb = Rgb(0xf0, 0xf0, 0xec);
const DARK_GROUND: Rgb = Rgb(0x26, 0x2b, 0x2e);

const DEFAULT: Rgb = Rgb(0x0b, 0x6b, 0x57);

/// A colour of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgb(u8, u8, u8);

/// The four colours that follow from the vendor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accents {
    light: Rgb,
    on_light: Rgb,
    dark: Rgb,
    on_dark: Rgb,
}

impl Accents {
    /// Takes `#rrggbb`; what is none is answered with the house's green. The colour is darkened, or lightened for the
    /// dark scheme, no further than reading asks for.
    pub(super) fn of(colour: &str) -> Self {
        let brand = Rgb::parse(colour).unwrap_or(DEFAULT);
        let light = brand.towards(Rgb(0, 0, 0), LIGHT_GROUND);
        let dark = brand.towards(brand.bright(), DARK_GROUND);
        let dark = dark.towards(Rgb(255, 255, 255), DARK_GROUND);
        Self { light, on_light: light.ink(), dark, on_dark: dark.ink() }
    }

    /// The custom properties, for the end of the tokens layer.
    pub(super) fn css(self) -> String {
        format!(
            "@layer tokens{{:root{{--accent-light:{};--on-accent-light:{};--accent-dark:{};--on-accent-dark:{}}}}}",
            self.light.hex(),
            self.on_light.hex(),
            self.dark.hex(),
            self.on_dark.hex()
        )
    }

    /// What the icon of the page is drawn with: ground and line.
    pub(super) fn icon(self) -> (String, String) {
        (self.light.hex(), self.on_light.hex())
    }
}

impl Rgb {
    fn parse(colour: &str) -> Option<Self> {
        let digits =
            colour.strip_prefix('#').filter(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(red, green, blue))
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The same hue, as bright as the screen has it: on the way there a colour keeps its strength, on the way to white
    /// it fades.
    fn bright(self) -> Self {
        let most = u16::from(self.0.max(self.1).max(self.2));
        let scale =
            |channel: u8| u8::try_from((u16::from(channel) * 255).checked_div(most).unwrap_or(255)).unwrap_or(255);
        Self(scale(self.0), scale(self.1), scale(self.2))
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// The first step towards an end that can be read on a ground.
    fn towards(self, end: Self, ground: Self) -> Self {
        let mix = |from: u8, to: u8, step: u32| {
            let mixed = (u32::from(from) * (50 - step) + u32::from(to) * step) / 50;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        (0..=50)
            .map(|step| Self(mix(self.0, end.0, step), mix(self.1, end.1, step), mix(self.2, end.2, step)))
            .find(|it| it.contrast(ground) >= ENOUGH)
            .unwrap_or(end)
    }

    /// White or near black, whatever reads better upon it.
    fn ink(self) -> Self {
        let (white, black) = (Self(255, 255, 255), Self(0x0c, 0x14, 0x12));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_brand_colour_can_be_read() {
        for colour in
            ["#0b6b57", "#ffd400", "#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#7f7f7f", "red", "#12é456"]
        {
            let accents = Accents::of(colour);
            assert!(accents.light.contrast(LIGHT_GROUND) >= ENOUGH, "{colour} on light");
            assert!(accents.dark.contrast(DARK_GROUND) >= ENOUGH, "{colour} on dark");
            assert!(accents.on_light.contrast(accents.light) >= 4.5, "ink on {colour}, light");
            assert!(accents.on_dark.contrast(accents.dark) >= 4.5, "ink on {colour}, dark");
        }
    }

    #[test]
    fn a_colour_that_reads_well_is_left_alone() {
        assert_eq!(Accents::of("#0b6b57").light, Rgb(0x0b, 0x6b, 0x57));
    }

    #[test]
    fn what_is_no_colour_cannot_reach_the_sheet() {
        assert_eq!(Accents::of("red;background:url(//evil.test)"), Accents::of("#0b6b57"));
    }
}
