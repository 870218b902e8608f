//! Template routes and the API's paths: each call reaches the function whose crate owns it, and
//! no route leads to nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::reading::{Template, attribute_of, text};

/// A route of the HTTP API: its key and the crate behind it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Route {
    key: String,
    function: String,
}

impl Route {
    /// How well it fits, the way API Gateway chooses: the exact method before any, the fixed path
    /// before the greedy one, the longer before the shorter. `None`: not at all.
    fn fits(&self, method: &str, path: &str) -> Option<(bool, usize, bool)> {
        let (wanted_method, wanted_path) = self.key.split_once(' ')?;
        let exact_method = wanted_method == method;
        let reached = match wanted_path.strip_suffix("{proxy+}") {
            Some(prefix) => path.starts_with(prefix) && path.len() > prefix.len(),
            None => path == wanted_path,
        };
        let fixed = !wanted_path.ends_with("{proxy+}");
        (reached && (exact_method || wanted_method == "ANY")).then_some((fixed, wanted_path.len(), exact_method))
    }
}

fn routes(template: &Template) -> BTreeSet<Route> {
    let found = template.of_type("AWS::ApiGatewayV2::Route").into_iter().map(|(name, route)| {
        let integration = route["Target"]["Fn::Sub"].as_str().unwrap();
        let integration = integration.strip_prefix("integrations/${").and_then(|rest| rest.strip_suffix('}')).unwrap();
        let integration = &template.resource(integration)["Properties"];
        assert_eq!(integration["PayloadFormatVersion"], "2.0", "{name}");
        let (function, _) = attribute_of(&integration["IntegrationUri"]).unwrap();
        Route { key: route["RouteKey"].as_str().unwrap().to_owned(), function: template.crate_of(function) }
    });
    found.collect()
}

/// Method and path of every operation in the committed API document.
fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&text("site/openapi.json")).unwrap();
    let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in methods.iter().filter(|method| operations.get(**method).is_some()) {
            found.push((method.to_uppercase(), path.clone()));
        }
    }
    found
}

#[test]
fn every_api_call_reaches_the_function_that_owns_it_and_no_route_is_left_over() {
    let template = Template::read();
    let routes = routes(&template);
    let mut used: BTreeMap<&str, usize> = routes.iter().map(|route| (route.key.as_str(), 0)).collect();
    for (method, path) in operations() {
        let area = path.strip_prefix("/api/").and_then(|rest| rest.split('/').next()).unwrap();
        let fitting: Vec<_> = routes.iter().filter_map(|route| Some((route.fits(&method, &path)?, route))).collect();
        let functions: BTreeSet<_> = fitting.iter().map(|(_, route)| route.function.as_str()).collect();
        assert_eq!(functions, BTreeSet::from([area]), "{method} {path}");
        let (_, chosen) = fitting.iter().max_by_key(|(fit, _)| *fit).unwrap();
        *used.get_mut(chosen.key.as_str()).unwrap() += 1;
    }
    let idle: Vec<_> = used.iter().filter(|(key, calls)| **calls == 0 && **key != "$default").collect();
    assert!(idle.is_empty(), "routes without a call: {idle:?}");
}

#[test]
fn a_route_of_its_own_has_a_throttle_of_its_own() {
    let template = Template::read();
    let stage = template.resource("ApiStage");
    let throttled: BTreeSet<_> = stage["Properties"]["RouteSettings"].as_object().unwrap().keys().cloned().collect();
    let named: BTreeSet<_> = routes(&template)
        .into_iter()
        .map(|route| route.key)
        .filter(|key| key != "$default" && !key.starts_with("ANY "))
        .collect();
    assert_eq!(throttled, named);
    assert!(!stage["Properties"]["DefaultRouteSettings"]["ThrottlingRateLimit"].is_null());
    // A stage that names a route which is not there yet is refused.
    let waits: BTreeSet<_> = stage["DependsOn"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for (name, route) in template.of_type("AWS::ApiGatewayV2::Route") {
        assert_eq!(waits.contains(name), named.contains(route["RouteKey"].as_str().unwrap()), "{name}");
    }
}

#[test]
fn the_gateway_may_call_exactly_the_functions_it_routes_to() {
    let template = Template::read();
    let routed: BTreeSet<_> = routes(&template).into_iter().map(|route| route.function).collect();
    let allowed: BTreeSet<_> = template
        .of_type("AWS::Lambda::Permission")
        .into_iter()
        .filter(|(_, permission)| permission["Principal"] == "apigateway.amazonaws.com")
        .map(|(_, permission)| template.crate_of(permission["FunctionName"]["Ref"].as_str().unwrap()))
        .collect();
    assert_eq!(routed, allowed);
}

#[test]
fn the_gateway_chooses_the_narrowest_route() {
    let route = |key: &str| Route { key: key.into(), function: String::new() };
    assert!(
        route("POST /api/session").fits("POST", "/api/session")
            > route("ANY /api/session").fits("POST", "/api/session")
    );
    assert!(route("ANY /a/b").fits("GET", "/a/b") > route("ANY /a/{proxy+}").fits("GET", "/a/b"));
    for (key, path) in [("ANY /a/{proxy+}", "/a"), ("ANY /a/{proxy+}", "/a/"), ("POST /a", "/a"), ("$default", "/a")] {
        assert_eq!(route(key).fits("GET", path), None, "{key}");
    }
}
