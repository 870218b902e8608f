// The links that letters about one's own login carry: a new address is confirmed, and a change that was not one's own
// is taken back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { atHome, linkMailedTo, openPortal, PASSWORD, settle } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

const BAD_TOKEN = "token=bm90LWEtcmVhbC10b2tlbi1hdC1hbGwtanVzdC1sb25n";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Somebody new, signed in. */
async function somebody() {
  const { page, context, complaints } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  return { page, context, complaints, email: await newcomer(page) };
}

/** Opens a link of a mail afresh, as a mail program does. */
async function open(/** @type {Page} */ page, /** @type {string} */ link) {
  await page.goto("about:blank");
  await page.goto(link);
  await settle(page);
  assert.ok(!page.url().includes("token"), "the link leaves the address bar");
}

/** Confirms the new address, with a password. */
async function confirm(/** @type {Page} */ page, password = PASSWORD) {
  await page.fill("#password", password);
  await page.getByRole("button", { name: "Confirm this address" }).click();
}

const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** R202 R204 */
test("a new address is confirmed, and can be taken back from the old one", async () => {
  const { page, context, complaints, email } = await somebody();
  const wrong = [];
  const address = `new.${email}`;
  await call(page, "POST", "/api/profile/email", { email: address, password: PASSWORD });
  const before = await linkMailedTo(page, email, "/take-back");
  const link = await linkMailedTo(page, address, "/confirm-email");

  await open(page, link);
  wrong.push(...(await faults(page)));
  assert.equal((await context.request.get("/api/session")).status(), 200, "opening changes nothing");
  await confirm(page, "");
  await page.getByRole("link", { name: "Enter your password" }).waitFor();
  await page.fill("#password", "to be seen");
  await page.getByRole("button", { name: "Show password" }).click();
  assert.equal(await page.getAttribute("#password", "type"), "text");
  await confirm(page, "not the password at all");
  await page.locator("#password-error").getByText("That is not your password.").waitFor();
  assert.equal(await page.inputValue("#password"), "", "passwords are not kept");
  wrong.push(...(await faults(page)));
  assert.equal((await context.request.get("/api/session")).status(), 200, "the link alone changes nothing");
  await confirm(page);
  await page.getByRole("heading", { name: "Your new address is confirmed" }).waitFor();
  assert.equal(await focused(page), "Your new address is confirmed");
  await page.getByText(`From now on you sign in as ${address}.`).waitFor();
  wrong.push(...(await faults(page)));
  assert.equal((await context.request.get("/api/session")).status(), 401, "all sessions have ended");
  await page.getByRole("link", { name: "Sign in with the new address" }).click();
  await page.getByText("Your new address is confirmed. Sign in with it.").waitFor();
  await settle(page);
  assert.equal(await page.inputValue("#name"), address);

  await open(page, link);
  await confirm(page);
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  wrong.push(...(await faults(page)));

  let undo = before;
  for (let tries = 0; undo === before && tries < 60; tries += 1) {
    await page.waitForTimeout(250);
    undo = await linkMailedTo(page, email, "/take-back");
  }
  await open(page, undo);
  wrong.push(...(await faults(page)));
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByRole("heading", { name: "It is undone" }).waitFor();
  assert.equal(await focused(page), "It is undone");
  await page.getByText("Your former address is yours again").waitFor();
  wrong.push(...(await faults(page)));
  // Whoever changed the address knew the password.
  await page.getByRole("link", { name: "Choose a new password" }).click();
  await page.waitForURL(/\/forgot$/);
  assert.deepEqual(wrong, []);
  assert.deepEqual(complaints, []);
});

/** R202 */
test("a changed profile is taken back, once", async () => {
  const { page, email } = await somebody();
  const {
    email: _,
    email_proven,
    user_name,
    nickname,
    owner,
    company,
    second_factor,
    requests,
    ...details
  } = await call(page, "GET", "/api/profile");
  await call(page, "PUT", "/api/profile", { ...details, job_title: "Pirate" });
  const link = await linkMailedTo(page, email, "/take-back");
  await open(page, link);
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByText("Your profile is as it was before.").waitFor();
  await page.getByRole("link", { name: "Sign in", exact: true }).click();
  await page.getByText("The change is undone and everyone is signed out. Sign in again.").waitFor();
  await settle(page);
  await page.fill("#name", email);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await atHome(page);
  assert.equal((await call(page, "GET", "/api/profile")).job_title, details.job_title);

  await open(page, link);
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  assert.match((await page.getByRole("link", { name: "Write to support" }).getAttribute("href")) ?? "", /^mailto:/);
  assert.deepEqual(await faults(page), []);
});

test("links that mean nothing explain themselves", async () => {
  const { page } = await portal.person();
  const press = (/** @type {Page} */ page) =>
    page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  for (const [path, act] of /** @type {const} */ ([
    ["/confirm-email", confirm],
    ["/take-back", press],
  ])) {
    await page.goto(path);
    await page.getByRole("heading", { name: "This link is incomplete" }).waitFor();
    await page.goto("about:blank");
    await page.goto(`${path}#${BAD_TOKEN}`);
    await settle(page);
    await act(page);
    await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  }
});

test("an address that another login has got in the meantime is told", async () => {
  const { page } = await portal.person();
  await page.route("**/api/profile/email/confirmations", (route) =>
    route.fulfill({ status: 409, json: { code: "address_taken" } }),
  );
  await page.goto(`/confirm-email#${BAD_TOKEN}`);
  await settle(page);
  await confirm(page);
  await page.getByRole("heading", { name: "This address belongs to another login" }).waitFor();
});

/** R202 */
test("a second factor that a link leaves as it is, is not called undone", async () => {
  const { page } = await portal.person();
  await page.route("**/api/profile/reversals", (route) =>
    route.fulfill({ json: { what: "second_factor", password_removed: true } }),
  );
  await page.goto(`/take-back#${BAD_TOKEN}`);
  await settle(page);
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByRole("heading", { name: "Everyone is signed out" }).waitFor();
  assert.equal(await focused(page), "Everyone is signed out");
  await page.getByText("After any other change it stays as it is for now").waitFor();
  await page.getByRole("link", { name: "Choose a new password" }).waitFor();
});

test("without a connection the page says so and the link stays good", async () => {
  const { page, context } = await portal.person();
  await page.goto(`/take-back#${BAD_TOKEN}`);
  await settle(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByText("You seem to be offline.").waitFor();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
});
