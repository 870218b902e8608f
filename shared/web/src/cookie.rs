//! Our two cookies (RFC 6265bis): bound to this host, over TLS, out of reach of scripts.

use http::{HeaderMap, HeaderValue, header};

/// The session's.
pub const SESSION_COOKIE: &str = "__Host-portico";
/// The device's.
pub const DEVICE_COOKIE: &str = "__Host-portico-device";

/// The value of a cookie, if the request has exactly one of that name: with two, somebody has planted one.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(found, _)| *found == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}

/// Sets a cookie for that many seconds; none deletes it.
pub(crate) fn set(name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_never_twice() {
        let headers = |lines: &[&'static str]| {
            lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line))).collect::<HeaderMap>()
        };
        for (lines, value) in [
            (&["__Host-portico=a"][..], Some("a")),
            (&["x=1; __Host-portico=a;y=2"], Some("a")),
            (&["x=1;__Host-portico=a"], Some("a")),
            (&["x=1", "__Host-portico=a"], Some("a")),
            (&["__Host-portico=a; __Host-portico=b"], None),
            (&["__Host-portico-device=a"], None),
            (&["garbage"], None),
        ] {
            assert_eq!(read(&headers(lines), SESSION_COOKIE), value, "{lines:?}");
        }
    }
}
