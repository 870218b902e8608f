//! Who may do what on AWS: each function's role, action by action.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reading::{Template, attribute_of, each, text, words};

/// What a function's role lets it do in the database: (`accounts`, `dynamodb:PutItem`), or
/// (`accounts/index/by_end`, `dynamodb:Query`). The recorder's calls of that function must be
/// exactly these: one missing breaks the function on AWS, one more is a right nobody needs.
///
/// Left out is reading the journal's stream, which Lambda does in the function's name.
pub(crate) fn role_allows(function: &str) -> BTreeSet<(String, String)> {
    let template = Template::read();
    let mut allowed = BTreeSet::new();
    for statement in of_function(&template, function) {
        for resource in each(&statement["Resource"]) {
            if let Some(table) = table(&template, resource) {
                allowed
                    .extend(words(&statement["Action"]).into_iter().map(|action| (table.clone(), action.to_owned())));
            }
        }
    }
    allowed
}

/// The same with the partitions: every (table, action, pattern of a partition), where `*` is every partition.
pub(crate) fn role_reaches(function: &str) -> BTreeSet<(String, String, String)> {
    let template = Template::read();
    let mut reached = BTreeSet::new();
    for statement in of_function(&template, function) {
        for table in each(&statement["Resource"]).into_iter().filter_map(|resource| table(&template, resource)) {
            for action in words(&statement["Action"]) {
                let patterns = leading_keys(statement).into_iter();
                reached.extend(patterns.map(|pattern| (table.clone(), action.to_owned(), pattern.to_owned())));
            }
        }
    }
    reached
}

/// The statements of the role that a function runs in.
fn of_function<'t>(template: &'t Template, function: &str) -> Vec<&'t Value> {
    let functions = template.functions();
    let (logical, properties) = functions.get(function).unwrap_or_else(|| panic!("the template has no {function}"));
    let (role, attribute) =
        attribute_of(&properties["Role"]).unwrap_or_else(|| panic!("{logical} has no role of its own"));
    assert_eq!(attribute, "Arn");
    template.statements().into_iter().filter(|(holder, _)| *holder == role).map(|(_, statement)| statement).collect()
}

/// The table, or index, that a policy's resource means.
fn table(template: &Template, resource: &Value) -> Option<String> {
    let short = |logical: &str| {
        let found = template.tables().into_iter().find(|(_, (name, _))| *name == logical);
        found.map(|(short, _)| short)
    };
    if let Some((logical, "Arn")) = attribute_of(resource) {
        return short(logical);
    }
    let (logical, index) = resource["Fn::Sub"].as_str()?.strip_prefix("${")?.split_once(".Arn}/index/")?;
    Some(format!("{}/index/{index}", short(logical)?))
}

#[test]
fn each_function_has_a_role_of_its_own() {
    let template = Template::read();
    let roles: BTreeSet<_> = template.functions().values().map(|(_, function)| function["Role"].to_string()).collect();
    assert_eq!(roles.len(), template.functions().len());
    assert_eq!(roles.len(), template.of_type("AWS::IAM::Role").len(), "a role without a function");
    for (name, role) in template.of_type("AWS::IAM::Role") {
        assert!(role["ManagedPolicyArns"].is_null(), "{name} takes what somebody else wrote");
    }
}

#[test]
fn no_right_is_wider_than_one_action_on_one_thing() {
    for (holder, statement) in Template::read().statements() {
        if statement["Effect"] == "Deny" {
            continue;
        }
        for action in words(&statement["Action"]) {
            assert!(!action.contains('*'), "{holder}: {action}");
        }
        for resource in each(&statement["Resource"]) {
            assert_ne!(resource, "*", "{holder}: {statement}");
        }
        assert!(statement["NotAction"].is_null() && statement["NotResource"].is_null(), "{holder}: {statement}");
        assert_ne!(statement["Principal"], "*", "{holder}: {statement}");
    }
}

