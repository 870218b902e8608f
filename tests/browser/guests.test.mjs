// R506, R509, R510 and R512 as three sides meet them: a partner that suspends, a customer that decides who gets in, and a
// guest, who comes, works and is gone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { linkMailedTo, openPortal, PASSWORD, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** Two of Keystone, a partner. */
const MANAGER = "jamal.greene@keystonedesign.example";
const GUEST = "paige.novak@keystonedesign.example";
/** Granite Peak Surveying, a customer of theirs. */
const ITS_OWNER = "dana.ortega@granitepeak.example";
const ITS_MANAGER = "imani.jefferson@granitepeak.example";
const GRANITE = "C10530";
/** The owner of Two Rivers, another. */
const TWO_RIVERS = "grace.alvarez@tworivers.example";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

async function somebody(/** @type {string} */ name) {
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  await signIn(page, name);
  return page;
}

async function open(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(address);
  await settle(page);
}

const heading = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) =>
  page.getByRole("heading", { name }).waitFor();

/** The id of a customer, as its partner's list has it. */
async function customer(/** @type {Page} */ page, /** @type {string} */ number) {
  const { items } = await call(page, "GET", `/api/partner/customers?search=${number}`);
  return items[0].id;
}

/** R506 R509 R510 R512 */
test("suspended and opened, then guests only: the partner is out, and an invited guest is in until their time is over", async () => {
  const partner = await somebody(MANAGER);
  const id = await customer(partner, GRANITE);
  const its = await somebody(ITS_MANAGER);

  await open(partner, `/customer?id=${id}`);
  await partner.getByRole("button", { name: "Suspend" }).click();
  const asking = partner.getByRole("dialog");
  await asking.getByRole("button", { name: "Suspend the account" }).click();
  await asking.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.deepEqual(await faults(partner), []);
  await partner.fill("#reason", "Two invoices are unpaid");
  await asking.getByRole("button", { name: "Suspend the account" }).click();
  await partner.getByText("Your company suspended this account.").waitFor();
  assert.deepEqual(await faults(partner), []);
  await open(partner, `/team?customer=${id}`);
  await heading(partner, "Granite Peak Surveying is suspended");

  await open(its, "/licenses");
  await heading(its, "Granite Peak Surveying is suspended");
  await its.getByText("Two invoices are unpaid").waitFor();
  await its.getByText("Keystone Design Software, Inc., the partner that looks after this account").waitFor();

  await partner.getByRole("link", { name: "Go to the customer" }).first().click();
  await settle(partner);
  await partner.getByRole("button", { name: "Reactivate" }).click();
  await partner.getByRole("dialog").getByRole("button", { name: "Reactivate" }).click();
  await partner.getByText("Granite Peak Surveying is open again.").waitFor();
  await open(its, "/licenses");
  await heading(its, "Licenses");

  // The partner is at work there when the customer decides otherwise.
  await open(partner, `/licenses?customer=${id}`);
  const owner = await somebody(ITS_OWNER);
  await open(owner, "/outsiders");
  await owner.getByRole("button", { name: "Let in guests only" }).click();
  assert.deepEqual(await faults(owner), []);
  await owner.getByRole("dialog").getByRole("button", { name: "Let in guests only" }).click();
  await owner.locator("#partner").getByText("As guests only").waitFor();
  await partner.getByRole("link", { name: "Contract end" }).click();
  await heading(partner, "Granite Peak Surveying lets in guests only");
  assert.deepEqual(await faults(partner), []);
  await partner.getByRole("main").getByRole("link", { name: "All customers" }).click();
  await settle(partner);
  await partner
    .locator("#customers tr", { hasText: "Granite Peak" })
    .getByText("Lets in guests only", { exact: true })
    .waitFor();

  await owner.getByRole("button", { name: "Invite a guest" }).click();
  await owner.fill("#guest-email", GUEST);
  await owner.check("#view_orders");
  await owner.fill("#guest-days", "30");
  assert.deepEqual(await faults(owner), []);
  await owner.getByRole("dialog").getByRole("button", { name: "Send the invitation" }).click();
  await owner.getByText(`An invitation to ${GUEST} is on its way.`).waitFor();

  const guest = await somebody(GUEST);
  const elsewhere = await guest.context().newPage();
  await open(elsewhere, "/customers");
  await open(guest, await linkMailedTo(guest, GUEST, "/accept"));
  await guest.getByText("For 30 days, from the day you accept").waitFor();
  assert.deepEqual(await faults(guest), []);
  await guest.getByRole("button", { name: "Join Granite Peak Surveying" }).click();
  await heading(guest, "You are a guest of Granite Peak Surveying now");
  await guest.getByRole("link", { name: "Switch account" }).click();
  await settle(guest);
  await guest.getByText("Guest from Keystone Design Software, Inc., until").waitFor();
  assert.deepEqual(await faults(guest), []);
  await switchTo(guest, "Granite Peak Surveying");
  const band = guest.getByText(
    "You are working in Granite Peak Surveying as a guest from Keystone Design Software, Inc., until",
  );
  await band.waitFor();
  assert.deepEqual(await faults(guest), []);
  await guest.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Licenses" }).click();
  await settle(guest);
  await band.waitFor();
  await guest.getByText("SO-20641").first().waitFor();
  assert.equal(await guest.getByRole("link", { name: "Customers" }).count(), 0);

  // The tab left behind says where one is now, and goes on there.
  const stale = elsewhere.getByRole("dialog", { name: "You now work in another account" });
  await stale.getByText("You are in Granite Peak Surveying now, as a guest").waitFor();
  assert.deepEqual(await faults(elsewhere), []);

  // A month does not pass here: the answer is the one of the tests of the API.
  await guest.route("**/api/licenses?*", (route) => route.fulfill({ status: 403, json: { code: "guest_ended" } }));
  await open(guest, "/licenses");
  await heading(guest, "Your time as a guest of Granite Peak Surveying is over");
  assert.deepEqual(await faults(guest), []);
  await guest.unroute("**/api/licenses?*");

  await open(owner, "/outsiders");
  await owner.locator("#guests").getByText("30 days left").waitFor();
  await owner.getByRole("button", { name: "End the access of Paige Novak" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "End" }).click();
  await owner.getByText("Paige Novak is no longer a guest.").waitFor();
  await guest.goto("/licenses");
  await guest.getByText("You were signed out.").waitFor();
  // Signed in again they are where they belong.
  await signIn(guest, GUEST);
  await guest.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).waitFor();
});

