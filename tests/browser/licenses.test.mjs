// R904: the list of licenses: its states, its pages, and that the address says what is shown.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import {
  atHome,
  IN_TWO_ACCOUNTS,
  OWNER,
  OWNER_OF_MANY,
  openPortal,
  PASSWORD,
  SEES_ASSIGNED_ONLY,
  SUSPENDED,
  settle,
  signIn,
} from "./lib/portal.mjs";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

const serials = (/** @type {import("playwright-core").Page} */ page) => page.locator("tbody .serial").allTextContents();

test("a long list is walked page by page, and back", async () => {
  const { page, complaints } = await portal.person({ locale: "de-DE" });
  await signIn(page, OWNER_OF_MANY, "/de");
  await page.goto("/de/licenses");
  await settle(page);
  const first = await serials(page);
  assert.equal(first.length, 50);
  await page.locator("a[rel=next]").click();
  await page.waitForURL(/cursor=/);
  await settle(page);
  const second = await serials(page);
  assert.ok(second.every((serial) => !first.includes(serial)));
  await page.goBack();
  await settle(page);
  assert.deepEqual(await serials(page), first);
  await page.goForward();
  await settle(page);
  await page.locator("a[rel=prev]").click();
  await settle(page);
  assert.deepEqual(await serials(page), first);
  assert.deepEqual(complaints, []);
});

/** R401 */
test("the whole list is one file, however many pages it takes", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER_OF_MANY);
  await page.goto("/licenses");
  await settle(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /CSV/ }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  assert.match(lines[0], /^\ufeff?order,order_date,line,product/);
  assert.equal(lines.length, 181);
});

test("the columns sort, and say so", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await page.goto("/licenses");
  await settle(page);
  const head = (/** @type {string} */ name) => page.getByRole("columnheader", { name });
  assert.equal(await head("Order").getAttribute("aria-sort"), "descending");
  await head("Contract end").getByRole("link").click();
  await page.waitForURL(/sort=end/);
  await settle(page);
  assert.equal(await head("Contract end").getAttribute("aria-sort"), "ascending");
  assert.equal(await head("Order").getAttribute("aria-sort"), null);
});

test("a serial number is found whole, and what is not found is not an empty list", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await page.goto("/licenses");
  await settle(page);
  const [serial] = await serials(page);
  await page.fill("#serial", serial.toLowerCase());
  await page.keyboard.press("Enter");
  await page.waitForURL(/serial=/);
  await settle(page);
  assert.deepEqual(await serials(page), [serial]);
  await page.fill("#serial", "NLD-0000-0000-0000");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("heading", { name: "No license has the serial number NLD-0000-0000-0000" }).waitFor();
  await page.getByRole("link", { name: "Show all licenses" }).click();
  await settle(page);
  assert.ok((await serials(page)).length > 1);
});

test("a serial number is copied with one press", async () => {
  const { page, context } = await portal.person();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, OWNER);
  await page.goto("/licenses");
  await settle(page);
  const [serial] = await serials(page);
  await page.getByRole("button", { name: `Copy serial number ${serial}` }).click();
  await page.getByText(`Serial number ${serial} copied`).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), serial);
});

test("somebody who sees assigned licenses only is told so", async () => {
  const { page } = await portal.person();
  await signIn(page, SEES_ASSIGNED_ONLY);
  await page.goto("/licenses");
  await settle(page);
  await page.getByText("The licenses assigned to you in the account of").waitFor();
});

/** R506 */
test("people of a suspended account read why, and whom to ask", async () => {
  const { page } = await portal.person();
  await signIn(page, SUSPENDED);
  await page.getByRole("heading", { name: /is suspended$/ }).waitFor();
  await page.getByText("The reason given:").waitFor();
  assert.equal(await page.locator("#work").isVisible(), false);
  // What they may not do is not offered either.
  assert.equal(await page.getByRole("link", { name: /activation code/i }).count(), 0);
});

/** R111 R512 */
test("an account is chosen freely, and switched with the password", async () => {
  const { page } = await portal.person();
  await signIn(page, IN_TWO_ACCOUNTS);
  await page.waitForURL(/choose-account/);
  const choices = page.locator("button.pick");
  await choices.nth(1).waitFor();
  await choices.first().click();
  await atHome(page);
  const before = await page.locator(".who [data-fill=account]").textContent();
  await page.goto("/choose-account");
  await settle(page);
  await page.locator("button.pick").first().click();
  await page.fill("#prove-form-password", "not my password at all");
  await page.getByRole("dialog").getByRole("button", { name: "Switch account" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "That is not your password. Try again" }).waitFor();
  await page.fill("#prove-form-password", PASSWORD);
  await page.getByRole("dialog").getByRole("button", { name: "Switch account" }).click();
  await atHome(page);
  assert.notEqual(await page.locator(".who [data-fill=account]").textContent(), before);
});
