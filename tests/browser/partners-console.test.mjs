// R502, R509, R511 and R514 from the console: who looks after whom, who decides how they get in, and who may act for the
// vendor.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { OWNER, openPortal, settle, signIn } from "./lib/portal.mjs";
import { ADMIN, atConsole } from "./lib/staff.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** A manager of Keystone, a partner. */
const PARTNER = "jamal.greene@keystonedesign.example";
const KEYSTONE = "C20030";
/** A customer nobody looks after: the sample's first. */
const HARLOW = "C10400";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
/** @type {Page} */
let admin;
before(async () => {
  portal = await openPortal();
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  await atConsole(page, ADMIN);
  admin = page;
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

/** Opens an account at the console, by its number. */
async function account(/** @type {string} */ number) {
  const { items } = await call(admin, "GET", `/api/staff/accounts?query=${number}`);
  await open(admin, `/console-account?id=${items[0].id}`);
}

/** R514 */
test("an admin names a customer’s partner, and ends that", async () => {
  const partner = await somebody(PARTNER);
  await account(HARLOW);
  await admin.getByText("No partner looks after this account.").waitFor();
  await admin.getByRole("button", { name: "Name a partner" }).click();
  const dialog = admin.getByRole("dialog");
  await admin.fill("#partner_number", HARLOW);
  await dialog.getByRole("button", { name: "Save the partner" }).click();
  await dialog.getByRole("link", { name: "No partner in use has this number" }).waitFor();
  assert.deepEqual(await faults(admin), []);
  await admin.fill("#partner_number", KEYSTONE);
  await dialog.getByRole("button", { name: "Save the partner" }).click();
  await admin.getByText("The partner is saved.").waitFor();
  await admin.getByText("Keystone Design Software, Inc.").waitFor();
  assert.deepEqual(await faults(admin), []);

  await open(partner, "/customers?search=Harlow");
  await partner.getByRole("link", { name: "Harlow & Finch Architects" }).click();
  await settle(partner);
  await admin.getByRole("button", { name: "End the partnership" }).click();
  assert.deepEqual(await faults(admin), []);
  await dialog.getByRole("button", { name: "End the partnership" }).click();
  await admin.getByText("The partnership has ended.").waitFor();
  await partner.getByRole("main").getByRole("link", { name: "Licenses Serial numbers" }).click();
  await partner.getByRole("heading", { name: "This is not one of your customers" }).waitFor();
});

/** R511 */
test("a partner that may act for the vendor creates a customer with a trial", async () => {
  const partner = await somebody(PARTNER);
  await open(partner, "/customer-new");
  await partner.getByText("Your company may not do this on the vendor’s behalf.").waitFor();
  assert.deepEqual(await faults(partner), []);

  await account(KEYSTONE);
  await admin.check("#on_behalf");
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await admin.getByText("Saved. It counts from the next request.").waitFor();

  await open(partner, "/customers");
  await partner.getByRole("link", { name: "Create a customer" }).click();
  await settle(partner);
  await partner.getByRole("button", { name: "Create the customer" }).click();
  await partner.getByRole("link", { name: "Enter the name of the company" }).waitFor();
  assert.deepEqual(await faults(partner), []);
  await partner.fill("#name", "Larkspur Tidal Power");
  await partner.fill("#first_name", "Maeve");
  await partner.fill("#last_name", "Larkin");
  await partner.fill("#email", "maeve.larkin@larkspur.example");
  await partner.selectOption("#time_zone", "Europe/Dublin");
  await partner.selectOption("#trial", { label: "Northlight Render" });
  await partner.getByRole("button", { name: "Create the customer" }).click();
  await partner.getByText("Larkspur Tidal Power is your customer now, with the number").waitFor();
  assert.deepEqual(await faults(partner), []);
  await partner.getByRole("link", { name: "Open the customer" }).click();
  await settle(partner);
  await partner.locator("#summary").getByText("Trial").waitFor();
  await partner.locator("#trials").getByText("Northlight Simulate").waitFor();
  await open(partner, "/customers?search=larkspur");
  await partner.getByRole("link", { name: "Larkspur Tidal Power" }).waitFor();
});

/** R509 */
test("where the vendor decides, the owner asks for the change", async () => {
  await account(HARLOW);
  await call(admin, "PUT", `/api/staff/accounts/${new URL(admin.url()).searchParams.get("id")}/partner`, {
    partner_number: KEYSTONE,
  });
  await open(admin, "/console-accounts");
  await admin.check("#deciding-form [value=vendor]");
  await admin.locator("#deciding-form button").click();
  await admin.getByText("Saved. It counts everywhere within five minutes.").waitFor();
  assert.deepEqual(await faults(admin), []);

  const owner = await somebody(OWNER);
  await open(owner, "/outsiders");
  await owner.getByRole("button", { name: "Let in guests only" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByText("your request goes to our desk").waitFor();
  assert.deepEqual(await faults(owner), []);
  await dialog.getByRole("button", { name: "Ask for the change" }).click();
  await owner.locator("#partner").getByText("Asked for. You get a mail when it is decided").waitFor();
  await owner.locator("#partner").getByText("Automatically").waitFor();
});
