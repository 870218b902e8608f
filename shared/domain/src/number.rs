//! Numbers the vendor gives: of customers, products, orders and serials.

use crate::{Invalid, code, text};

text::text_type! {
    /// The number a customer is known by: `C` and 3 to 9 digits, such as `C10423`. Typed in any case.
    CustomerNumber, |text| {
        let number = text.trim().to_ascii_uppercase();
        if number.is_empty() {
            return Err(Invalid::Required);
        }
        match number.strip_prefix('C') {
            Some(digits) if (3..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => Ok(number),
            _ => Err(Invalid::CustomerNumber),
        }
    }
}

impl CustomerNumber {
    /// The number of an account that a partner makes on behalf of the vendor (R511): `C9` and eight digits, the longest
    /// form there is, of which vendors who count up from some thousand give none. Whose it is, a condition says: one that is
    /// somebody's is drawn again.
    #[must_use]
    pub fn drawn(random: [u8; 4]) -> Self {
        Self(format!("C9{:08}", u32::from_be_bytes(random) % 100_000_000))
    }
}

text::text_type! {
    /// The code of a product: 2 to 8 capital letters and digits, such as `NLD`.
    ProductCode, |text| {
        let code = text.trim().to_ascii_uppercase();
        if code.is_empty() {
            return Err(Invalid::Required);
        }
        let plain = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if plain && (2..=8).contains(&code.len()) { Ok(code) } else { Err(Invalid::ProductCode) }
    }
}

text::text_type! {
    /// The vendor's number of an order: 1 to 40 letters, digits, `-`, `/`, `.` or `_`, in any case.
    OrderNumber, |text| {
        let number = text.trim().to_ascii_uppercase();
        if number.is_empty() {
            return Err(Invalid::Required);
        }
        let plain = number.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/._".contains(&b));
        if plain && number.len() <= 40 { Ok(number) } else { Err(Invalid::OrderNumber) }
    }
}

text::text_type! {
    /// A serial number: groups of capital letters and digits, 6 to 40 characters in all, such as
    /// `NLD-7Q4M-X2KP-09TV`. Typed in any case, with any dash or space between the groups.
    SerialNumber, |text| {
        let mut serial = String::new();
        for character in text.trim().chars() {
            match character {
                c if c.is_ascii_alphanumeric() => serial.push(c.to_ascii_uppercase()),
                '-' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{2212}' if serial.ends_with('-') => {}
                '-' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => serial.push('-'),
                _ => return Err(Invalid::SerialNumber),
            }
        }
        let serial = serial.trim_matches('-').to_owned();
        if serial.is_empty() {
            return Err(Invalid::Required);
        }
        if (6..=40).contains(&serial.len()) { Ok(serial) } else { Err(Invalid::SerialNumber) }
    }
}

impl SerialNumber {
    /// A new serial number of a product, such as `NLD-7Q4M-X2KP-09TV`, from 12 random bytes, of which five bits each are
    /// used: 60 bits, so that none is found by trying.
    #[must_use]
    pub fn drawn(product: &ProductCode, random: [u8; 12]) -> Self {
        let digits = random.map(|byte| char::from(code::ALPHABET[usize::from(byte & 31)]));
        let groups: String = digits.chunks(4).flat_map(|group| std::iter::once(&'-').chain(group)).collect();
        Self(format!("{product}{groups}"))
    }

    /// The form under which a serial is found: without dashes, `O` as `0`, `I` and `L` as `1`, so that a serial read
    /// from paper is found, and no two serials differ only there.
    #[must_use]
    pub fn claim(&self) -> String {
        let look = |c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        self.as_str().chars().filter(|c| *c != '-').map(look).collect()
    }
}

impl OrderNumber {
    /// The number of a new trial, which nobody ordered (R407): `TRIAL-` and ten characters, 50 bits.
    #[must_use]
    pub fn of_trial(random: [u8; 10]) -> Self {
        let digits: String = random.iter().map(|byte| char::from(code::ALPHABET[usize::from(byte & 31)])).collect();
        Self(format!("TRIAL-{digits}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R407
    #[test]
    fn the_number_of_a_trial_is_one_as_typed() {
        let number = OrderNumber::of_trial([0, 1, 2, 3, 28, 29, 30, 31, 32, 255]);
        assert_eq!(number.as_str(), "TRIAL-0123WXYZ0Z");
        assert_eq!(OrderNumber::parse("trial-0123wxyz0z"), Ok(number));
    }

    /// R511
    #[test]
    fn a_drawn_customer_number_is_one_as_typed() {
        for (random, number) in [([0; 4], "C900000000"), ([255; 4], "C994967295")] {
            let drawn = CustomerNumber::drawn(random);
            assert_eq!(drawn.as_str(), number);
            assert_eq!(CustomerNumber::parse(number), Ok(drawn));
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(CustomerNumber::parse(" c10423 ").map(String::from), Ok("C10423".into()));
        for text in ["nld 7q4m x2kp 09tv", "NLD–7Q4M–X2KP–09TV", " NLD--7Q4M-X2KP-09TV- "] {
            assert_eq!(SerialNumber::parse(text).map(String::from), Ok("NLD-7Q4M-X2KP-09TV".into()), "{text}");
        }
    }

    #[test]
    fn a_drawn_serial_is_one_as_typed() -> Result<(), Invalid> {
        let drawn = SerialNumber::drawn(&ProductCode::parse("NLD")?, [0, 1, 2, 3, 28, 29, 30, 31, 32, 33, 255, 7]);
        assert_eq!(drawn.as_str(), "NLD-0123-WXYZ-01Z7");
        assert_eq!(SerialNumber::parse(drawn.as_str()), Ok(drawn));
        Ok(())
    }

    #[test]
    fn a_serial_read_from_paper_is_found() {
        let claims =
            ["NLD-7Q4M-X2KP-09TV", "N1D-7Q4M-X2KP-O9TV"].map(|text| SerialNumber::parse(text).map(|it| it.claim()));
        assert_eq!(claims[0], claims[1]);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["10423", "C12", "C1234567890", "C12A4", "С10423"] {
            assert_eq!(CustomerNumber::parse(text), Err(Invalid::CustomerNumber), "{text}");
        }
        assert_eq!(SerialNumber::parse("NLD/7Q4M"), Err(Invalid::SerialNumber));
        assert_eq!(SerialNumber::parse("--"), Err(Invalid::Required));
        assert_eq!(OrderNumber::parse("SO 1"), Err(Invalid::OrderNumber));
        assert_eq!(ProductCode::parse("N"), Err(Invalid::ProductCode));
    }
}
