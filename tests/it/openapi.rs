//! The description of the API: made from the routes, committed, and the same.

use tests::source::{read, root};
use tests::update_wanted;

const FILE: &str = "site/openapi.json";

/// Every operation of the document as `METHOD /path`.
pub(crate) fn operations() -> Vec<String> {
    operations_that(|_| true)
}

/// Those that take a body.
pub(crate) fn operations_with_a_body() -> Vec<String> {
    operations_that(|operation| operation["requestBody"].is_object())
}

/// Those that a partner's person does for a customer.
pub(crate) fn operations_for_customers() -> Vec<String> {
    let named = serde_json::json!({ "$ref": "#/components/parameters/Customer" });
    operations_that(|operation| {
        operation["parameters"].as_array().is_some_and(|parameters| parameters.contains(&named))
    })
}

fn operations_that(holds: impl Fn(&serde_json::Value) -> bool) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&local::routes::document().unwrap()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let methods = methods.as_object().unwrap().iter().filter(|(_, operation)| holds(operation));
        found.extend(methods.map(|(method, _)| format!("{} {path}", method.to_uppercase())));
    }
    found
}

/// R801
#[test]
fn the_committed_document_is_that_of_the_routes() {
    let made = local::routes::document().unwrap();
    if update_wanted() {
        std::fs::write(root().join(FILE), &made).unwrap();
    }
    assert!(
        read(FILE) == made,
        "{FILE} lags behind the code: run the test with PORTICO_UPDATE=1 and read the difference"
    );
}

#[test]
fn every_operation_says_how_it_can_fail() {
    let document: serde_json::Value = serde_json::from_str(&local::routes::document().unwrap()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(
                operation["summary"].as_str().is_some_and(|words| !words.is_empty()),
                "{method} {path} says nothing"
            );
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path} never succeeds");
            for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
                let content =
                    response["content"].as_object().unwrap_or_else(|| panic!("{method} {path} {status} has no body"));
                assert!(
                    content.values().all(|body| body["schema"]["$ref"] == "#/components/schemas/Problem"),
                    "{method} {path} {status}"
                );
            }
        }
    }
}
