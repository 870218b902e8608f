//! What can go wrong between the portal and DynamoDB, which the emulator never does by itself.

use std::time::Duration;

use serde_json::{Value, json};

use super::Call;

/// One kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The table's throughput is used up; nothing was done.
    Throttled,
    /// Another transaction is at work on one of the items; nothing was done.
    Conflict,
    /// DynamoDB answers 500; nothing was done.
    InternalError,
    /// The connection breaks before anything was done.
    Dropped,
    /// The work is done and the answer never arrives.
    LostReply,
    /// A batch read that returns nothing and asks to come again.
    UnprocessedKeys,
    /// A query that returns one item a page, as DynamoDB may at any time.
    ShortPage,
    /// A query of a table whose first page is empty and not its last, as DynamoDB may answer at any time.
    EmptyPage,
    /// The answer comes this much later.
    Delay(Duration),
}

/// Which calls a fault hits.
#[derive(Clone, Debug)]
pub struct Rule {
    fault: Fault,
    operation: Option<&'static str>,
    table: Option<String>,
    skip: usize,
    times: usize,
    felt: usize,
}

impl Rule {
    /// Every call meets the fault, until narrowed.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self { fault, operation: None, table: None, skip: 0, times: usize::MAX, felt: 0 }
    }

    /// Only calls of this operation.
    #[must_use]
    pub fn on(self, operation: &'static str) -> Self {
        Self { operation: Some(operation), ..self }
    }

    /// Only calls that name a table whose name ends so.
    #[must_use]
    pub fn at(self, table: &str) -> Self {
        Self { table: Some(table.to_owned()), ..self }
    }

    /// Lets this many matching calls pass first.
    #[must_use]
    pub fn after(self, skip: usize) -> Self {
        Self { skip, ..self }
    }

    /// Hits this many calls, then heals.
    #[must_use]
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// How many calls it has hit.
    pub(super) fn felt(&self) -> usize {
        self.felt
    }

    /// The fault, when this call is to meet it.
    pub(super) fn strike(&mut self, call: &Call) -> Option<Fault> {
        let meant = self.operation.is_none_or(|operation| operation == call.operation)
            && self.table.as_ref().is_none_or(|table| call.tables.iter().any(|name| name.ends_with(table.as_str())))
            && self.fault.suits(call);
        if !meant || self.felt == self.times {
            return None;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        self.felt += 1;
        Some(self.fault)
    }
}

impl Fault {
    fn suits(self, call: &Call) -> bool {
        match self {
            Self::Conflict => call.operation == "TransactWriteItems",
            Self::UnprocessedKeys => call.operation == "BatchGetItem",
            Self::ShortPage | Self::EmptyPage => call.operation == "Query",
            Self::Throttled | Self::InternalError | Self::Dropped | Self::LostReply | Self::Delay(_) => true,
        }
    }

    /// The answer given in DynamoDB's place, for faults that are an answer.
    pub(super) fn answer(self, request: &Value) -> Option<(u16, Value)> {
        match self {
            Self::Throttled => Some((
                400,
                error(
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded.",
                ),
            )),
            Self::InternalError => Some((500, error("InternalServerError", "Internal server error"))),
            Self::Conflict => {
                let arms = request["TransactItems"].as_array().map_or(1, Vec::len);
                let mut reasons = vec![json!({ "Code": "None" }); arms];
                reasons[0] = json!({ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" });
                let mut answer = error(
                    "TransactionCanceledException",
                    "Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]",
                );
                answer["CancellationReasons"] = Value::Array(reasons);
                Some((400, answer))
            }
            Self::UnprocessedKeys => {
                Some((200, json!({ "Responses": {}, "UnprocessedKeys": request["RequestItems"] })))
            }
            Self::EmptyPage => {
                let before_all = json!({ "pk": request["ExpressionAttributeValues"][":pk"], "sk": { "S": "!" } });
                Some((200, json!({ "Items": [], "Count": 0, "ScannedCount": 0, "LastEvaluatedKey": before_all })))
            }
            Self::Dropped | Self::LostReply | Self::ShortPage | Self::Delay(_) => None,
        }
    }
}

fn error(name: &str, message: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"), "message": message, "Message": message })
}
