//! What the operations on orders share: how one is named, changed, shown and refused.

pub(crate) mod lines;
mod view;

pub(crate) use view::StaffOrder;

use std::future::Future;

use axum::extract::{Path, rejection::PathRejection};
use credentials::sha256_hex;
use domain::{LetterId, access::Denied, number::OrderNumber, rights::RecordOrders};
use store::{CodeLetter, Conflict, NewLine, OrderRefused, Prepared, StoreError, import::MOST_LINES};
use web::{ApiError, App, Caller, Fields};

/// How often a change is made anew from what is stored by then, when something else changed at the same time.
const TRIES: u32 = 4;

/// The number in a path: there a `/` is written `~`, as what stands in between would take it for a step. What is no number
/// is nobody's.
pub(crate) fn order_number(path: Result<Path<String>, PathRejection>) -> Result<OrderNumber, Denied> {
    let Ok(Path(text)) = path else { return Err(Denied::Hidden) };
    OrderNumber::parse(&text.replace('~', "/")).map_err(|_| Denied::Hidden)
}

/// Changes an order from what is stored, again if something else changed meanwhile.
pub(crate) async fn change<T, F>(
    app: &App,
    caller: &Caller,
    number: &OrderNumber,
    add: &[NewLine],
    act: impl Fn(RecordOrders, Prepared) -> F,
) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, Conflict<OrderRefused>>>,
{
    let read = || app.store().prepare_order(number, None, add);
    let (right, mut prepared) = tokio::try_join!(granted(caller), prepared(read()))?;
    for _ in 1..TRIES {
        match act(right.clone(), prepared).await {
            Err(Conflict::Refused(OrderRefused::Changed)) => prepared = read().await?,
            done => return done.map_err(|conflict| refused(conflict, "/add")),
        }
    }
    act(right, prepared).await.map_err(|conflict| refused(conflict, "/add"))
}

/// The right to record orders. Joined with what is read beside it so that a refusal waits for nothing: by its time nobody
/// learns whether an order, an account or a serial number exists.
pub(crate) async fn granted(caller: &Caller) -> Result<RecordOrders, ApiError> {
    Ok(caller.actor().await?.may_record_orders()?)
}

/// What is stored of an order, read beside the right.
pub(crate) async fn prepared(read: impl Future<Output = Result<Prepared, StoreError>>) -> Result<Prepared, ApiError> {
    Ok(read.await?)
}

/// A letter that will carry a new code.
pub(crate) async fn code_letter(app: &App) -> Result<CodeLetter, ApiError> {
    let id = LetterId::new(app.now(), credentials::random());
    let code = app.link_key().await?.activation_code(id);
    Ok(CodeLetter { id, code_hash: sha256_hex(code.bytes()) })
}

/// What a refusal means; new lines stand at `lines` in what was sent.
pub(crate) fn refused(conflict: Conflict<OrderRefused>, lines: &str) -> ApiError {
    let at = |place: usize, field: &str, code: &str| ApiError::field(&format!("{lines}/{place}/{field}"), code);
    ApiError::refused(conflict, |arm| match arm {
        OrderRefused::Actor | OrderRefused::Revision | OrderRefused::Changed | OrderRefused::Drawn => {
            ApiError::Conflict
        }
        OrderRefused::Unknown => ApiError::NotFound,
        OrderRefused::Number => ApiError::OrderExists,
        OrderRefused::AccountUnknown => ApiError::field("/account", "account_unknown"),
        OrderRefused::AccountNotInUse => ApiError::AccountNotInUse,
        OrderRefused::Cancelled => ApiError::OrderCancelled,
        OrderRefused::TooMany => ApiError::field("/lines", "too_many_changes"),
        OrderRefused::TooManyLines => too_many_lines(lines),
        OrderRefused::Product(place) => at(place, "product", "product_unknown"),
        OrderRefused::Withdrawn(place) => at(place, "product", "product_withdrawn"),
        OrderRefused::Serial(place) => at(place, "serial_number", "serial_number_taken"),
        OrderRefused::Trial(place) => at(place, "converts", "trial_unknown"),
        OrderRefused::TrialSeats(place, used) => {
            let pointer = format!("{lines}/{place}/seats");
            with_params(&pointer, "seats_below_trial", vec![("used", used.to_string())])
        }
        // What is amended, not what comes.
        OrderRefused::Line(place) => ApiError::field(&format!("/lines/{place}/line"), "line_unknown"),
        OrderRefused::Days(place, field, why) => {
            with_params(&format!("/lines/{place}/{field}"), why.code(), why.params())
        }
        OrderRefused::SeatsInUse { line, used } => ApiError::SeatsInUse { line, used },
    })
}

pub(crate) fn too_many_lines(pointer: &str) -> ApiError {
    let params = vec![("min", "1".to_owned()), ("max", MOST_LINES.to_string())];
    with_params(pointer, "too_many_lines", params)
}

fn with_params(pointer: &str, code: &str, params: Vec<(&'static str, String)>) -> ApiError {
    let mut fields = Fields::new();
    fields.refuse(pointer, code, params);
    match fields.finish::<()>(None) {
        Err(error) => error,
        Ok(()) => ApiError::field(pointer, code),
    }
}
