// R502–R507 as a partner meets them: its customers in a list, and one of them from within.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { openPortal, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** A manager of Keystone, which looks after six customers. */
const MANAGER = "jamal.greene@keystonedesign.example";
/** Another partner, in German, one of whose customers lets in guests alone. */
const OTHER = "katrin.vogt@meridian-cad.example";
/** Prairie Wind, a customer of Keystone's. */
const PRAIRIE = "C10464";
const PRAIRIE_OWNER = "rosa.sorensen@prairiewind.example";

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

const names = (/** @type {Page} */ page) => page.locator("#customers tbody .lead :is(a, b)").allTextContents();

/** The id of a customer, as its partner's list has it. */
async function customer(/** @type {Page} */ page, /** @type {string} */ number) {
  const { items } = await call(page, "GET", `/api/partner/customers?search=${number}`);
  return items[0].id;
}

/** R503 */
test("a partner finds, filters and sorts its customers, and the address keeps how", async () => {
  const page = await somebody(MANAGER);
  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await settle(page);
  const all = await names(page);
  assert.equal(all.length, 6);
  assert.deepEqual(all, [...all].sort());
  assert.deepEqual(await faults(page), []);

  await page.fill("#search", "gran");
  await page.getByRole("button", { name: "Find" }).click();
  await settle(page);
  assert.deepEqual(await names(page), ["Granite Peak Surveying"]);
  assert.equal(new URL(page.url()).search, "?search=gran");
  await page.fill("#search", PRAIRIE);
  await page.getByRole("button", { name: "Find" }).click();
  await settle(page);
  assert.deepEqual(await names(page), ["Prairie Wind Turbine Services Inc."]);

  await page.selectOption("#status", "suspended");
  await page.fill("#search", "");
  await page.getByRole("button", { name: "Find" }).click();
  await heading(page, "No customer fits these filters");
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await settle(page);
  assert.deepEqual(await names(page), all);

  await page.selectOption("#product", { label: "Northlight Studio" });
  await settle(page);
  assert.deepEqual(await names(page), ["Blue Heron Boatworks"]);
  await page.reload();
  await settle(page);
  assert.deepEqual(await names(page), ["Blue Heron Boatworks"]);
  assert.equal(await page.locator("#product option:checked").textContent(), "Northlight Studio");
  await page.goBack();
  await settle(page);
  assert.deepEqual(await names(page), all);

  await page.getByRole("link", { name: "Next renewal" }).click();
  await settle(page);
  assert.equal(new URL(page.url()).search, "?sort=renewal");
  assert.equal((await names(page))[0], "Hudson Yard Stage & Rigging");
  await page.setViewportSize({ width: 360, height: 800 });
  assert.deepEqual(await faults(page), []);
});

/** R503 */
test("the list goes on page by page, and says what it may of a customer that lets in guests only", async () => {
  const page = await somebody(OTHER);
  await open(page, "/de/customers");
  const row = page.locator("#customers tbody tr", { hasText: "Technische Hochschule Albstadt" });
  await row.getByText("Lässt nur Gäste herein", { exact: true }).waitFor();
  assert.equal(await row.getByRole("link").count(), 0);

  // Six customers are no two pages: the answers are made.
  const { items } = await call(page, "GET", "/api/partner/customers");
  await page.route("**/api/partner/customers?*", async (route) => {
    const second = new URL(route.request().url()).searchParams.get("cursor") === "second";
    await route.fulfill({ json: second ? { items: [items[1]], next: null } : { items: [items[0]], next: "second" } });
  });
  await open(page, "/de/customers?status=active");
  assert.deepEqual(await names(page), [items[0].name]);
  await page.click("a[rel=next]");
  await settle(page);
  assert.deepEqual(await names(page), [items[1].name]);
  assert.equal(new URL(page.url()).search, "?status=active&cursor=second");
  await page.click("a[rel=prev]");
  await settle(page);
  assert.deepEqual(await names(page), [items[0].name]);
});

