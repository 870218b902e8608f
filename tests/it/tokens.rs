//! Session tokens, signed with the portal's own key and yet not of its making: each claim has to be
//! there, in its form, and true.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::Ed25519KeyPair;
use serde_json::{Value, json};
use tests::portal::TestPortal;

/// A token of the portal, taken apart, and the key to put others together.
struct Workshop {
    portal: TestPortal,
    key: Ed25519KeyPair,
    header: Value,
    claims: Value,
}

impl Workshop {
    async fn open() -> Self {
        let portal = TestPortal::new().await;
        let good = portal.owner().await.cookie("__Host-portico").unwrap();
        let part = |n: usize| {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(good.split('.').nth(n).unwrap()).unwrap()).unwrap()
        };
        let (header, claims) = (part(0), part(1));
        let rows = portal.wire.snapshot().find("credentials", "KEY#session", "KEY");
        let stored = STANDARD.decode(key_bytes(&rows[0]["k"])).unwrap();
        let key = Ed25519KeyPair::from_pkcs8(&stored).unwrap();
        Self { portal, key, header, claims }
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    /// What the portal says to a token.
    async fn told(&self, header: &str, claims: &str) -> String {
        let caller = self.portal.stranger();
        caller.set_cookie("__Host-portico", &self.sign(header, claims));
        caller.get("/api/session").await.says()
    }
}

/// Bytes as DynamoDB's JSON has them, or a list of numbers, as base64.
fn key_bytes(attribute: &Value) -> String {
    match attribute {
        Value::Object(fields) if fields.contains_key("B") => fields["B"].as_str().unwrap().to_owned(),
        Value::Object(fields) if fields.contains_key("L") => {
            let numbers = fields["L"].as_array().unwrap().iter();
            STANDARD.encode(numbers.map(|number| number["N"].as_str().unwrap().parse().unwrap()).collect::<Vec<u8>>())
        }
        other => panic!("a key in no form we know: {other}"),
    }
}

/// Incident 38: a malformed `exp` was read as none.
#[tokio::test]
async fn a_session_token_needs_every_claim_in_its_form() {
    let shop = Workshop::open().await;
    let header = shop.header.to_string();
    assert_eq!(shop.told(&header, &shop.claims.to_string()).await, "200", "the workshop makes good tokens");
    for claim in shop.claims.as_object().unwrap().keys() {
        let mut without = shop.claims.clone();
        without.as_object_mut().unwrap().remove(claim);
        if claim != "acc" {
            assert_eq!(shop.told(&header, &without.to_string()).await, "401 sign_in_needed", "without {claim}");
        }
        for wrong in [
            json!(null),
            json!("x"),
            json!([]),
            json!({}),
            json!(1),
            json!(-1),
            json!("9999999999"),
            json!(1e300),
            json!([shop.claims[claim]]),
        ] {
            let mut changed = shop.claims.clone();
            changed[claim] = wrong.clone();
            let told = shop.told(&header, &changed.to_string()).await;
            // A token of ours may name what is not there.
            let of_ours = ["acc", "sid"].contains(&claim.as_str()) && (wrong.is_null() || wrong.is_string());
            assert!(told == "401 sign_in_needed" || of_ours && told.starts_with("401"), "{claim} = {wrong}: {told}");
        }
    }
    for wrong in ["1e400", "NaN", "-0", "99999999999999999999"] {
        let claims =
            shop.claims.to_string().replace(&format!("\"exp\":{}", shop.claims["exp"]), &format!("\"exp\":{wrong}"));
        assert_eq!(shop.told(&header, &claims).await, "401 sign_in_needed", "exp = {wrong}");
    }
    let mut more = shop.claims.clone();
    more["role"] = json!("owner");
    assert_eq!(shop.told(&header, &more.to_string()).await, "401 sign_in_needed", "one claim more");
}

#[tokio::test]
async fn a_session_token_says_what_it_is_and_who_signed_it() {
    let shop = Workshop::open().await;
    let claims = shop.claims.to_string();
    let headers = [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("typ", json!("JWT")),
        ("typ", json!("portico-device+jwt")),
        ("typ", json!(null)),
        ("kid", json!("another")),
        ("kid", json!(null)),
        ("kid", json!("../../etc/passwd")),
    ];
    for (name, value) in headers {
        let mut header = shop.header.clone();
        header[name] = value.clone();
        assert_eq!(shop.told(&header.to_string(), &claims).await, "401 sign_in_needed", "{name} = {value}");
    }
    let ours = shop.header.to_string();
    for (name, value) in
        [("iss", "https://evil.test"), ("aud", "https://evil.test"), ("sub", "usr_00000000000000000000000000")]
    {
        let mut changed = shop.claims.clone();
        changed[name] = json!(value);
        let told = shop.told(&ours, &changed.to_string()).await;
        assert!(told.starts_with("401"), "{name} = {value}: {told}");
    }
}
