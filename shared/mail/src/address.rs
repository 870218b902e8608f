//! Addresses in the form mail headers take: SES speaks ASCII only.

use domain::EmailAddress;

/// The address with its domain in ASCII (RFC 3490), as SES wants it; `None` if the part before the `@` is not ASCII:
/// that would need SMTPUTF8, which SES does not speak.
pub(crate) fn ascii(address: &EmailAddress) -> Option<String> {
    if !address.local_part().is_ascii() {
        return None;
    }
    let labels: Option<Vec<String>> = address.domain().split('.').map(ascii_label).collect();
    Some(format!("{}@{}", address.local_part(), labels?.join(".")))
}

/// `"Name" <address>`, the name as an encoded word where it is not plain (RFC 2047).
pub(crate) fn with_name(name: &str, address: &str) -> String {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b" '&-_+!".contains(&b));
    if name.is_empty() {
        address.to_owned()
    } else if plain {
        format!("\"{name}\" <{address}>")
    } else {
        format!("{} <{address}>", encoded_words(name))
    }
}

/// A text as encoded words of at most 75 characters, each holding whole characters (RFC 2047 §2, §5).
fn encoded_words(text: &str) -> String {
    const ROOM: usize = 75 - "=?UTF-8?Q??=".len();
    let mut words = vec![String::new()];
    for character in text.chars() {
        let mut bytes = [0; 4];
        let mut encoded = String::new();
        for byte in character.encode_utf8(&mut bytes).bytes() {
            match byte {
                b' ' => encoded.push('_'),
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => encoded.push(char::from(byte)),
                _ => encoded.push_str(&format!("={byte:02X}")),
            }
        }
        match words.last_mut() {
            Some(word) if word.len() + encoded.len() <= ROOM => word.push_str(&encoded),
            _ => words.push(encoded),
        }
    }
    words.iter().map(|word| format!("=?UTF-8?Q?{word}?=")).collect::<Vec<_>>().join(" ")
}

/// One label of a domain; punycode (RFC 3492) where it is not ASCII. The domain is in lower case and NFC already.
fn ascii_label(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    let encoded = format!("xn--{}", punycode(label)?);
    (encoded.len() <= 63).then_some(encoded)
}

fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut output: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    if basic > 0 {
        output.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (0x80_u32, 0_u32, 72_u32, basic);
    while (handled as usize) < characters.len() {
        let smallest = characters.iter().copied().filter(|c| *c >= next).min()?;
        delta = delta.checked_add((smallest - next).checked_mul(handled + 1)?)?;
        next = smallest;
        for &character in &characters {
            if character < next {
                delta = delta.checked_add(1)?;
            }
            if character == next {
                let (mut rest, mut place) = (delta, BASE);
                loop {
                    let threshold = place.saturating_sub(bias).clamp(T_MIN, T_MAX);
                    if rest < threshold {
                        break;
                    }
                    output.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                    rest = (rest - threshold) / (BASE - threshold);
                    place += BASE;
                }
                output.push(digit(rest));
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(output)
}

/// RFC 3492 §6.1.
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut bias = 0;
    while delta > ((36 - 1) * 26) / 2 {
        delta /= 36 - 1;
        bias += 36;
    }
    bias + (36 * delta) / (delta + 38)
}

fn digit(value: u32) -> char {
    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    #[test]
    fn domains_are_written_in_ascii() {
        for (text, expected) in [
            ("anna@acme.test", Some("anna@acme.test")),
            ("anna@müller.test", Some("anna@xn--mller-kva.test")),
            ("anna@bücher.例え.test", Some("anna@xn--bcher-kva.xn--r8jz45g.test")),
            ("jörg@acme.test", None),
        ] {
            assert_eq!(ascii(&address(text)).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn punycode_is_that_of_the_rfc() {
        // RFC 3492 §7.1, samples (B), (I) and (L).
        for (label, expected) in [
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ] {
            assert_eq!(punycode(label).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_name_cannot_leave_its_place() {
        for (name, expected) in [
            ("Northlight CAD", "\"Northlight CAD\" <a@b.test>"),
            ("", "a@b.test"),
            ("Zoë", "=?UTF-8?Q?Zo=C3=AB?= <a@b.test>"),
            ("x\" <evil@c.test>, \"y", "=?UTF-8?Q?x=22_=3Cevil=40c=2Etest=3E=2C_=22y?= <a@b.test>"),
            ("a\r\nBcc: x", "=?UTF-8?Q?a=0D=0ABcc=3A_x?= <a@b.test>"),
        ] {
            assert_eq!(with_name(name, "a@b.test"), expected);
        }
        let long = with_name(&"ü".repeat(60), "a@b.test");
        assert!(long.split(' ').all(|word| word.len() <= 75), "{long}");
    }
}
