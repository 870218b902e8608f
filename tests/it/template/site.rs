//! What CloudFront does with the site, and the runner with the same: the path rule, the pages, the
//! headers.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use local::site::{ASSET_HEADERS, SECURITY_HEADERS, Site, Source, routes, source_folder};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::reading::{Template, text};

#[test]
fn the_template_holds_the_viewer_function_word_for_word() {
    let code = text("infra/aws/viewer.js");
    let template = Template::read();
    let inlined = template.resource("Viewer")["Properties"]["FunctionCode"].as_str().unwrap();
    let indented: String = code.lines().map(|line| format!("        {line}").trim_end().to_owned() + "\n").collect();
    assert!(inlined == code, "put this below `FunctionCode: |` of Viewer in template.yaml:\n{indented}");
}

#[test]
fn only_the_api_goes_to_the_api_and_nothing_of_it_is_kept_or_replaced() {
    let template = Template::read();
    let distribution = &template.resource("Distribution")["Properties"]["DistributionConfig"];
    let rest = &distribution["DefaultCacheBehavior"];
    let [api, assets] = distribution["CacheBehaviors"].as_array().unwrap().as_slice() else {
        panic!("two behaviors beside the default")
    };
    assert_eq!((&api["PathPattern"], &api["TargetOriginId"]), (&"/api/*".into(), &"api".into()));
    assert_eq!(api["CachePolicyId"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled");
    assert_eq!(api["OriginRequestPolicyId"], "b689b0a8-53d0-40ab-baf2-68738e2966ac", "AllViewerExceptHostHeader");
    assert_eq!(assets["PathPattern"], "/assets/*");
    for site in [rest, assets] {
        assert_eq!(site["TargetOriginId"], "site");
        assert_eq!(site["ViewerProtocolPolicy"], "redirect-to-https");
        assert_eq!(site["AllowedMethods"], json!(["GET", "HEAD"]));
    }
    assert_eq!(api["ViewerProtocolPolicy"], "https-only");
    // Error pages are the whole distribution's: they would take the place of the API's answers.
    assert!(distribution["CustomErrorResponses"].is_null());
    for (behavior, events) in [(rest, 2), (api, 1)] {
        let functions = behavior["FunctionAssociations"].as_array().unwrap();
        assert_eq!(functions.len(), events);
        assert!(functions.iter().all(|one| one["FunctionARN"]["Fn::GetAtt"] == "Viewer.FunctionARN"));
    }
}

#[test]
fn pages_and_assets_carry_the_runners_headers() {
    let template = Template::read();
    let of_runner = |headers: &[(&'static str, &'static str)]| headers.iter().copied().collect::<BTreeMap<_, _>>();
    let carried = |policy: &str| headers(&template.resource(policy)["Properties"]["ResponseHeadersPolicyConfig"]);
    let same = |found: BTreeMap<String, String>, wanted: BTreeMap<&str, &str>| {
        assert_eq!(
            found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<BTreeMap<_, _>>(),
            wanted
        );
    };
    same(carried("PageHeaders"), of_runner(&SECURITY_HEADERS));
    same(carried("AssetHeaders"), of_runner(&ASSET_HEADERS));
    let distribution = &template.resource("Distribution")["Properties"]["DistributionConfig"];
    assert_eq!(distribution["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]["Ref"], "PageHeaders");
    assert_eq!(distribution["CacheBehaviors"][1]["ResponseHeadersPolicyId"]["Ref"], "AssetHeaders");
}

#[test]
fn the_viewer_function_knows_every_page_and_no_other() {
    let site = site();
    let pages: BTreeSet<_> = site.files().map(|(path, _)| path).filter(|path| !path.starts_with("assets/")).collect();
    let code = text("infra/aws/viewer.js");
    let list = |name: &str| {
        let (_, rest) = code.split_once(&format!("var {name} = [")).unwrap();
        let (inside, _) = rest.split_once(']').unwrap();
        inside.split(',').map(|word| word.trim().trim_matches('\'').to_owned()).collect::<Vec<_>>()
    };
    let known: BTreeSet<_> = list("ROOTS")
        .iter()
        .flat_map(|root| {
            list("PAGES").into_iter().map(move |page| format!("{root}/{page}.html").trim_start_matches('/').to_owned())
        })
        .collect();
    assert_eq!(known.iter().map(String::as_str).collect::<BTreeSet<_>>(), pages);
}

/// `viewer.test.js` holds CloudFront's function to the same list.
#[tokio::test]
async fn the_runner_answers_an_address_as_cloudfront_does() {
    let site = site();
    let router = routes(site.clone());
    let addresses: Vec<Value> = serde_json::from_str(&text("infra/aws/addresses.json")).unwrap();
    for row in addresses {
        let address = row["address"].as_str().unwrap();
        let answer = router.clone().oneshot(Request::get(address).body(Body::empty()).unwrap()).await.unwrap();
        let (head, body) = answer.into_parts();
        let (status, file) = match (row["file"].as_str(), row["missing"].as_str()) {
            (Some(file), _) => (200, Some(file)),
            (_, Some(file)) => (404, Some(file)),
            _ => (308, None),
        };
        assert_eq!(head.status, status, "{address}");
        assert_eq!(head.headers.get("location").map(|to| to.to_str().unwrap()), row["moved"].as_str(), "{address}");
        if let Some(file) = file {
            assert!(
                to_bytes(body, usize::MAX).await.unwrap() == site.file(file).unwrap().plain(),
                "{address} is not {file}"
            );
        }
    }
}

/// The headers a policy sets, as a browser gets them.
fn headers(policy: &Value) -> BTreeMap<String, String> {
    let security = policy["SecurityHeadersConfig"].as_object().unwrap();
    let built_in = security.iter().map(|(kind, setting)| match kind.as_str() {
        "ContentSecurityPolicy" => {
            // Beside what the runner allows: the storage, which here is the portal's own origin.
            let bucket = " https://${FilesBucket}.s3.${AWS::Region}.amazonaws.com";
            let (before, behind) =
                setting["ContentSecurityPolicy"]["Fn::Sub"].as_str().unwrap().split_once(bucket).unwrap();
            assert!(before.ends_with("connect-src 'self'") && behind.starts_with(';'));
            ("content-security-policy", format!("{before}{behind}"))
        }
        "ContentTypeOptions" => ("x-content-type-options", "nosniff".to_owned()),
        "ReferrerPolicy" => ("referrer-policy", setting["ReferrerPolicy"].as_str().unwrap().to_owned()),
        "StrictTransportSecurity" => {
            assert_eq!(setting["IncludeSubdomains"], true);
            ("strict-transport-security", format!("max-age={}; includeSubDomains", setting["AccessControlMaxAgeSec"]))
        }
        other => panic!("{other} is new here: say which header it is"),
    });
    let own = policy["CustomHeadersConfig"]["Items"].as_array().into_iter().flatten();
    let own = own.map(|item| (item["Header"].as_str().unwrap(), item["Value"].as_str().unwrap().to_owned()));
    built_in.chain(own).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The project's site, as the sample vendor has it.
fn site() -> Site {
    let vendor = local::vendor::northlight().unwrap();
    Site::render(&Source::read(&source_folder()).unwrap(), &vendor).unwrap()
}
