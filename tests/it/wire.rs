//! The instruments before they are trusted: the emulator's capacity figures against figures
//! worked out by hand from DynamoDB's price rules, the depth of known patterns, and each fault.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, ConditionCheck, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    KeysAndAttributes, Projection, ProjectionType, Put, ScalarAttributeType, TransactWriteItem,
};
use tests::wire::{Calls, Fault, Rule, Wire};

const TABLE: &str = "things";

fn client(wire: &Wire) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .endpoint_url(wire.endpoint())
        .retry_config(RetryConfig::disabled())
        .http_client(aws::Https::new(None).unwrap())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .build();
    Client::from_conf(config)
}

/// One table with one index: hash `by`, keys only.
async fn things() -> (Wire, Client) {
    let wire = Wire::start();
    let client = client(&wire);
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let text = |name: &str| {
        AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build().unwrap()
    };
    let index = GlobalSecondaryIndex::builder()
        .index_name("by_name")
        .key_schema(key("by", KeyType::Hash))
        .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
        .build()
        .unwrap();
    client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(vec![text("pk"), text("sk"), text("by")]))
        .set_key_schema(Some(vec![key("pk", KeyType::Hash), key("sk", KeyType::Range)]))
        .global_secondary_indexes(index)
        .send()
        .await
        .unwrap();
    (wire, client)
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn keys(sk: &str) -> HashMap<String, AttributeValue> {
    HashMap::from([("pk".to_owned(), s("a")), ("sk".to_owned(), s(sk))])
}

fn item(sk: &str, size: usize, by: Option<&str>) -> HashMap<String, AttributeValue> {
    let mut item = keys(sk);
    item.insert("text".to_owned(), s(&"x".repeat(size)));
    if let Some(by) = by {
        item.insert("by".to_owned(), s(by));
    }
    item
}

async fn put(client: &Client, item: HashMap<String, AttributeValue>) {
    client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
}

fn put_arm(item: HashMap<String, AttributeValue>) -> TransactWriteItem {
    TransactWriteItem::builder().put(Put::builder().table_name(TABLE).set_item(Some(item)).build().unwrap()).build()
}

fn units(calls: &Calls) -> (f64, f64, f64) {
    (calls.read_units(), calls.write_units(), calls.index_write_units())
}

#[tokio::test]
async fn a_put_costs_a_unit_per_kilobyte_and_its_index_one_more() {
    let (wire, client) = things().await;
    let (_, small) = wire.record(put(&client, item("1", 100, None))).await;
    assert_eq!(units(&small), (0.0, 1.0, 0.0), "below 1 KB, not in the index");
    let (_, large) = wire.record(put(&client, item("2", 1_100, None))).await;
    assert_eq!(units(&large), (0.0, 2.0, 0.0), "1.1 KB");
    let (_, indexed) = wire.record(put(&client, item("3", 100, Some("x")))).await;
    assert_eq!(units(&indexed), (0.0, 2.0, 1.0), "new in the index");
    let (_, unchanged) = wire.record(put(&client, item("3", 200, Some("x")))).await;
    assert_eq!(units(&unchanged), (0.0, 1.0, 0.0), "the index keeps what it stores");
    let (_, moved) = wire.record(put(&client, item("3", 200, Some("y")))).await;
    assert_eq!(units(&moved), (0.0, 3.0, 2.0), "the index key moves: one delete, one put");
}

#[tokio::test]
async fn a_transaction_costs_double_and_its_checks_count() {
    let (wire, client) = things().await;
    let write = |items| client.transact_write_items().set_transact_items(Some(items)).send();
    let (written, one) = wire.record(write(vec![put_arm(item("1", 100, None))])).await;
    written.unwrap();
    assert_eq!(units(&one), (0.0, 2.0, 0.0));
    let check = ConditionCheck::builder()
        .table_name(TABLE)
        .set_key(Some(keys("1")))
        .condition_expression("attribute_exists(pk)")
        .build()
        .unwrap();
    let (written, checked) = wire
        .record(write(vec![put_arm(item("2", 100, None)), TransactWriteItem::builder().condition_check(check).build()]))
        .await;
    written.unwrap();
    assert_eq!(units(&checked), (0.0, 4.0, 0.0), "a check costs what a write costs");
    let (written, indexed) = wire.record(write(vec![put_arm(item("3", 100, Some("x")))])).await;
    written.unwrap();
    assert_eq!(units(&indexed), (0.0, 3.0, 1.0), "doubled in the table, not in the index");
}