/// R404, R703
#[test]
fn files_are_handed_out_by_licenses_and_taken_by_staff() {
    let template = Template::read();
    for function in template.functions().into_keys() {
        let statements = of_function(&template, &function).into_iter();
        let files = statements.filter(|one| one["Resource"]["Fn::Sub"] == "${FilesBucket.Arn}/releases/*");
        let may: BTreeSet<_> = files.flat_map(|statement| words(&statement["Action"])).collect();
        let wanted = match function.as_str() {
            "licenses" => BTreeSet::from(["s3:GetObject"]),
            "staff" => BTreeSet::from(["s3:GetObject", "s3:PutObject"]),
            _ => BTreeSet::new(),
        };
        assert_eq!(may, wanted, "{function}");
    }
    let cors = &template.resource("FilesBucket")["Properties"]["CorsConfiguration"]["CorsRules"];
    assert_eq!(cors.as_array().map(Vec::len), Some(1));
    assert_eq!(words(&cors[0]["AllowedMethods"]), ["PUT"]);
    assert_eq!(cors[0]["AllowedOrigins"][0]["Fn::Sub"], "https://${DomainName}");
}

#[test]
fn only_dispatch_sends_mail() {
    let template = Template::read();
    for function in template.functions().into_keys() {
        let sends = of_function(&template, &function)
            .into_iter()
            .any(|statement| words(&statement["Action"]).iter().any(|action| action.starts_with("ses:")));
        assert_eq!(sends, function == "dispatch", "{function}");
    }
}

#[test]
fn licenses_cannot_read_a_password_hash() {
    // Of all that is kept there, the key of license files alone.
    let reached = role_reaches("licenses").into_iter().filter(|(table, ..)| table.starts_with("credentials"));
    let reached: BTreeSet<_> = reached.map(|(_, action, partition)| (action, partition)).collect();
    let only = |action: &str| (format!("dynamodb:{action}"), "KEY#license".to_owned());
    assert_eq!(reached, BTreeSet::from([only("GetItem"), only("PutItem")]));
}

#[test]
fn nobody_scans_or_lists_or_administers_tables() {
    for function in Template::read().functions().into_keys() {
        for (table, action) in role_allows(&function) {
            let known =
                ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"];
            assert!(known.contains(&action.trim_start_matches("dynamodb:")), "{function}: {action} on {table}");
        }
    }
}

#[test]
fn of_credentials_each_function_reaches_its_own_rows_only() {
    let reached = |function| {
        let template = Template::read();
        let statements = about(&template, function, "credentials");
        let keys = statements.into_iter().flat_map(leading_keys).map(str::to_owned);
        keys.collect::<BTreeSet<_>>()
    };
    let sorted = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(reached("session"), sorted(&["KEY#link", "KEY#session", "NAME#*", "NICKNAME#*", "USER#*"]), "signs");
    assert_eq!(reached("sign-up"), sorted(&["KEY#link", "NAME#*", "NICKNAME#*", "USER#*"]));
    assert_eq!(reached("reset"), sorted(&["KEY#link", "NAME#*", "NICKNAME#*", "USER#*"]));
    assert_eq!(reached("profile"), sorted(&["KEY#link", "NAME#*", "NICKNAME#*", "USER#*"]));
    assert_eq!(reached("staff"), sorted(&["KEY#link", "NAME#*"]));
    assert_eq!(reached("dispatch"), sorted(&["KEY#link"]));
    assert_eq!(reached("licenses"), sorted(&["KEY#license"]), "signs files");
    assert_eq!(reached("housekeeping"), sorted(&[]));
    assert_eq!(reached("partner"), sorted(&["KEY#link", "NAME#*"]), "invites owners");
    assert_eq!(reached("team"), sorted(&["KEY#link", "NAME#*", "USER#*"]));
}

