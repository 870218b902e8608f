// R110 R203 R204 R206: how a person signs in: password, address, second factor, sessions, and an owner's rule.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeOf } from "./lib/authenticator.mjs";
import { AXE, faults } from "./lib/axe.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import {
  atHome,
  linkMailedTo,
  OWNER,
  openPortal,
  PASSWORD,
  SEES_ASSIGNED_ONLY,
  settle,
  signIn,
} from "./lib/portal.mjs";

const ANOTHER = "a comet above five quiet barns";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** @typedef {import("playwright-core").Page} Page */

async function openSecurity(/** @type {Page} */ page, place = "") {
  await page.goto("about:blank");
  await page.goto(`/security${place}`);
  await settle(page);
}

/** Fills in the sign-in page and sends it. */
async function tryToSignIn(/** @type {Page} */ page, /** @type {string} */ name, password = PASSWORD) {
  await page.goto("/sign-in?because=needed");
  await settle(page);
  await page.fill("#name", name);
  await page.fill("#password", password);
  await page.click("button[type=submit]");
}

/** Confirms in the dialog, with a code where one is asked for. */
async function prove(/** @type {Page} */ page, code = "") {
  await page.fill("#prove-form-password", PASSWORD);
  if (code) {
    await page.fill("#prove-form-code", code);
  }
  await page.click("#prove-form [type=submit]");
}