#[tokio::test]
async fn reads_cost_by_four_kilobytes_each_or_summed() {
    let (wire, client) = things().await;
    for sk in ["1", "2", "3"] {
        put(&client, item(sk, 3_000, None)).await;
    }
    let query = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", s("a"));
    let (page, eventual) = wire.record(query.clone().send()).await;
    assert_eq!(page.unwrap().count(), 3);
    assert_eq!(units(&eventual), (1.5, 0.0, 0.0), "9 KB make 3 units of 4 KB, halved");
    let (_, strong) = wire.record(query.consistent_read(true).send()).await;
    assert_eq!(units(&strong), (3.0, 0.0, 0.0), "a query sums, then rounds");
    let wanted = KeysAndAttributes::builder()
        .set_keys(Some(vec![keys("1"), keys("2"), keys("missing")]))
        .consistent_read(true)
        .build()
        .unwrap();
    let (_, batch) = wire.record(client.batch_get_item().request_items(TABLE, wanted).send()).await;
    assert_eq!(units(&batch), (3.0, 0.0, 0.0), "a batch rounds each item, and a missing one costs a unit");
}

#[tokio::test]
async fn calls_made_at_once_are_one_deep_and_calls_in_turn_are_not() {
    let (wire, client) = things().await;
    put(&client, item("1", 10, None)).await;
    wire.hold(Duration::from_millis(60));
    let get = || async { client.get_item().table_name(TABLE).set_key(Some(keys("1"))).send().await.unwrap() };
    let (_, at_once) = wire.record(async { tokio::join!(get(), get(), get()) }).await;
    assert_eq!((at_once.count(), at_once.depth()), (3, 1));
    let (_, in_turn) = wire
        .record(async {
            get().await;
            tokio::join!(get(), get())
        })
        .await;
    assert_eq!((in_turn.count(), in_turn.depth()), (3, 2));
}

#[tokio::test]
async fn each_fault_is_felt_and_says_the_truth_about_what_was_done() {
    struct Case {
        fault: Fault,
        error: &'static str,
        written: usize,
    }
    let cases = [
        Case { fault: Fault::Throttled, error: "ProvisionedThroughputExceeded", written: 0 },
        Case { fault: Fault::InternalError, error: "InternalServerError", written: 0 },
        Case { fault: Fault::Conflict, error: "TransactionCanceled", written: 0 },
        Case { fault: Fault::Dropped, error: "DispatchFailure", written: 0 },
        Case { fault: Fault::LostReply, error: "DispatchFailure", written: 1 },
    ];
    for Case { fault, error, written } in cases {
        let (wire, client) = things().await;
        wire.inject(Rule::new(fault).on("TransactWriteItems").at(TABLE).times(1));
        let failed =
            client.transact_write_items().transact_items(put_arm(item("1", 10, None))).send().await.unwrap_err();
        assert!(format!("{failed:?}").contains(error), "{fault:?}: {failed:?}");
        assert_eq!(wire.felt(), 1, "{fault:?}");
        assert_eq!(wire.snapshot().rows(TABLE), written, "{fault:?}");
        client
            .transact_write_items()
            .transact_items(put_arm(item("2", 10, None)))
            .send()
            .await
            .expect("healed after one");
        assert_eq!(wire.snapshot().rows(TABLE), written + 1, "{fault:?}");
    }
}

#[tokio::test]
async fn short_pages_and_unprocessed_keys_look_like_dynamodbs() {
    let (wire, client) = things().await;
    put(&client, item("1", 10, None)).await;
    put(&client, item("2", 10, None)).await;
    wire.inject(Rule::new(Fault::ShortPage).times(1));
    wire.inject(Rule::new(Fault::UnprocessedKeys).times(1));
    let query = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", s("a"));
    let page = query.send().await.unwrap();
    assert_eq!(page.count(), 1);
    assert!(page.last_evaluated_key().is_some());
    let wanted = KeysAndAttributes::builder().set_keys(Some(vec![keys("1")])).build().unwrap();
    let answer = client.batch_get_item().request_items(TABLE, wanted).send().await.unwrap();
    assert!(answer.responses().unwrap().is_empty());
    assert_eq!(answer.unprocessed_keys().unwrap()[TABLE].keys().len(), 1);
}

#[tokio::test]
async fn a_snapshot_names_each_row_that_changed() {
    let (wire, client) = things().await;
    put(&client, item("1", 10, None)).await;
    put(&client, item("2", 10, None)).await;
    let before = wire.snapshot();
    assert!(before.changes(&wire.snapshot()).is_empty());
    put(&client, item("2", 20, None)).await;
    put(&client, item("3", 10, None)).await;
    client.delete_item().table_name(TABLE).set_key(Some(keys("1"))).send().await.unwrap();
    assert_eq!(before.changes(&wire.snapshot()), ["- things a 1", "~ things a 2", "+ things a 3"]);
}
