//! What changes in a customer's account shows in its partner's list, and nothing is lost on the way (R503).

use tests::portal::TestPortal;

use super::shown;

/// R503
#[tokio::test]
async fn somebody_who_joins_or_leaves_is_counted() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    let before = shown(&pete, "C10423").await["users"].as_u64().unwrap();
    let person = crate::account_claims::id_of(&portal, "mia@acme.test");
    ada.delete(&format!("/api/team/members/{person}")).await.expect(204);
    assert_eq!(shown(&pete, "C10423").await["users"].as_u64().unwrap(), before - 1);
}
