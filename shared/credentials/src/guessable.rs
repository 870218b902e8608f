//! How soon a password would be guessed: a lower bound, in bits, of the tries it takes somebody who tries common words,
//! names, runs and repetitions first.
//!
//! The library that is usual for this (zxcvbn) weighs 2.4 MB in a function, a third of it regular expressions, and
//! builds its dictionaries at every start. With at least 15 characters asked for, what is left to catch is common words
//! strung together, and that needs no more than this.

/// The passwords and English words tried first, in order of the alphabet, from the frequency lists of zxcvbn (MIT,
/// Dropbox): letters and digits, five characters and more.
const COMMON: &str = include_str!("common.txt");

/// A word of [`COMMON`]: one of some 12,000.
const WORD: f64 = 13.5;
/// A word everybody knows of this person.
const KNOWN: f64 = 3.0;
/// Something that was there before, once more.
const AGAIN: f64 = 1.0;
/// A run such as `aaaa`, `12345` or `qwertz`: where it begins, which way, and how long.
const RUN: f64 = 7.0;
/// Rows of keyboards, and the alphabet.
const ROWS: [&str; 6] =
    ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjklzxcvbnm"];

/// The bits it takes to guess a password, at most. `known` holds words an attacker would try first.
pub(crate) fn bits(password: &str, known: &[&str]) -> f64 {
    let plain: Vec<char> = password.to_lowercase().chars().map(unmask).collect();
    let common: Vec<&str> = COMMON.lines().collect();
    let known: Vec<Vec<char>> = known
        .iter()
        .map(|word| word.to_lowercase().chars().map(unmask).collect::<Vec<_>>())
        .filter(|word| word.len() >= 3)
        .collect();
    let (mut at, mut bits, mut seen) = (0, 0.0, Vec::<&[char]>::new());
    while at < plain.len() {
        let (length, worth) = piece(&plain, at, &common, &known, &seen);
        seen.push(&plain[at..at + length]);
        bits += worth;
        at += length;
    }
    bits
}

/// The longest piece that begins here, and the bits it is worth.
fn piece(plain: &[char], at: usize, common: &[&str], known: &[Vec<char>], seen: &[&[char]]) -> (usize, f64) {
    let rest = &plain[at..];
    let again = seen.iter().filter(|piece| rest.starts_with(piece)).map(|piece| (piece.len(), AGAIN));
    let named = known.iter().filter(|word| rest.starts_with(word)).map(|word| (word.len(), KNOWN));
    let word = (5..=rest.len().min(24)).rev().find_map(|length| {
        let text: String = rest[..length].iter().collect();
        common.binary_search(&text.as_str()).is_ok().then_some((length, WORD))
    });
    let run = Some((run(rest), RUN)).filter(|(length, _)| *length >= 3);
    let longest = again
        .chain(named)
        .chain(word)
        .chain(run)
        .max_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    longest.unwrap_or_else(|| {
        (
            1,
            if rest[0].is_ascii_digit() {
                3.3
            } else if rest[0].is_ascii() {
                4.7
            } else {
                8.0
            },
        )
    })
}

/// How long a run begins here: one character again and again, or neighbours of a row in either direction.
fn run(rest: &[char]) -> usize {
    let same = rest.iter().take_while(|character| **character == rest[0]).count();
    let along = ROWS.iter().map(|row| {
        let place = |character: char| row.find(character);
        let step = |back: bool| {
            let neighbours = |pair: &[char]| match (place(pair[0]), place(pair[1])) {
                (Some(one), Some(next)) => {
                    if back {
                        one == next + 1
                    } else {
                        one + 1 == next
                    }
                }
                _ => false,
            };
            1 + rest.windows(2).take_while(|pair| neighbours(pair)).count()
        };
        step(false).max(step(true))
    });
    along.max().unwrap_or(0).max(same)
}

/// The letter that a digit or sign stands for in `p4$$w0rd`.
const fn unmask(character: char) -> char {
    match character {
        '@' => 'a',
        '$' => 's',
        '!' => 'i',
        '€' => 'e',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_worth_little() {
        for (password, why) in [
            ("passwordpassword", "a common word, twice"),
            ("aaaaaaaaaaaaaaaaaaaa", "one letter"),
            ("1234567890123456", "a run"),
            ("qwertzuiopasdfghjkl", "two rows"),
            ("iloveyou123456789", "a common password and a run"),
            ("p@$$wordp@$$word", "the same in disguise"),
            ("northlightnorthlight", "the vendor"),
            ("annabernard20260101", "a name and a date"),
        ] {
            let bits = bits(password, &["Anna", "Bernard", "Northlight"]);
            assert!(bits < 33.0, "{why}: {bits}");
        }
    }

    #[test]
    fn a_phrase_of_ones_own_is_worth_enough() {
        for password in
            ["seven brass lanterns", "four quiet herons wade", "une très longue phrase", "tr0ub4dor&3 correct"]
        {
            let bits = bits(password, &["Anna"]);
            assert!(bits > 40.0, "{password}: {bits}");
        }
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(COMMON.lines().is_sorted(), "it is searched by halving");
    }
}
