//! The people of the test vendor by what they are, and what can happen to them.

use serde_json::{Value, json};

use super::{Caller, TestPortal, vendor::UNATTACHED};

impl TestPortal {
    /// The owner of Acme.
    pub async fn owner(&self) -> Caller {
        self.sign_in("ada@acme.test").await
    }

    /// A manager of Acme.
    pub async fn manager(&self) -> Caller {
        self.sign_in("max@acme.test").await
    }

    /// A member of Acme who may view orders.
    pub async fn viewer(&self) -> Caller {
        self.sign_in("vera@acme.test").await
    }

    /// A member of Acme.
    pub async fn member(&self) -> Caller {
        self.sign_in("mia@acme.test").await
    }

    /// The owner of Birch, another account.
    pub async fn other_owner(&self) -> Caller {
        self.sign_in("otto@birch.test").await
    }

    /// The owner of Orion, the partner of Acme.
    pub async fn partner_owner(&self) -> Caller {
        self.sign_in("paula@orion.test").await
    }

    /// A member of Orion.
    pub async fn partner_member(&self) -> Caller {
        self.sign_in("pete@orion.test").await
    }

    /// A manager of Acme who is a member of Birch too.
    pub async fn in_two_accounts(&self) -> Caller {
        self.sign_in("tess@two.test").await
    }

    /// Somebody who belongs to no account.
    pub async fn unattached(&self) -> Caller {
        self.sign_in(UNATTACHED).await
    }

    /// Switches off somebody's membership, as a manager does (R306).
    pub async fn deactivate(&self, email: &str) {
        for row in self.memberships_of(email) {
            self.update(
                &row,
                "SET st = :st ADD g :one",
                json!({ ":st": { "S": "deactivated" }, ":one": { "N": "1" } }),
            );
        }
    }

    /// Removes somebody from their accounts, as a manager does (R305).
    pub async fn remove(&self, email: &str) {
        for row in self.memberships_of(email) {
            self.delete("accounts", &row);
        }
    }

    /// Gives somebody an initial password, everybody's, that is good so many seconds, as a team does (R303).
    ///
    /// # Panics
    /// If nobody has that address, or nobody a password to take the hash from.
    pub fn give_initial_password(&self, email: &str, seconds: i64) {
        let stored = self.wire.snapshot();
        let people = stored.find("accounts", "USER#", "USER");
        let person = people.iter().find(|row| row["m"]["S"] == email).unwrap_or_else(|| panic!("nobody is {email}"));
        let anybody = stored.find("credentials", "USER#", "PASSWORD").swap_remove(0);
        let until = self.clock.now().as_millisecond() + seconds * 1_000;
        self.update_in(
            "credentials",
            &json!({ "pk": person["pk"], "sk": { "S": "PASSWORD" } }),
            "SET h = :h, v = :v, i = :i",
            json!({ ":h": anybody["h"], ":v": anybody["v"], ":i": { "N": until.to_string() } }),
        );
    }

    /// The same, good for 72 hours.
    pub fn make_password_initial(&self, email: &str) {
        self.give_initial_password(email, 72 * 3_600);
    }

    /// The rows of somebody's memberships: the accounts' and the person's.
    fn memberships_of(&self, email: &str) -> Vec<Value> {
        let stored = self.wire.snapshot();
        let people = stored.find("accounts", "USER#", "USER");
        let person = people.iter().find(|row| row["m"]["S"] == email).unwrap_or_else(|| panic!("nobody is {email}"));
        let id = person["i"]["S"].as_str().expect("an id");
        let mut rows = stored.find("accounts", "ACCOUNT#", &format!("MEMBER#{id}"));
        rows.extend(stored.find("accounts", &format!("USER#{id}"), "MEMBER#"));
        assert!(!rows.is_empty(), "{email} is a member of nothing");
        rows
    }

    /// Changes a row past the portal, for what no operation can do yet.
    pub fn update(&self, row: &Value, change: &str, values: Value) {
        self.update_in("accounts", row, change, values);
    }

    /// The same in any table.
    ///
    /// # Panics
    /// If the change cannot be made.
    pub fn update_in(&self, table: &str, row: &Value, change: &str, values: Value) {
        let mut request = json!({
            "TableName": name_of(table), "Key": { "pk": row["pk"], "sk": row["sk"] }, "UpdateExpression": change,
        });
        // What only removes attributes names no values, and the database takes no empty list of them.
        if values.as_object().is_some_and(|values| !values.is_empty()) {
            request["ExpressionAttributeValues"] = values;
        }
        let request = serde_json::from_value(request).expect("a request");
        drop(self.wire.database().update_item(request).expect("a changed row"));
    }

    /// Writes a row past the portal.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn put(&self, table: &str, row: &Value) {
        let request = json!({ "TableName": name_of(table), "Item": row });
        let request = serde_json::from_value(request).expect("a request");
        drop(self.wire.database().put_item(request).expect("a row more"));
    }

    /// Deletes a row past the portal.
    ///
    /// # Panics
    /// If it cannot be deleted.
    pub fn delete(&self, table: &str, row: &Value) {
        let request = json!({ "TableName": name_of(table), "Key": { "pk": row["pk"], "sk": row["sk"] } });
        let request = serde_json::from_value(request).expect("a request");
        drop(self.wire.database().delete_item(request).expect("a row less"));
    }
}

fn name_of(name: &str) -> String {
    format!("{}{name}", super::TABLES)
}