/** Chooses another account and says once more who one is. */
async function switchTo(/** @type {Page} */ page, /** @type {string} */ account) {
  await page.getByRole("button", { name: account }).click();
  await page.fill("#prove-form-password", PASSWORD);
  await page.getByRole("dialog").getByRole("button", { name: "Switch account" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await settle(page);
}

/** R510 */
test("a guest leaves before their time, and signs in again where they belong", async () => {
  const owner = await somebody(TWO_RIVERS);
  await call(owner, "POST", "/api/team/guests", { email: GUEST, role: "manager", language: "en" });
  const guest = await somebody(GUEST);
  await guest.getByRole("button", { name: "Join Two Rivers Community College" }).click();
  await guest.getByText("Two Rivers Community College is among your accounts now.").waitFor();
  await open(guest, "/choose-account");
  await switchTo(guest, "Two Rivers Community College");
  await guest.getByRole("link", { name: "Leave" }).click();
  const dialog = guest.getByRole("dialog", { name: "Leave Two Rivers Community College?" });
  await dialog.getByText("You are signed out").waitFor();
  await settle(guest);
  assert.deepEqual(await faults(guest), []);
  await dialog.getByRole("button", { name: "Leave" }).click();
  await guest.waitForURL((url) => url.pathname === "/sign-in");
  await signIn(guest, GUEST);
  await open(guest, "/choose-account");
  await guest.getByText("You belong to one account only").waitFor();
  await open(owner, "/outsiders");
  await owner.locator("#guests").getByText("No guests at the moment.").waitFor();
  await owner.locator("#activity").getByText("Left as a guest").waitFor();
});
