//! The sender as a person reads it: `=?UTF-8?Q?Zo=C3=AB?= <a@b.test>` is Zoë.

use serde::Serialize;

/// A name, perhaps empty, and an address.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FromLine {
    name: String,
    address: String,
}

impl FromLine {
    pub(super) fn read(line: &str) -> Self {
        let (name, address) = line.rsplit_once('<').unwrap_or(("", line));
        let name = name.trim().trim_matches('"');
        // White space between two encoded words is not part of the text (RFC 2047 §6.2).
        let name = name.replace("?= =?", "?==?").split("=?UTF-8?Q?").map(decoded).collect();
        Self { name, address: address.trim_end_matches('>').trim().to_owned() }
    }
}

/// The text of an encoded word, without its beginning, and what follows it.
fn decoded(part: &str) -> String {
    let Some((word, tail)) = part.split_once("?=") else { return part.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'_' => bytes.push(b' '),
            b'=' => {
                let digits = [rest.next(), rest.next()].map(|digit| digit.and_then(|it| char::from(it).to_digit(16)));
                if let [Some(high), Some(low)] = digits {
                    bytes.extend(u8::try_from(high * 16 + low));
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned() + tail
}

#[cfg(test)]
mod tests {
    use super::FromLine;

    #[test]
    fn senders_read_as_names() {
        for (line, name, address) in [
            ("a@b.test", "", "a@b.test"),
            ("\"Northlight CAD\" <a@b.test>", "Northlight CAD", "a@b.test"),
            ("=?UTF-8?Q?Zo=C3=AB_?= =?UTF-8?Q?GmbH?= <a@b.test>", "Zoë GmbH", "a@b.test"),
            ("=?UTF-8?Q?=C3=?= <a@b.test>", "\u{fffd}", "a@b.test"),
        ] {
            assert_eq!(FromLine::read(line), FromLine { name: name.into(), address: address.into() });
        }
    }
}
