//! What must hold of the deployment whatever else changes: nothing stored is lost by a slip,
//! nothing secret leaks, each function is as big as its work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::reading::{Template, attribute_of, path, text, words};

#[test]
fn no_slip_deletes_a_table() {
    for (table, (_, resource)) in Template::read().tables() {
        assert_eq!(resource["DeletionPolicy"], "Retain", "{table}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{table}");
        assert_eq!(resource["Properties"]["DeletionProtectionEnabled"], true, "{table}");
    }
}

#[test]
fn the_functions_are_the_crates_that_have_a_main() {
    let crates: BTreeSet<_> = fs::read_dir(path("functions"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("src/main.rs").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(Template::read().functions().into_keys().collect::<BTreeSet<_>>(), crates);
}

#[test]
fn each_function_is_built_from_its_crate_as_big_as_its_work_and_its_log_ends() {
    let template = Template::read();
    let globals = &template.0["Globals"]["Function"];
    assert_eq!((&globals["Runtime"], &globals["Handler"]), (&"provided.al2023".into(), &"bootstrap".into()));
    for (function, (logical, properties)) in template.functions() {
        let build = &template.resource(logical)["Metadata"];
        assert_eq!(build["BuildMethod"], "rust-cargolambda", "{function}");
        assert_eq!(build["BuildProperties"]["Binary"], *function, "{function}");
        // 1,769 MB is one whole core; only a password hash needs one.
        let hashes = ["profile", "reset", "session", "sign-up"].contains(&function.as_str());
        assert_eq!(properties["MemorySize"], if hashes { 1769 } else { 256 }, "{function}");
        let log = template.resource(properties["LoggingConfig"]["LogGroup"]["Ref"].as_str().unwrap());
        assert!(!log["Properties"]["RetentionInDays"].is_null(), "{function} keeps its log for ever");
    }
}

#[test]
fn the_origin_secret_is_told_to_the_functions_and_the_distribution_alone() {
    let template = Template::read();
    assert_eq!(template.0["Parameters"]["OriginSecret"]["NoEcho"], true);
    assert!(template.0["Parameters"]["OriginSecret"]["Default"].is_null(), "a secret has no default");
    assert!(!template.0["Outputs"].to_string().contains("OriginSecret"));
    let knowing: BTreeSet<_> = template
        .resources()
        .iter()
        .filter(|(_, resource)| resource.to_string().contains("OriginSecret"))
        .map(|(name, _)| name.as_str())
        .collect();
    let answer = ["licenses", "partner", "profile", "reset", "session", "sign-up", "staff", "team"];
    let functions = template.functions();
    let answer = answer.map(|name| functions[name].0);
    assert_eq!(knowing, answer.into_iter().chain(["Distribution"]).collect());
    let waits: BTreeSet<_> = words(&template.resource("Distribution")["DependsOn"]).into_iter().collect();
    for function in knowing.iter().filter(|name| **name != "Distribution") {
        assert!(waits.contains(function), "{function} must know a new secret before the distribution sends it");
    }
}

#[test]
fn buckets_are_private_encrypted_and_speak_tls_only() {
    let template = Template::read();
    for (name, bucket) in template.of_type("AWS::S3::Bucket") {
        for wall in ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"] {
            assert_eq!(bucket["PublicAccessBlockConfiguration"][wall], true, "{name}: {wall}");
        }
        assert!(
            !bucket["BucketEncryption"].is_null() && bucket["VersioningConfiguration"]["Status"] == "Enabled",
            "{name}"
        );
        let statements = template.statements();
        let about_it =
            statements.iter().filter(|(holder, _)| template.resource(holder)["Properties"]["Bucket"]["Ref"] == name);
        let (denied, allowed): (Vec<_>, Vec<_>) = about_it.partition(|(_, statement)| statement["Effect"] == "Deny");
        assert!(
            denied.iter().any(|(_, statement)| statement["Condition"]["Bool"]["aws:SecureTransport"] == "false"),
            "{name}"
        );
        for (_, statement) in allowed {
            let only = statement["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"].as_str().unwrap();
            assert!(only.ends_with(":distribution/${Distribution}"), "{name}: {statement}");
        }
    }
}

#[test]
fn what_dispatch_cannot_take_waits_in_a_queue_and_rings() {
    let template = Template::read();
    let mapping = &template.resource("JournalToDispatch")["Properties"];
    assert_eq!(template.crate_of(mapping["FunctionName"]["Ref"].as_str().unwrap()), "dispatch");
    assert_eq!(mapping["BisectBatchOnFunctionError"], true);
    let (queue, _) = attribute_of(&mapping["DestinationConfig"]["OnFailure"]["Destination"]).unwrap();
    let pattern = mapping["FilterCriteria"]["Filters"][0]["Pattern"].as_str().unwrap();
    let pattern: serde_json::Value = serde_json::from_str(pattern).unwrap();
    assert_eq!(words(&pattern["eventName"]), ["INSERT"]);

    let alarms: BTreeMap<_, _> = template.of_type("AWS::CloudWatch::Alarm").into_iter().collect();
    let rings = |metric: &str, of: &str| {
        alarms.values().any(|alarm| alarm["MetricName"] == metric && alarm["Dimensions"].to_string().contains(of))
    };
    assert!(rings("ApproximateNumberOfMessagesVisible", queue));
    assert!(rings("IteratorAge", "DispatchFunction"));
    assert!(rings("DeadLetters", ""));
    let counted = &template.resource("DeadLetters")["Properties"];
    assert_eq!(counted["LogGroupName"]["Ref"], "DispatchLog");
    assert_eq!(counted["FilterPattern"], r#"{ $.code = "dead" }"#);
    assert!(text("functions/dispatch/src/deliver.rs").contains(r#"code = "dead""#), "the line that is counted");
    assert!(rings("Errors", "HousekeepingFunction"));
    assert!(rings("5xx", "Api"));
    assert!(rings("Reputation.BounceRate", "") && rings("Reputation.ComplaintRate", ""));
    for (name, alarm) in alarms {
        assert_eq!(alarm["AlarmActions"][0]["Ref"], "Notices", "{name} rings nowhere");
    }
}
