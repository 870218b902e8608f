//! The committed ceilings: the first measurement and a tenth, lowered when it improves.

use std::fmt::Write as _;

use tests::source::{read, root};

const FILE: &str = "tests/bench/ceilings.toml";

/// No function may ever weigh more, whatever was measured first.
const MOST_STRIPPED: u64 = 5_500_000;

/// What was measured of one function: bytes and instructions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) stripped: u64,
    pub(crate) zipped: u64,
    pub(crate) start: u64,
    pub(crate) first: u64,
    pub(crate) warm: u64,
}

impl Measured {
    const NAMES: [&str; 5] = ["stripped", "zipped", "start", "first", "warm"];

    fn values(&self) -> [u64; 5] {
        [self.stripped, self.zipped, self.start, self.first, self.warm]
    }

    /// One line for people: megabytes and millions of instructions.
    pub(crate) fn line(&self, function: &str) -> String {
        let millions = self.values().map(|value| format!("{:>10.2}", value as f64 / 1e6));
        format!("{function:<10} {}", millions.join(" "))
    }
}

/// The most that each function may take.
pub(crate) struct Ceilings(toml::Table);

impl Ceilings {
    pub(crate) fn read() -> Self {
        Self(read(FILE).parse().expect("ceilings"))
    }

    /// A tenth above what was measured; those of other functions stay.
    pub(crate) fn above(mut self, all: &[(&str, Measured)]) -> Self {
        let table = |measured: &Measured| {
            let rows = Measured::NAMES.iter().zip(measured.values());
            let above = |name: &str, value: u64| {
                let most = if name == "stripped" { MOST_STRIPPED } else { u64::MAX };
                toml::Value::Integer(i64::try_from((value + value / 10).min(most)).unwrap_or(i64::MAX))
            };
            toml::Value::Table(rows.map(|(name, value)| ((*name).to_owned(), above(name, value))).collect())
        };
        self.0.extend(all.iter().map(|(function, measured)| ((*function).to_owned(), table(measured))));
        self
    }

    pub(crate) fn write(&self) {
        let mut text = String::from(
            "# The most that a deployed function may take: bytes stripped and zipped, instructions to the end of its\n\
             # start, for the first answer (TLS handshake included) and for a warm one. The first measurement and a\n\
             # tenth; `tests/bench/run --update` sets them anew.\n",
        );
        write!(text, "\n{}", self.0).expect("text");
        std::fs::write(root().join(FILE), text).expect("the ceilings");
    }

    /// One line for each value above its ceiling.
    pub(crate) fn broken_by(&self, all: &[(&str, Measured)]) -> Vec<String> {
        let mut broken = Vec::new();
        for (function, measured) in all {
            for (name, value) in Measured::NAMES.iter().zip(measured.values()) {
                let ceiling = self.0.get(*function).and_then(|table| table.get(*name)?.as_integer()).unwrap_or(0);
                if i64::try_from(value).unwrap_or(i64::MAX) > ceiling {
                    broken.push(format!("{function}: {name} is {value}, above its ceiling of {ceiling}"));
                }
            }
        }
        broken
    }
}
