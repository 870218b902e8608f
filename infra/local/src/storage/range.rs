//! Which part of a file is asked for (RFC 9110 §14), so that a download that broke off goes on where it stopped.

use super::refusal::Refusal;

/// The bytes of a file that an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of them.
    Whole,
    /// From the first to the last of these.
    From(u64, u64),
}

impl Part {
    /// What a `Range` header asks of a file of that length. As with S3, several ranges and other units are as if nothing
    /// had been asked.
    pub fn of(range: Option<&str>, length: u64) -> Result<Self, Refusal> {
        let Some((first, last)) = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-')) else {
            return Ok(Self::Whole);
        };
        let number = |text: &str| text.parse::<u64>().ok();
        let (first, last) = match (first.is_empty(), number(first), last.is_empty(), number(last)) {
            // The last bytes, so many.
            (true, _, false, Some(0)) => return Err(Refusal::InvalidRange(length)),
            (true, _, false, Some(count)) => (length.saturating_sub(count), length.saturating_sub(1)),
            (false, Some(first), true, _) => (first, length.saturating_sub(1)),
            (false, Some(first), false, Some(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
            _ => return Ok(Self::Whole),
        };
        if first >= length { Err(Refusal::InvalidRange(length)) } else { Ok(Self::From(first, last)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R404
    #[test]
    fn a_download_goes_on_from_any_byte() {
        for (range, part) in [
            (None, Ok(Part::Whole)),
            (Some("bytes=0-"), Ok(Part::From(0, 9))),
            (Some("bytes=4-"), Ok(Part::From(4, 9))),
            (Some("bytes=4-6"), Ok(Part::From(4, 6))),
            (Some("bytes=4-600"), Ok(Part::From(4, 9))),
            (Some("bytes=-3"), Ok(Part::From(7, 9))),
            (Some("bytes=-30"), Ok(Part::From(0, 9))),
            (Some("bytes=10-"), Err(Refusal::InvalidRange(10))),
            (Some("bytes=-0"), Err(Refusal::InvalidRange(10))),
            (Some("bytes=6-4"), Ok(Part::Whole)),
            (Some("bytes=0-1,4-5"), Ok(Part::Whole)),
            (Some("lines=1-2"), Ok(Part::Whole)),
            (Some("bytes=99999999999999999999-"), Ok(Part::Whole)),
        ] {
            assert_eq!(Part::of(range, 10), part, "{range:?}");
        }
        assert_eq!(Part::of(Some("bytes=0-"), 0), Err(Refusal::InvalidRange(0)));
    }
}
