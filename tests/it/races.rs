//! Many at once, and one in the midst of another: whatever works once works once, and nothing is half done.

use std::time::Duration;

use serde_json::json;
use tests::portal::{CODE, GOOD, Reply, TestPortal, registration};
use tests::wire::{Fault, Rule};

/// Runs them all at once and returns what each was told.
pub(crate) async fn at_once<T>(calls: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = calls.into_iter().map(Box::pin).collect();
    let mut replies: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (call, reply) in waiting.iter_mut().zip(&mut replies) {
            if reply.is_none()
                && let std::task::Poll::Ready(answer) = call.as_mut().poll(context)
            {
                *reply = Some(answer);
            }
        }
        if replies.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    replies.into_iter().flatten().collect()
}

/// Makes a call and has something happen when all is read and nothing written.
pub(crate) async fn midway(portal: &TestPortal, call: impl Future<Output = Reply>, happens: impl FnOnce()) -> Reply {
    let pause = Fault::Delay(Duration::from_millis(150));
    portal.wire.inject(Rule::new(pause).on("TransactWriteItems").times(1));
    let meanwhile = async {
        while portal.wire.felt() == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        happens();
    };
    let (reply, ()) = tokio::join!(call, meanwhile);
    portal.wire.heal();
    reply
}

fn with_status(replies: &[Reply], status: u16) -> usize {
    replies.iter().filter(|reply| reply.status == status).count()
}

/// R101
#[tokio::test]
async fn of_64_confirmations_of_one_link_one_wins() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    stranger.post("/api/sign-up/registrations", registration("nora@new.test")).await.expect(202);
    let token = portal.letters_to("nora@new.test").await.last_token();
    let callers: Vec<_> = (0..64).map(|_| portal.stranger()).collect();
    let replies = at_once(
        callers
            .iter()
            .map(|caller| caller.post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))),
    )
    .await;
    assert_eq!((with_status(&replies, 200), with_status(&replies, 410)), (1, 63));
    assert_eq!(portal.wire.snapshot().find("credentials", "nora@new.test", "NAME").len(), 1);
    portal.sign_in("nora@new.test").await;
}

/// R101
#[tokio::test]
async fn of_two_sign_ups_for_one_address_the_first_proof_wins() {
    let portal = TestPortal::new().await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        portal.stranger().post("/api/sign-up/registrations", registration("nora@new.test")).await.expect(202);
        tokens.push(portal.letters_to("nora@new.test").await.last_token());
    }
    let callers = [portal.stranger(), portal.stranger()];
    let replies =
        at_once(callers.iter().zip(&tokens).map(|(caller, token)| {
            caller.post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))
        }))
        .await;
    assert_eq!(with_status(&replies, 200), 1);
    assert!(
        replies.iter().any(|reply| reply.says() == "409 address_taken"),
        "{:?}",
        replies.iter().map(Reply::says).collect::<Vec<_>>()
    );
}

/// R102
#[tokio::test]
async fn of_64_claims_of_one_code_one_wins() {
    let portal = TestPortal::new().await;
    let mut tabs = Vec::new();
    for n in 0..16 {
        let email = format!("nora{n}@new.test");
        portal.stranger().post("/api/sign-up/registrations", registration(&email)).await.expect(202);
        let token = portal.letters_to(&email).await.last_token();
        portal
            .stranger()
            .post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))
            .await
            .expect(200);
        let nora = portal.sign_in(&email).await;
        tabs.extend([nora.again(), nora.again(), nora.again(), nora]);
    }
    let before = portal.wire.snapshot();
    let replies =
        at_once(tabs.iter().map(|tab| tab.post("/api/sign-up/claims", json!({ "activation_code": CODE })))).await;
    let said: Vec<_> = replies.iter().map(Reply::says).collect();
    assert_eq!(with_status(&replies, 201), 1, "{said:?}");
    assert!(
        said.iter().all(|says| ["201", "422 invalid_fields", "409 already_member"].contains(&says.as_str())),
        "{said:?}"
    );
    let lines = before.changes(&portal.wire.snapshot());
    let joined: Vec<_> = lines.iter().filter(|line| line.starts_with('+') && line.contains(" ACCOUNT#")).collect();
    assert_eq!(joined.len(), 1, "one membership: {lines:?}");
}

/// R106
#[tokio::test]
async fn guesses_at_the_same_time_are_all_counted() {
    let portal = TestPortal::new().await;
    let callers: Vec<_> = (0..64).map(|_| portal.stranger()).collect();
    let wrong = json!({ "name": "ada@acme.test", "password": "not the right password" });
    let replies = at_once(callers.iter().map(|caller| caller.post("/api/session", wrong.clone()))).await;
    let guesses = with_status(&replies, 401);
    assert!(guesses < 64 && with_status(&replies, 429) == 64 - guesses, "{guesses} guesses got through");
}