/** R507 */
test("a partner is not offered to make managers, and reads who does", async () => {
  const owner = await somebody(PRAIRIE_OWNER);
  const kim = { first_name: "Kim", last_name: "Gordon", language: "en", permissions: [] };
  for (const role of ["manager", "member"]) {
    const sent = { ...kim, email: `kim.${role}@prairiewind.example`, role };
    await call(owner, "POST", "/api/team/invitations", sent);
  }
  const page = await somebody(MANAGER);
  const id = await customer(page, PRAIRIE);
  const hint = () => page.getByText("Account managers are made and changed by").filter({ visible: true }).waitFor();
  await open(page, `/team-invite?customer=${id}`);
  await hint();
  assert.equal(await page.locator("[name=role][value=manager]").isVisible(), false);
  assert.deepEqual(await faults(page), []);

  await open(page, `/team?customer=${id}`);
  await page.getByRole("link", { name: "Miguel Jefferson" }).click();
  await settle(page);
  await page.getByRole("button", { name: "Change" }).click();
  await hint();
  const role = (/** @type {string} */ value) => page.getByRole("dialog").locator(`[name=role][value=${value}]`);
  assert.deepEqual([await role("member").isVisible(), await role("manager").isVisible()], [true, false]);
  assert.deepEqual(await faults(page), []);
  // One that there is: noted, and not switched off.
  await open(page, `/team?customer=${id}`);
  await page.getByRole("link", { name: "Imani Alvarez" }).click();
  await hint();
  assert.equal(await page.getByRole("heading", { name: "Access" }).isVisible(), false);
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("dialog").getByLabel("Job title").fill("Foreman");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Foreman").waitFor();
  await page.locator("[data-fill=line]").getByText("Account manager").waitFor();

  await open(page, `/invitations?customer=${id}`);
  const buttons = (/** @type {string} */ email) =>
    page.getByRole("row").filter({ hasText: email }).getByRole("button").allTextContents();
  assert.deepEqual(await buttons("kim.manager@"), ["Revoke"]);
  assert.deepEqual(await buttons("kim.member@"), ["Send again", "Copy link", "Revoke"]);
  assert.deepEqual(await faults(page), []);

  await open(page, `/team-bulk?customer=${id}`);
  await page.fill("#csv", "ann@prairiewind.example,Ann,Lee,manager");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByText("Account managers are made by the license contact").waitFor();
  assert.deepEqual(await faults(page), []);
});

/** R502 R504 R505 R507 R513 */
test("a partner works in a customer’s account, every page of it says so, and the customer reads it", async () => {
  const page = await somebody(MANAGER);
  const id = await customer(page, PRAIRIE);
  await open(page, `/customer?id=${id}`);
  await heading(page, "Prairie Wind Turbine Services Inc.");
  await page.locator("#summary").getByText("Northlight Render").first().waitFor();
  assert.deepEqual(await faults(page), []);

  for (const [button, ending] of [
    ["Export CSV", "csv"],
    ["Export JSON", "json"],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^${PRAIRIE}-.*\\.${ending}$`));
  }

  await page.getByRole("main").getByRole("link", { name: "Team Invite people" }).click();
  await settle(page);
  await page
    .getByText(`You are looking after Prairie Wind Turbine Services Inc. (${PRAIRIE}) as its partner.`)
    .waitFor();
  await heading(page, "Team");
  // What would lead into one's own account by mistake: there is no such link.
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll("a")]
      .filter((it) => /^\/(team|member|licenses?|summary|invitations|team-invite|team-bulk)$/.test(it.pathname))
      .filter((it) => !it.search.includes("customer="))
      .map((it) => it.href),
  );
  assert.deepEqual(lost, []);
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: "Miguel Jefferson" }).click();
  await settle(page);
  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await page.getByText("Miguel Jefferson is deactivated.").waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  await settle(page);
  assert.equal(await page.locator(".band").isVisible(), false);

  const owner = await somebody(PRAIRIE_OWNER);
  await open(owner, "/outsiders");
  const entry = owner.locator("#activity li", { hasText: "Miguel Jefferson" }).first();
  await entry.getByText("by Jamal Greene").waitFor();
  await entry.getByText("Partner Keystone Design Software, Inc.").waitFor();
  assert.deepEqual(await faults(owner), []);
});

/** R512 */
test("a link to an account that is no customer leads back to those that are", async () => {
  const page = await somebody(MANAGER);
  const other = await somebody(OTHER);
  const theirs = await customer(other, "C10408");
  for (const address of [
    `/customer?id=${theirs}`,
    `/team?customer=${theirs}`,
    "/licenses?customer=acc_none",
    "/summary?customer=x",
    "/customer",
  ]) {
    await open(page, address);
    await heading(page, "This is not one of your customers");
    assert.deepEqual(await faults(page), []);
    await page.getByRole("main").getByRole("link", { name: "All customers" }).click();
    await heading(page, "Customers");
  }
});
