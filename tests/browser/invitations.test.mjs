// Invitations, from both ends: whoever looks after a team sends, follows and takes them back; whoever is invited comes in
// with a new login or the one they have, and a link that is of no use says why.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { linkMailedTo, OWNER, openPortal, PASSWORD, SEES_ASSIGNED_ONLY, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

const ACCOUNT = "Harlow & Finch";
const NEW_PASSWORD = "seven brass lanterns hum";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
/** @type {Page} */
let owner;
before(async () => {
  portal = await openPortal();
  ({ page: owner } = await somebody({ permissions: ["clipboard-read", "clipboard-write"] }));
  await signIn(owner, OWNER);
});
after(() => portal.close());

let count = 0;
/** An address that nobody has. */
function address() {
  count += 1;
  return `invited.${process.pid}.${count}@engine.example`;
}

/** A fresh browser, with what finds faults in pages. */
async function somebody(/** @type {import("playwright-core").BrowserContextOptions} */ options = {}) {
  const { page, context, complaints } = await portal.person({ bypassCSP: true, ...options });
  await context.addInitScript(AXE);
  return { page, context, complaints };
}

/** The owner invites; the link of the mail. */
async function invite(/** @type {string} */ email, role = "member") {
  const body = { email, first_name: "Mary", last_name: "Somerville", role, permissions: [], language: "en" };
  await call(owner, "POST", "/api/team/invitations", body);
  return linkMailedTo(owner, email, "/accept");
}

/** Opens a link afresh, as a mail program does. */
async function open(/** @type {Page} */ page, /** @type {string} */ link) {
  await page.goto("about:blank");
  await page.goto(link);
  await settle(page);
  assert.ok(!page.url().includes("token"), "the link leaves the address bar");
}

const heading = (/** @type {Page} */ page, /** @type {string | RegExp} */ name) =>
  page.getByRole("heading", { name, level: 1 }).waitFor();
const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** The row of an address in the list of invitations, once its state is as wanted. */
async function rowOf(/** @type {string} */ email, /** @type {string} */ state) {
  const row = owner.locator("#invitations tbody tr", { hasText: email });
  for (let tries = 0; ; tries += 1) {
    await owner.goto("/invitations");
    await settle(owner);
    if ((await row.getByText(state, { exact: true }).count()) > 0) {
      return row;
    }
    assert.ok(tries < 20, `${await row.textContent()} is not ${state}`);
    await owner.waitForTimeout(250);
  }
}

/** R303 R309 */
test("whoever is new makes a login and belongs to the account", async () => {
  const { page, complaints } = await somebody();
  const wrong = [];
  const email = address();
  const link = await invite(email);
  await rowOf(email, "Delivered");

  await open(page, link);
  await heading(page, "Eleanor Harlow invites you");
  await page.getByText(ACCOUNT).first().waitFor();
  assert.equal(await page.inputValue("#email"), email);
  assert.equal(await page.inputValue("#first_name"), "Mary");
  wrong.push(...(await faults(page)));
  await rowOf(email, "Link opened");

  await page.fill("#password", "too short");
  await page.getByText("6 more characters needed").first().waitFor();
  await page.getByRole("button", { name: "Create my login and join" }).click();
  await page.getByRole("link", { name: "Accept the terms of use" }).waitFor();
  assert.equal(await page.inputValue("#first_name"), "Mary", "nothing typed is lost");
  wrong.push(...(await faults(page)));
  await page.fill("#password", NEW_PASSWORD);
  await page.check("#terms");
  await page.getByRole("button", { name: "Create my login and join" }).click();
  await heading(page, /^You belong to Harlow & Finch/);
  assert.match((await focused(page)) ?? "", /^You belong to/);
  wrong.push(...(await faults(page)));
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await page.locator("[data-fill=account-line]", { hasText: "Member" }).waitFor();
  await settle(page);

  await rowOf(email, "Accepted");
  await open(page, link);
  await heading(page, "This invitation was accepted already");
  wrong.push(...(await faults(page)));
  assert.deepEqual(wrong, []);
  assert.deepEqual(complaints, []);
});

