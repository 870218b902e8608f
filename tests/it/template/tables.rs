//! The template's tables and `store::schema`, which one machine creates its tables from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use store::schema::{Scalar, TABLES, Table};

use super::reading::Template;

#[test]
fn the_template_has_exactly_the_tables_of_the_schema() {
    let template = Template::read();
    let tables = template.tables();
    let in_template: BTreeSet<_> = tables.keys().map(String::as_str).collect();
    assert_eq!(in_template, TABLES.iter().map(|table| table.name.as_str()).collect());
    for table in &TABLES {
        let (_, resource) = tables[table.name.as_str()];
        same(table, &resource["Properties"]);
    }
}

#[test]
fn functions_look_for_the_tables_where_the_template_puts_them() {
    let prefix = &Template::read().0["Globals"]["Function"]["Environment"]["Variables"]["PORTICO_TABLES"];
    assert_eq!(prefix["Fn::Sub"], "${AWS::StackName}-");
}

/// Keys, indexes, expiry, stream and recovery of one table.
fn same(wanted: &Table, table: &Value) {
    let name = wanted.name.as_str();
    assert_eq!(table["KeySchema"], keys("pk", "sk"), "{name}");

    let mut attributes = BTreeMap::from([("pk", "S"), ("sk", "S")]);
    let (mut local, mut global) = (Vec::new(), Vec::new());
    for index in wanted.indexes {
        let (range, scalar) = index.range;
        attributes.insert(range, letter(scalar));
        attributes.extend(index.hash.map(|hash| (hash, "S")));
        let described = json!({
            "IndexName": index.name,
            "KeySchema": keys(index.hash.unwrap_or("pk"), range),
            "Projection": { "ProjectionType": "ALL" },
        });
        if index.hash.is_some() { &mut global } else { &mut local }.push(described);
    }
    let found: BTreeMap<_, _> = table["AttributeDefinitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["AttributeName"].as_str().unwrap(), one["AttributeType"].as_str().unwrap()))
        .collect();
    assert_eq!(found, attributes, "{name}");
    assert_eq!(list(&table["LocalSecondaryIndexes"]), local, "{name}");
    assert_eq!(list(&table["GlobalSecondaryIndexes"]), global, "{name}");

    let ttl = &table["TimeToLiveSpecification"];
    assert_eq!(ttl["AttributeName"].as_str(), wanted.ttl, "{name}");
    assert!(ttl.is_null() || ttl["Enabled"] == true, "{name}");
    let stream = table["StreamSpecification"]["StreamViewType"].as_str();
    assert_eq!(stream, wanted.stream.then_some("NEW_IMAGE"), "{name}");
    let recovers = table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] == true;
    assert_eq!(recovers, wanted.recoverable, "{name}");
}

fn keys(hash: &str, range: &str) -> Value {
    json!([{ "AttributeName": hash, "KeyType": "HASH" }, { "AttributeName": range, "KeyType": "RANGE" }])
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

const fn letter(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "S",
        Scalar::Number => "N",
    }
}
