//! Our two cookies (RFC 6265bis): bound to this host, over TLS, out of reach of scripts.

use http::{HeaderMap, HeaderValue, header};

/// The session's.
pub const SESSION_COOKIE: &str = "__Host-portico";
/// The device's.
pub const DEVICE_COOKIE: &str = "__Host-portico-device";

/// The value of a cookie, if the request has exactly one of that name: with two, somebody has planted one.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // Cookie by cookie: another site's cookie on our domain may hold anything, and must not hide ours.
    let lines = headers.get_all(header::COOKIE).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    let pairs = lines.filter_map(|pair| std::str::from_utf8(pair).ok()?.trim().split_once('='));
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
            let value = |line: &&str| HeaderValue::from_bytes(line.as_bytes()).unwrap();
            lines.iter().map(|line| (header::COOKIE, value(line))).collect::<HeaderMap>()
        };
        for (lines, value) in [
            (&["__Host-portico=a"][..], Some("a")),
            (&["x=1; __Host-portico=a;y=2"], Some("a")),
            (&["x=1;__Host-portico=a"], Some("a")),
            (&["x=1", "__Host-portico=a"], Some("a")),
            (&["__Host-portico=a; __Host-portico=b"], None),
            (&["__Host-portico-device=a"], None),
            (&["garbage"], None),
            (&["city=Zürich; __Host-portico=a"], Some("a")),
        ] {
            assert_eq!(read(&headers(lines), SESSION_COOKIE), value, "{lines:?}");
        }
    }
}