#[test]
fn only_session_writes_the_keys_that_everybody_trusts() {
    let template = Template::read();
    for function in template.functions().into_keys() {
        for statement in about(&template, &function, "accounts") {
            let writes = words(&statement["Action"]).iter().any(|action| WRITES.contains(action));
            if writes && function != "session" {
                assert!(leading_keys(statement).iter().all(|key| !fits("PORTAL", key)), "{function}");
            }
            if writes && function != "staff" {
                assert!(leading_keys(statement).iter().all(|key| !fits("SETTINGS", key)), "{function}");
            }
        }
    }
}

#[test]
fn keys_in_conditions_are_keys_of_the_store() {
    let files = ["keys.rs", "keys/licensing.rs", "keys/partner.rs", "keys/team.rs"];
    let keys: String = files.map(|file| text(&format!("shared/store/src/{file}"))).concat();
    let template = Template::read();
    let mapping = template.resource("JournalToDispatch")["Properties"]["FilterCriteria"].to_string();
    assert!(mapping.contains("LETTER#") && keys.contains("\"LETTER#\""), "{mapping}");
    for (holder, statement) in template.statements() {
        let conditions = statement["Condition"].as_object().into_iter().flat_map(|all| all.values());
        for key in conditions.flat_map(|one| words(&one["dynamodb:LeadingKeys"])) {
            let kind = key.split_inclusive('#').next().unwrap();
            assert!(keys.contains(&format!("\"{kind}")), "{holder}: {key} is no key of the store");
        }
    }
}

#[test]
fn only_session_makes_sessions_and_signs_them() {
    let template = Template::read();
    for function in template.functions().into_keys() {
        let may = |table, action, partition| may(&template, &function, table, action, partition);
        assert_eq!(may("sessions", "dynamodb:PutItem", "USER#1"), function == "session", "{function}");
        assert_eq!(may("credentials", "dynamodb:GetItem", "KEY#session"), function == "session", "{function}");
        assert_eq!(may("credentials", "dynamodb:GetItem", "KEY#license"), function == "licenses", "{function}");
    }
}

#[test]
fn what_was_logged_stays_and_whoever_changes_a_login_writes_letters() {
    let template = Template::read();
    for function in template.functions().into_keys() {
        let may = |table, action, partition| may(&template, &function, table, action, partition);
        let writes = ["housekeeping", "licenses", "partner", "profile", "reset", "session", "sign-up", "staff", "team"]
            .contains(&function.as_str());
        assert_eq!(may("journal", "dynamodb:PutItem", "LETTER#1"), writes, "{function}");
        assert_eq!(may("journal", "dynamodb:Query", "LOG#1"), function == "profile", "{function}: who reads a log");
        assert!(!may("journal", "dynamodb:UpdateItem", "LOG#1"), "{function} may change what was logged");
        assert!(!may("journal", "dynamodb:DeleteItem", "LOG#1"), "{function} may forget what was logged");
    }
}

const WRITES: [&str; 3] = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];

/// What a function's role says about a table itself.
fn about<'t>(template: &'t Template, function: &str, table: &str) -> Vec<&'t Value> {
    let logical = template.tables()[table].0;
    let statements = of_function(template, function).into_iter();
    statements.filter(|one| attribute_of(&one["Resource"]).is_some_and(|(name, _)| name == logical)).collect()
}

/// Whether a function may do that to the rows of a partition.
fn may(template: &Template, function: &str, table: &str, action: &str, partition: &str) -> bool {
    about(template, function, table).into_iter().any(|statement| {
        words(&statement["Action"]).contains(&action) && leading_keys(statement).iter().any(|key| fits(partition, key))
    })
}

/// The partitions a statement is confined to; one without such a condition reaches `*`.
fn leading_keys(statement: &Value) -> Vec<&str> {
    let conditions = statement["Condition"].as_object().into_iter().flat_map(|all| all.values());
    let keys: Vec<_> = conditions.flat_map(|one| words(&one["dynamodb:LeadingKeys"])).collect();
    if keys.is_empty() { vec!["*"] } else { keys }
}

/// Whether a partition is one that a pattern of a condition means.
pub(crate) fn fits(partition: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(partition == pattern, |prefix| partition.starts_with(prefix))
}
