//! What a partner does on behalf of the vendor (R511).

use crate::{Invalid, text};

text::text_type! {
    /// The id that a page gives what it asks for, so that asking twice does it once: 16 to 64 letters, digits and dashes,
    /// such as a UUID.
    OnceId, |text| {
        let id = text.trim();
        if id.is_empty() {
            return Err(Invalid::Required);
        }
        let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain && (16..=64).contains(&id.len()) { Ok(id.to_ascii_lowercase()) } else { Err(Invalid::Id) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_one_and_little_else() {
        let id = "7D444840-9DC0-11D1-B245-5FFDCE74FAD2";
        assert_eq!(OnceId::parse(id).map(String::from), Ok(id.to_ascii_lowercase()));
        for text in ["short", "with a space, and long enough", "#".repeat(20).as_str(), "a".repeat(65).as_str()] {
            assert_eq!(OnceId::parse(text), Err(Invalid::Id), "{text}");
        }
        assert_eq!(OnceId::parse(" "), Err(Invalid::Required));
    }
}
