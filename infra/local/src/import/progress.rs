//! How far a long import is: on a terminal one line that changes, elsewhere a line every few seconds.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Who hears how far the import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever started the command.
    CommandLine,
    /// Nobody.
    Nobody,
}

/// The progress of one part of an import.
#[derive(Debug)]
pub(super) struct Progress {
    what: &'static str,
    total: usize,
    done: usize,
    began: Instant,
    told: Instant,
    every: Option<Duration>,
    on_terminal: bool,
    is_line_open: bool,
}

impl Progress {
    pub fn begin(audience: Audience, what: &'static str, total: usize) -> Self {
        let on_terminal = stderr().is_terminal();
        let every = match audience {
            Audience::CommandLine if on_terminal => Some(Duration::from_millis(200)),
            Audience::CommandLine => Some(Duration::from_secs(5)),
            Audience::Nobody => None,
        };
        let now = Instant::now();
        Self { what, total, done: 0, began: now, told: now, every, on_terminal, is_line_open: false }
    }

    /// So many more are done.
    pub fn step(&mut self, more: usize) {
        self.done += more;
        if self.every.is_some_and(|every| self.told.elapsed() >= every) {
            self.tell();
        }
    }

    fn tell(&mut self) {
        self.told = Instant::now();
        let rate = self.done as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        let left = (self.total.saturating_sub(self.done)) as f64 / rate.max(0.001);
        let line = format!(
            "{}: {} of {}, {rate:.0} a second, {} left",
            self.what,
            thousands(self.done),
            thousands(self.total),
            duration(Duration::from_secs_f64(left.min(1e6)))
        );
        // A closed stderr is no reason to stop an import.
        let _ = if self.on_terminal {
            self.is_line_open = true;
            write!(stderr(), "\r\u{1b}[2K{line}")
        } else {
            writeln!(stderr(), "{line}")
        };
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_line_open {
            let _ = write!(stderr(), "\r\u{1b}[2K");
        }
    }
}

/// `100000` as `100,000`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A duration for a person.
pub(super) fn duration(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_can_be_read() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (120_000, "120,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), text);
        }
    }
}
