//! What the functions are told, and what `web::Config` asks for.

use std::cell::RefCell;
use std::collections::BTreeSet;

use web::Config;

use super::reading::{Template, text};

/// What Lambda sets by itself.
const LAMBDA: [&str; 4] = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

#[test]
fn each_function_is_told_what_it_asks_for_and_nothing_else() {
    let template = Template::read();
    let variables = |of: &serde_json::Value| {
        let variables = of["Environment"]["Variables"].as_object().into_iter().flat_map(|all| all.keys().cloned());
        variables.collect::<BTreeSet<_>>()
    };
    let everywhere = variables(&template.0["Globals"]["Function"]);
    for (function, (_, properties)) in template.functions() {
        let told: BTreeSet<_> = everywhere.union(&variables(properties)).cloned().collect();
        let asked = RefCell::new(BTreeSet::new());
        let config = Config::read(|name| {
            asked.borrow_mut().insert(name.to_owned());
            (told.contains(name) || LAMBDA.contains(&name)).then(|| "a@b.test".to_owned())
        });
        let config = config.unwrap_or_else(|missing| panic!("{function}: {missing}"));
        let unheard: Vec<_> = told.difference(&asked.borrow()).cloned().collect();
        assert!(unheard.is_empty(), "{function} is told {unheard:?} for nothing");

        let sends = function == "dispatch";
        assert_eq!(config.mail.is_some(), sends, "{function}");
        assert_eq!(config.mail.is_some_and(|mail| mail.configuration_set.is_some()), sends, "{function}");
        // Whoever signs addresses of files must know where they are.
        let files = config.files.is_some_and(|files| files.access.endpoint.is_none());
        assert_eq!(files, ["licenses", "staff"].contains(&function.as_str()), "{function}");
        // Whoever answers requests must be able to tell that they came through the distribution.
        let answers = !["dispatch", "housekeeping"].contains(&function.as_str());
        assert_eq!(!config.origin_secrets.is_empty(), answers, "{function}");
    }
}

#[test]
fn the_deployment_writes_the_vendor_as_the_store_reads_it() {
    let deploy = text("infra/aws/deploy");
    assert!(deploy.contains(r#"{pk: {S: "PORTAL"}, sk: {S: "VENDOR"}, v: {N: "1"}} + map_values("#));
    assert!(
        deploy.contains(r#"if type == "boolean" then {BOOL: .} elif type == "number" then {N: tostring} else {S: .}"#)
    );
    let keys = text("shared/store/src/keys.rs");
    assert!(keys.contains(r#"PORTAL: &str = "PORTAL""#) && keys.contains(r#"Key::new(PORTAL, "VENDOR")"#));
    assert!(text("shared/store/src/rows.rs").contains("const VERSION: u32 = 1;"));
    // That is right while every field is a text, a number or a yes.
    let vendor = serde_json::to_value(local::vendor::northlight().unwrap()).unwrap();
    let plain = |value: &serde_json::Value| value.is_string() || value.is_number() || value.is_boolean();
    assert!(vendor.as_object().unwrap().values().all(plain), "{vendor}");
}
