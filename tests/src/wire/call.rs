//! One call to DynamoDB as the recorder saw it, and what can be said of several: how many, how
//! deep, how dear.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::Value;

/// One request and its answer.
#[derive(Clone, Debug)]
pub struct Call {
    /// `GetItem`, `TransactWriteItems`, …
    pub operation: String,
    /// The tables it names, in order.
    pub tables: BTreeSet<String>,
    /// What it does to which table or index, in the words of an IAM policy: (`dynamodb:PutItem`, `accounts`).
    pub actions: BTreeSet<(String, String)>,
    /// The same with the partition that each key is in, as a policy's `dynamodb:LeadingKeys` sees it.
    pub partitions: BTreeSet<(String, String, String)>,
    /// How many items or keys it names.
    pub keys: usize,
    /// When the request was read.
    pub started: Instant,
    /// When its answer went out.
    pub ended: Instant,
    /// Whether it followed an answer of the portal's, so that nobody waited for it.
    pub follows: bool,
    /// Read units, of tables and indexes.
    pub read_units: f64,
    /// Write units, of tables and indexes.
    pub write_units: f64,
    /// The part of `write_units` that indexes took.
    pub index_write_units: f64,
    /// The error's short name, such as `TransactionCanceledException`; empty when it went well.
    pub error: String,
}

impl Call {
    /// Reads the request; the rest is filled in when the answer is there.
    pub(crate) fn asked(operation: &str, request: &Value) -> Self {
        let mut call = Self {
            operation: operation.to_owned(),
            tables: BTreeSet::new(),
            actions: BTreeSet::new(),
            partitions: BTreeSet::new(),
            keys: 0,
            started: Instant::now(),
            ended: Instant::now(),
            follows: false,
            read_units: 0.0,
            write_units: 0.0,
            index_write_units: 0.0,
            error: String::new(),
        };
        if let Some(Value::Object(tables)) = request.get("RequestItems") {
            for (table, wanted) in tables {
                let wanted = wanted.get("Keys").unwrap_or(wanted).as_array().map_or(&[][..], Vec::as_slice);
                call.names(operation, table, wanted.len());
                for key in wanted {
                    call.reaches(operation, table, &key["pk"]);
                }
            }
        } else if let Some(Value::Array(items)) = request.get("TransactItems") {
            for (kind, item) in items.iter().filter_map(Value::as_object).flatten() {
                let action =
                    if kind == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{kind}Item") };
                let table = item["TableName"].as_str().unwrap_or_default();
                call.names(&action, table, 1);
                call.reaches(&action, table, &item.get("Item").unwrap_or(&item["Key"])["pk"]);
            }
        } else if let Some(table) = request["TableName"].as_str() {
            call.names(operation, table, 1);
            let key = request.get("Item").or(request.get("Key")).unwrap_or(&Value::Null);
            let index = request["IndexName"].as_str().map(|index| format!("{table}/index/{index}"));
            if let Some(index) = &index {
                call.actions = BTreeSet::from([(format!("dynamodb:{operation}"), index.clone())]);
            }
            // A query names its partition by a value.
            let values = &request["ExpressionAttributeValues"];
            let named = key.get("pk").or(values.get(":pk")).unwrap_or(&values[":q"]);
            call.reaches(operation, index.as_deref().unwrap_or(table), named);
        }
        call
    }

    fn names(&mut self, action: &str, table: &str, keys: usize) {
        self.tables.insert(table.to_owned());
        self.actions.insert((format!("dynamodb:{action}"), table.to_owned()));
        self.keys += keys;
    }

    fn reaches(&mut self, action: &str, table: &str, partition: &Value) {
        let partition = partition["S"].as_str().unwrap_or_default().to_owned();
        self.partitions.insert((format!("dynamodb:{action}"), table.to_owned(), partition));
    }

    /// Adds what the answer says.
    pub(crate) fn answered(&mut self, answer: &Value) {
        let consumed = &answer["ConsumedCapacity"];
        let parts = consumed.as_array().map_or_else(|| std::slice::from_ref(consumed), Vec::as_slice);
        for part in parts {
            let all = part["CapacityUnits"].as_f64().unwrap_or_default();
            if self.writes() {
                self.write_units += all;
                self.index_write_units += all - part["Table"]["CapacityUnits"].as_f64().unwrap_or(all);
            } else {
                self.read_units += all;
            }
        }
        if let Some(name) = answer["__type"].as_str() {
            name.rsplit('#').next().unwrap_or(name).clone_into(&mut self.error);
        }
    }

    /// Whether DynamoDB tells what it consumed, when asked.
    pub(crate) fn counts(&self) -> bool {
        ["PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem"]
            .contains(&self.operation.as_str())
            || self.operation.starts_with("Transact")
    }

    /// Whether it can change what is stored.
    #[must_use]
    pub fn writes(&self) -> bool {
        ["Put", "Update", "Delete", "TransactWrite", "BatchWrite", "Create"]
            .iter()
            .any(|verb| self.operation.starts_with(verb))
    }
}

/// The calls of one piece of work.
#[derive(Clone, Debug, Default)]
pub struct Calls(pub Vec<Call>);

impl Calls {
    /// How many there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Those that somebody waited for.
    #[must_use]
    pub fn until_the_answer(&self) -> Self {
        Self(self.0.iter().filter(|call| !call.follows).cloned().collect())
    }

    /// Those that followed an answer.
    #[must_use]
    pub fn after_the_answer(&self) -> Self {
        Self(self.0.iter().filter(|call| call.follows).cloned().collect())
    }

    /// The longest chain of calls of which each began after the one before had ended: what a
    /// person waits for. Taking the earliest end first finds it.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut by_end: Vec<&Call> = self.0.iter().collect();
        by_end.sort_by_key(|call| call.ended);
        let mut depth = 0;
        let mut last_end = None;
        for call in by_end {
            if last_end.is_none_or(|end| call.started >= end) {
                depth += 1;
                last_end = Some(call.ended);
            }
        }
        depth
    }

    /// Read units of all.
    #[must_use]
    pub fn read_units(&self) -> f64 {
        self.0.iter().fold(0.0, |sum, call| sum + call.read_units)
    }

    /// Write units of all, indexes included.
    #[must_use]
    pub fn write_units(&self) -> f64 {
        self.0.iter().fold(0.0, |sum, call| sum + call.write_units)
    }

    /// The part of the write units that indexes took.
    #[must_use]
    pub fn index_write_units(&self) -> f64 {
        self.0.iter().fold(0.0, |sum, call| sum + call.index_write_units)
    }

    /// The writes that went through.
    #[must_use]
    pub fn writes(&self) -> Vec<&Call> {
        self.0.iter().filter(|call| call.writes() && call.error.is_empty()).collect()
    }

    /// Every (action, table or index) they used.
    #[must_use]
    pub fn actions(&self) -> BTreeSet<(String, String)> {
        self.0.iter().flat_map(|call| call.actions.iter().cloned()).collect()
    }

    /// Every (action, table, partition) they used.
    #[must_use]
    pub fn partitions(&self) -> BTreeSet<(String, String, String)> {
        self.0.iter().flat_map(|call| call.partitions.iter().cloned()).collect()
    }
}