/** R304 */
test("whoever has a login signs in, comes back and joins", async () => {
  const { page, context, complaints } = await somebody();
  const email = await newcomer(page);
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await open(page, await invite(email, "manager"));
  await page.getByText(`There is a login for ${email} already.`).waitFor();
  await page.locator(".invited", { hasText: "Account manager" }).waitFor();
  await page.getByRole("link", { name: "Sign in and go on" }).click();
  await page.waitForURL(/\/sign-in\?next=accept$/);
  await settle(page);
  assert.equal(await page.inputValue("#name"), email, "the name comes along, and not in the address");
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/accept$/);
  await settle(page);
  await page.getByText(`You are signed in as ${email}.`).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: /^Join Harlow & Finch/ }).click();
  await heading(page, /^You belong to Harlow & Finch/);
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await page.locator("[data-fill=account-line]", { hasText: "Account manager" }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem("invitation")), null, "the link is not kept");
  assert.deepEqual(complaints, []);
});

/** R309 */
test("whoever is signed in as somebody else reads for whom it is, and can go on", async () => {
  const { page } = await somebody();
  const mine = await newcomer(page);
  const email = address();
  await open(page, await invite(email));
  await heading(page, "This invitation is for somebody else");
  const both = page.locator("dl.invited");
  await both.getByText(email).waitFor();
  await both.getByText(mine).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Sign out and go on" }).click();
  await page.getByRole("button", { name: "Create my login and join" }).waitFor();
  assert.equal(await page.inputValue("#email"), email);
});

/** R304 */
test("an invitation waits on the overview, where it is joined or declined", async () => {
  const { page } = await somebody();
  const email = await newcomer(page);
  const link = await invite(email);
  await page.goto("/");
  await page.getByRole("heading", { name: "An invitation waits for you" }).waitFor();
  await settle(page);
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Decline the invitation" }).click();
  await page.getByRole("button", { name: "Decline the invitation", exact: true }).last().click();
  await page.getByText("You declined the invitation").waitFor();
  await rowOf(email, "Declined");
  await open(page, link);
  await heading(page, "This invitation was declined");

  await invite(email);
  await page.goto("/");
  await page.getByRole("button", { name: /^Join Harlow & Finch/ }).click();
  await page.locator("[data-fill=account-line]", { hasText: "Member" }).waitFor();
  await rowOf(email, "Accepted");
});

/** R309 */
test("a link that is of no use says why, and what to do", async () => {
  const { page } = await somebody();
  const email = address();
  const first = await invite(email);

  const row = await rowOf(email, "Delivered");
  await row.getByRole("button", { name: "Copy link for Mary Somerville" }).click();
  const dialog = owner.locator("#copy");
  await dialog.getByText("The one in the mail stops working.").waitFor();
  assert.deepEqual(await faults(owner), []);
  await dialog.getByRole("button", { name: "Make a fresh link" }).click();
  await dialog.getByRole("button", { name: "Copy the link" }).click();
  await dialog.getByText("The link is copied.").waitFor();
  const handed = await owner.evaluate(() => navigator.clipboard.readText());
  assert.equal(handed, await owner.inputValue("#link"));
  await dialog.getByRole("button", { name: "Close" }).click();
  // It is shown once.
  await owner.waitForFunction(() => /** @type {HTMLInputElement} */ (document.getElementById("link")).value === "");

  await open(page, first);
  await heading(page, "This link no longer works");
  await open(page, handed);
  await page.getByText("This link did not come by mail").waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: "Create your login" }).click();
  await settle(page);
  assert.equal(await page.inputValue("#email"), email);

  await (await rowOf(email, "Link opened")).getByRole("button", { name: "Revoke the invitation of" }).click();
  await owner.getByRole("heading", { name: "Revoke the invitation of Mary Somerville?" }).waitFor();
  await owner.getByRole("button", { name: "Revoke the invitation", exact: true }).click();
  await owner.getByText("The invitation of Mary Somerville is revoked.").waitFor();
  await open(page, handed);
  await heading(page, "This invitation was taken back");

  // Three days do not pass here: the answer is the one of the tests of the API.
  await page.route("**/api/sign-up/invitations/looks", (route) =>
    route.fulfill({ status: 410, json: { code: "invitation_expired", request_id: "x" } }),
  );
  await open(page, handed);
  await heading(page, "This invitation has expired");
  assert.deepEqual(await faults(page), []);
});

/** R301 */
test("whoever does not look after the team reads why not, and who does", async () => {
  const { page } = await somebody();
  await signIn(page, SEES_ASSIGNED_ONLY);
  for (const address of ["/invitations", "/team-bulk"]) {
    await page.goto(address);
    await settle(page);
    await page.getByText("Only the license contact and account managers can do this.").waitFor();
    await page.getByText("Eleanor Harlow").waitFor();
    assert.deepEqual(await faults(page), []);
  }
});
