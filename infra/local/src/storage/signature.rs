//! Checking an address: AWS Signature Version 4 in the query, computed once more from the documentation and not by the
//! signer, so that a mistake of either shows.

use std::collections::BTreeMap;

use axum::extract::Request;
use axum::http::HeaderMap;
use domain::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use ring::{digest, hmac};

use super::refusal::Refusal;
use super::{REGION, Signer};

/// The longest an address can be good: a week.
const LONGEST: i64 = 7 * 24 * 3_600;
/// How far ahead a clock may be.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a verified address says: the parameters of its query.
pub(super) struct Signed(BTreeMap<String, String>);

impl Signed {
    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Takes a request whose address somebody with the secret has signed, for that method, with those headers, until now.
pub(super) fn verify(request: &Request, signer: &Signer, now: Timestamp) -> Result<Signed, Refusal> {
    let query = parse(request.uri().query().unwrap_or_default())?;
    let get = |name: &str| query.get(name).map(String::as_str);
    if get("X-Amz-Signature").is_none() {
        return Err(Refusal::AccessDenied("Access Denied"));
    }
    let needed =
        |name| get(name).ok_or(Refusal::BadParameters("Query-string authentication needs all its parameters."));
    if needed("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
        return Err(Refusal::BadParameters("X-Amz-Algorithm only supports AWS4-HMAC-SHA256."));
    }
    let (date, expires) = (needed("X-Amz-Date")?, needed("X-Amz-Expires")?);
    let day = scope(needed("X-Amz-Credential")?, date, signer)?;
    in_time(date, expires, now)?;
    let names: Vec<&str> = needed("X-Amz-SignedHeaders")?.split(';').collect();
    let canonical = canonical(request, &query, &names)?;
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{date}\n{day}/{REGION}/s3/aws4_request\n{}",
        hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref())
    );
    let key = [day, REGION, "s3", "aws4_request"]
        .into_iter()
        .fold(format!("AWS4{}", signer.secret).into_bytes(), |key, part| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), part.as_bytes()).as_ref().to_vec()
        });
    let given = unhex(needed("X-Amz-Signature")?).ok_or(Refusal::SignatureDoesNotMatch)?;
    // In constant time.
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &key), to_sign.as_bytes(), &given)
        .map_err(|_| Refusal::SignatureDoesNotMatch)?;
    Ok(Signed(query))
}

/// The day of a credential that is ours.
fn scope<'a>(credential: &'a str, date: &str, signer: &Signer) -> Result<&'a str, Refusal> {
    let parts: Vec<_> = credential.split('/').collect();
    let [key, day, region, "s3", "aws4_request"] = parts[..] else {
        return Err(Refusal::BadParameters("The credential is malformed."));
    };
    if key != signer.access_key_id {
        return Err(Refusal::UnknownAccessKey);
    }
    if region != REGION {
        return Err(Refusal::BadParameters("The region of the credential is wrong."));
    }
    if day.is_empty() || !date.starts_with(day) {
        return Err(Refusal::BadParameters("The day of the credential is not that of X-Amz-Date."));
    }
    Ok(day)
}

fn in_time(date: &str, expires: &str, now: Timestamp) -> Result<(), Refusal> {
    let signed_at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", date)
        .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC))
        .map_err(|_| Refusal::BadParameters("X-Amz-Date is malformed."))?
        .timestamp();
    let good: i64 = expires.parse().map_err(|_| Refusal::BadParameters("X-Amz-Expires is no number."))?;
    if !(1..=LONGEST).contains(&good) {
        return Err(Refusal::BadParameters("X-Amz-Expires must be positive and at most a week."));
    }
    if now > signed_at + SignedDuration::from_secs(good) {
        return Err(Refusal::AccessDenied("Request has expired"));
    }
    if signed_at > now + AHEAD {
        return Err(Refusal::AccessDenied("Request is not yet valid"));
    }
    Ok(())
}

/// The request in its one form. It may say no more than was signed.
fn canonical(request: &Request, query: &BTreeMap<String, String>, signed: &[&str]) -> Result<String, Refusal> {
    let headers = request.headers();
    let said = headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-amz-"));
    if !signed.contains(&"host") || said.into_iter().any(|name| !signed.contains(&name)) {
        return Err(Refusal::AccessDenied("There were headers present in the request which were not signed"));
    }
    let encode = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
    let mut pairs: Vec<_> =
        query.iter().filter(|(name, _)| *name != "X-Amz-Signature").map(|(n, v)| (encode(n), encode(v))).collect();
    pairs.sort();
    let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut canonical = format!("{}\n{}\n{}\n", request.method(), request.uri().path(), pairs.join("&"));
    for name in signed {
        let value = value(headers, name).ok_or(Refusal::SignatureDoesNotMatch)?;
        canonical.push_str(&format!("{name}:{value}\n"));
    }
    canonical.push_str(&format!("\n{}\nUNSIGNED-PAYLOAD", signed.join(";")));
    Ok(canonical)
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn parse(query: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).ok();
    let mut parsed = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = decode(name).zip(decode(value)).ok_or(Refusal::BadParameters("The query is malformed."))?;
        if parsed.insert(name, value).is_some() {
            return Err(Refusal::BadParameters("A parameter stands there twice."));
        }
    }
    Ok(parsed)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    domain::release::Sha256::parse(text).ok().map(|bytes| bytes.0.to_vec())
}