/** Sets up a second factor on the page of sign-in data; gives back its secret and the recovery codes. */
async function enrol(/** @type {Page} */ page) {
  await page.getByRole("button", { name: "Set up" }).click();
  await prove(page);
  await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  const secret = (await page.locator("[data-fill=secret]").textContent()) ?? "";
  await page.fill("#factor-code", codeOf(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("heading", { name: "Keep your recovery codes" }).waitFor();
  const codes = await page.locator(".recovery-codes li").allTextContents();
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByRole("link", { name: "Keep the codes first, then tick this box" }).waitFor();
  await page.check("#codes-kept");
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByText("10 of 10").waitFor();
  return { secret, codes };
}

/** R203 */
test("a new password counts at once and ends every other session", async () => {
  const { page } = await portal.person();
  const { page: elsewhere } = await portal.person();
  const email = await newcomer(page);
  await signIn(elsewhere, email);
  await openSecurity(page, "#password");
  await page.fill("#password-form-password", PASSWORD);
  await page.fill("#new_password", "passwordpassword");
  await page.click("#password-form [type=submit]");
  await page.locator("#new_password-error").waitFor();
  await page.fill("#password-form-password", PASSWORD);
  await page.fill("#new_password", ANOTHER);
  await page.locator(".password-meter[data-level='3'], .password-meter[data-level='4']").waitFor();
  await page.click("#password-form [type=submit]");
  await page.getByText("Your new password counts from now on.").waitFor();
  await page.reload();
  await settle(page);
  assert.match(page.url(), /\/security/);
  await elsewhere.reload();
  await elsewhere.waitForURL(/sign-in/);
  await tryToSignIn(elsewhere, email);
  await elsewhere.getByText("That name and password do not match.").waitFor();
  await tryToSignIn(elsewhere, email, ANOTHER);
  await atHome(elsewhere);
});

/** R204 */
test("another address counts once its link is opened and the password entered", async () => {
  const { page } = await portal.person();
  const email = await newcomer(page);
  const wanted = `new.${email}`;
  await openSecurity(page, "#email");
  await page.fill("#new_email", wanted);
  await page.fill("#email-form-password", PASSWORD);
  await page.click("#email-form [type=submit]");
  await page.getByText(`We mailed a link to ${wanted}.`).waitFor();
  await page.goto(await linkMailedTo(page, wanted, "/confirm-email"));
  await settle(page);
  await page.fill("#password", PASSWORD);
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await page.getByRole("heading", { name: "Your new address is confirmed" }).waitFor();
  await tryToSignIn(page, wanted);
  await atHome(page);
  await openSecurity(page);
  await page.locator("#email").getByText(wanted).waitFor();
});

/** R110 */
test("a second factor is set up, asked for, replaced by a recovery code, and switched off", async () => {
  const { page, complaints } = await portal.person();
  const email = await newcomer(page);
  await openSecurity(page, "#second-factor");
  const { secret, codes } = await enrol(page);
  assert.equal(new Set(codes).size, 10);

  const { page: phone } = await portal.person();
  await tryToSignIn(phone, email);
  await phone.fill("#code", "000000");
  await phone.click("button[type=submit]");
  await phone.locator("#code-error").waitFor();
  // The code that switched it on is used up; the next one is good already.
  await phone.fill("#code", codeOf(secret, 1));
  await phone.click("button[type=submit]");
  await atHome(phone);

  await page.getByRole("button", { name: "New recovery codes" }).click();
  await page.locator("#prove-form [data-code] button").click();
  await prove(page, codes[0].toLowerCase());
  await page.getByRole("heading", { name: "Keep your recovery codes" }).waitFor();
  const [fresh] = await page.locator(".recovery-codes li").allTextContents();
  await page.check("#codes-kept");
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  await prove(page, codes[1]);
  await page.locator("#prove-form-code-error").waitFor();
  // The password was right: only the code is typed anew.
  assert.equal(await page.inputValue("#prove-form-password"), PASSWORD);
  await prove(page, fresh);
  await page.getByText("Your second factor is off.").waitFor();
  await page.getByRole("button", { name: "Set up" }).waitFor();
  assert.deepEqual(complaints, []);
});

/** R110 */
test("an owner requires a second factor of everyone, who then set one up before they go on", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await openSecurity(page, "#account-rule");
  assert.equal(await page.locator("[data-act=rule]").isVisible(), false);
  const { codes } = await enrol(page);
  await page.getByRole("button", { name: "Require it of everyone" }).click();
  await prove(page, codes[0]);
  await page.getByRole("button", { name: "No longer require it" }).waitFor();
  assert.equal(await page.locator("[data-act=switch-off]").isVisible(), false);

  const { page: member } = await portal.person();
  await signIn(member, SEES_ASSIGNED_ONLY);
  await member.getByRole("heading", { name: /asks for a second factor$/ }).waitFor();
  // What would be refused is not offered.
  assert.equal(await member.getByRole("navigation").getByRole("link", { name: "Licenses" }).count(), 0);
  await member.goto("/licenses");
  await member.getByRole("link", { name: "Set up my second factor" }).click();
  await member.waitForURL(/\/security#second-factor$/);
  await settle(member);
  await enrol(member);
  await member.getByText("you can work in the account of").waitFor();
  await member.getByRole("link", { name: "Go to the overview" }).click();
  await member.locator(".account-line").waitFor();
  await member.getByRole("navigation").getByRole("link", { name: "Licenses" }).waitFor();
});

/** R204 */
test("an owner asks for another address", async () => {
  const { page } = await portal.person();
  await signIn(page, "ines.moreau@atelier-moreau.example", "/fr");
  await page.goto("/fr/security");
  await settle(page);
  await page.locator("[data-ask=email]").click();
  await page.fill("#ask-email-email", "ines@moreau.example");
  await page.click("#ask-email-form [type=submit]");
  await page.getByText("Changement demandé").waitFor();
});

/** R206 */
test("sessions are seen, and ended one by one or all at once", async () => {
  const { page } = await portal.person();
  const email = await newcomer(page);
  const others = await Promise.all([portal.person(), portal.person(), portal.person()]);
  for (const other of others) {
    await signIn(other.page, email);
  }
  await openSecurity(page, "#sessions");
  const rows = page.locator("#sessions li");
  assert.equal(await rows.count(), 4);
  assert.match((await rows.first().textContent()) ?? "", /This session/);
  await page.locator("#sessions li button").first().click();
  await page.getByText(/^The session .* has ended\.$/).waitFor();
  assert.equal(await rows.count(), 3);
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await page.getByText("All your other sessions have ended.").waitFor();
  assert.equal(await rows.count(), 1);
  for (const other of others) {
    await other.page.reload();
    await other.page.waitForURL(/sign-in/);
  }
  await page.reload();
  await settle(page);
  assert.equal(await rows.count(), 1);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`everybody can use each state of the page: ${colorScheme}, on a phone`, async () => {
    const { page, context } = await portal.person({
      colorScheme,
      viewport: { width: 375, height: 760 },
      bypassCSP: true,
    });
    await context.addInitScript(AXE);
    await newcomer(page);
    await openSecurity(page);
    await page.locator("#password summary").focus();
    await page.keyboard.press("Enter");
    await page.click("#password-form [type=submit]");
    await page.locator("#new_password-error").waitFor();
    await page.locator("#email summary").click();
    assert.deepEqual(await faults(page), []);
    await page.getByRole("button", { name: "Set up" }).click();
    assert.deepEqual(await faults(page), []);
    await prove(page);
    await page.locator(".qr svg").waitFor();
    assert.deepEqual(await faults(page), []);
    await page.fill("#factor-code", codeOf((await page.locator("[data-fill=secret]").textContent()) ?? ""));
    await page.getByRole("button", { name: "Switch on" }).click();
    await page.locator(".recovery-codes li").first().waitFor();
    assert.deepEqual(await faults(page), []);
  });
}
