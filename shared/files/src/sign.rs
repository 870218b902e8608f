//! Signing an address (AWS Signature Version 4 in the query), by the SDK's own signer, as S3 wants it: the path encoded
//! once and taken as it is, and the bytes not part of the signature.

use aws::Access;
use aws_sigv4::{
    http_request::{
        PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
        UriPathNormalizationMode, sign,
    },
    sign::v4::SigningParams,
};
use domain::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{FilesAccess, FilesError, Place};

/// RFC 3986's unreserved characters; AWS wants everything else encoded in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an address will be used for, and for nothing else.
pub(crate) struct Request<'a> {
    pub method: &'a str,
    pub place: &'a Place,
    /// What the answer is asked to say.
    pub query: &'a [(&'a str, &'a str)],
    /// What the request must say.
    pub headers: &'a [(&'a str, &'a str)],
}

/// The whole address, good from now on for so long.
pub(crate) fn address(
    access: &FilesAccess,
    request: &Request<'_>,
    good: SignedDuration,
    now: Timestamp,
) -> Result<String, FilesError> {
    signed(&access.access, place(access, request.place), request, good, now)
}

fn signed(
    access: &Access,
    mut address: String,
    request: &Request<'_>,
    good: SignedDuration,
    now: Timestamp,
) -> Result<String, FilesError> {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(good.unsigned_abs());
    let identity = access.credentials().into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(&access.region)
        .name("s3")
        .time(now.into())
        .settings(settings)
        .build()
        .map_err(unsigned)?
        .into();

    append(&mut address, '?', request.query.iter().copied());
    let headers = request.headers.iter().copied();
    let signable = SignableRequest::new(request.method, address.as_str(), headers, SignableBody::UnsignedPayload);
    let (instructions, _) = sign(signable.map_err(unsigned)?, &params).map_err(unsigned)?.into_parts();
    let first = if request.query.is_empty() { '?' } else { '&' };
    append(&mut address, first, instructions.params().iter().map(|(name, value)| (*name, &**value)));
    Ok(address)
}

/// In a host of its own on AWS, in a folder of the stand-in elsewhere.
fn place(FilesAccess { bucket, access }: &FilesAccess, place: &Place) -> String {
    match &access.endpoint {
        None => format!("https://{bucket}.s3.{}.amazonaws.com/{place}", access.region),
        Some(endpoint) => format!("{endpoint}/{bucket}/{place}"),
    }
}

fn append<'a>(address: &mut String, first: char, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut between = first;
    for (name, value) in pairs {
        address.push(between);
        address.extend(utf8_percent_encode(name, QUERY));
        address.push('=');
        address.extend(utf8_percent_encode(value, QUERY));
        between = '&';
    }
}

fn unsigned(cause: impl std::error::Error + Send + Sync + 'static) -> FilesError {
    FilesError::Unsigned(Box::new(cause))
}

#[cfg(test)]
mod tests {
    use domain::{number::ProductCode, release::Sha256};

    use super::*;

    fn access() -> FilesAccess {
        FilesAccess {
            bucket: "acme-files".to_owned(),
            access: aws::Access {
                region: "eu-central-1".to_owned(),
                access_key_id: "AKIDEXAMPLE".to_owned(),
                secret_access_key: aws::Secret::new("secret"),
                session_token: Some(aws::Secret::new("token/+=")),
                endpoint: None,
                extra_ca_pem: None,
            },
        }
    }

    /// R404
    #[test]
    fn an_address_on_aws_names_bucket_region_and_what_must_be_sent() -> Result<(), Box<dyn std::error::Error>> {
        let place = Place::of_release(&ProductCode::parse("NLD")?, &Sha256([0xab; 32]));
        let headers = [("content-length", "12"), ("x-amz-checksum-sha256", "q6s=")];
        let request = Request { method: "PUT", place: &place, query: &[], headers: &headers };
        let now = "2026-11-22T12:00:00Z".parse()?;
        let address = address(&access(), &request, crate::UPLOAD, now)?;
        let (path, query) = address.split_once('?').ok_or("no query")?;
        assert_eq!(path, format!("https://acme-files.s3.eu-central-1.amazonaws.com/releases/NLD/{}", "ab".repeat(32)));
        for pair in [
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Credential=AKIDEXAMPLE%2F20261122%2Feu-central-1%2Fs3%2Faws4_request",
            "X-Amz-Date=20261122T120000Z",
            "X-Amz-Expires=900",
            "X-Amz-SignedHeaders=content-length%3Bhost%3Bx-amz-checksum-sha256",
            "X-Amz-Security-Token=token%2F%2B%3D",
        ] {
            assert!(query.split('&').any(|found| found == pair), "{pair} is not in {query}");
        }
        assert!(!address.contains("secret"), "{address}");
        Ok(())
    }

    /// The example of AWS's own documentation ("Authenticating Requests: Using Query Parameters"), which signs a GET of
    /// `test.txt` for a day.
    #[test]
    fn the_signature_is_the_one_of_the_documentation() -> Result<(), Box<dyn std::error::Error>> {
        let access = aws::Access {
            region: "us-east-1".to_owned(),
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: aws::Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            session_token: None,
            ..access().access
        };
        let place = Place::of_release(&ProductCode::parse("NLD")?, &Sha256([0; 32]));
        let request = Request { method: "GET", place: &place, query: &[], headers: &[] };
        let address = "https://examplebucket.s3.amazonaws.com/test.txt".to_owned();
        let day = SignedDuration::from_hours(24);
        let signed = signed(&access, address, &request, day, "2013-05-24T00:00:00Z".parse()?)?;
        let signature = "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert!(signed.ends_with(signature), "{signed}");
        Ok(())
    }
}
