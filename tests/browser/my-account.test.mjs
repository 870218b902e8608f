// R201 R202 R205 R207 R208 R112: what a person says of themselves, what is asked for instead, one's data, and the end.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { linkMailedTo, OWNER, openPortal, PASSWORD, SEES_ASSIGNED_ONLY, settle, signIn } from "./lib/portal.mjs";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** @typedef {import("playwright-core").Page} Page */

async function open(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(address);
  await settle(page);
}

const save = (/** @type {Page} */ page) => page.click("#about-form [type=submit]");

/** R201 R202 */
test("a change of the profile is mailed and can be taken back", async () => {
  const { page, complaints } = await portal.person();
  const email = await newcomer(page);
  await open(page, "/profile");
  await page.fill("#last_name", "  Byron ");
  await page.fill("#city", "Nottingham");
  await page.selectOption("#country", "GB");
  await save(page);
  await page.getByText("Your profile is saved.").waitFor();
  // What is stored is what is shown: in the form, and at the top of the page.
  assert.equal(await page.inputValue("#last_name"), "Byron");
  assert.match((await page.locator(".who [data-fill=name]").textContent()) ?? "", /^Ada Byron$/);
  await page.reload();
  await settle(page);
  assert.equal(await page.inputValue("#country"), "GB");

  const { page: elsewhere } = await portal.person();
  await open(elsewhere, await linkMailedTo(page, email, "/take-back"));
  await elsewhere.getByRole("button", { name: "Undo it and sign everyone out" }).click();
  await elsewhere.getByRole("heading", { name: "It is undone" }).waitFor();
  await page.reload();
  await page.waitForURL(/sign-in\?next=profile/);
  await signIn(page, email);
  await open(page, "/profile");
  assert.equal(await page.inputValue("#last_name"), "Lovelace");
  assert.equal(await page.inputValue("#city"), "");
  assert.deepEqual(complaints, []);
});

test("whoever chooses another language goes on in it", async () => {
  const { page } = await portal.person();
  await newcomer(page);
  await open(page, "/profile");
  await page.selectOption("#language", "de");
  await save(page);
  await page.waitForURL(/\/de\/profile$/);
  await page.getByText("Ihr Profil ist gespeichert.").waitFor();
});

test("what cannot be stored is told at its field, and nothing typed is lost", async () => {
  const { page } = await portal.person();
  await newcomer(page);
  await open(page, "/profile");
  await page.fill("#first_name", "");
  await page.fill("#job_title", "Analyst");
  await save(page);
  await page.getByRole("link", { name: "Enter your first name" }).waitFor();
  await page.fill("#first_name", "Ada");
  await page.fill("#phone", "ring me");
  await save(page);
  await page.locator("#phone-error").waitFor();
  assert.equal(await page.inputValue("#phone"), "ring me");
  assert.equal(await page.inputValue("#job_title"), "Analyst");
});

/** R112 */
test("after signing in again one is where one was, with all that was typed", async () => {
  const { page, context } = await portal.person();
  const email = await newcomer(page);
  await open(page, "/profile");
  await page.fill("#job_title", "Countess");
  await page.selectOption("#country", "FR");
  await context.clearCookies({ name: "__Host-portico" });
  await save(page);
  await page.waitForURL(/sign-in\?next=profile/);
  await settle(page);
  await page.fill("#name", email);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/profile$/);
  await settle(page);
  assert.equal(await page.inputValue("#job_title"), "Countess");
  assert.equal(await page.inputValue("#country"), "FR");
  await save(page);
  await page.getByText("Your profile is saved.").waitFor();
});

/** R205 */
test("a nickname is given, and changed", async () => {
  const { page } = await portal.person();
  await newcomer(page);
  await open(page, "/profile");
  assert.match(await page.inputValue("#nickname-input"), /^[a-z0-9-]{8,16}$/);
  await page.fill("#nickname-input", "short");
  await page.click("#nickname-form [type=submit]");
  await page.locator("#nickname-input-error").waitFor();
  await page.fill("#nickname-input", "countess-ada");
  await page.keyboard.press("Enter");
  await page.getByText("You are now countess-ada; the forum follows within five minutes.").waitFor();
  await page.reload();
  await settle(page);
  assert.equal(await page.inputValue("#nickname-input"), "countess-ada");
});

/** R201 */
test("what is an owner's name, or the company's, is asked for", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await open(page, "/profile");
  assert.equal(await page.locator("#last_name").isVisible(), false);
  await page.locator("[data-ask=name]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("First name").fill("Eleanor");
  await dialog.getByRole("button", { name: "Send request" }).click();
  await dialog.getByRole("link", { name: "Enter your last name" }).waitFor();
  await dialog.getByLabel("Last name").fill("Harlow-Finch");
  await dialog.getByRole("button", { name: "Send request" }).click();
  await page.getByText("Your name: Eleanor Harlow-Finch").waitFor();
  // One of a kind waits at a time: it is not offered again.
  assert.equal(await page.locator("[data-ask=name]").isVisible(), false);
  assert.equal(await page.locator("[data-ask=company]").isVisible(), true);
  // The rest of the form is hers.
  await page.fill("#job_title", "Partner");
  await save(page);
  await page.getByText("Your profile is saved.").waitFor();
});

/** R208 */
test("everything held about a person comes as a file", async () => {
  const { page } = await portal.person();
  const email = await newcomer(page);
  await open(page, "/profile");
  await page.getByRole("button", { name: "Download my data" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill("not my password at all");
  await dialog.getByRole("button", { name: "Download my data" }).click();
  await dialog.getByRole("link", { name: "That is not your password. Try again" }).waitFor();
  await dialog.getByLabel("Your password").fill(PASSWORD);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download my data" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^portico-my-data-\d{4}-\d{2}-\d{2}\.json$/);
  const held = await readFile(await download.path(), "utf8");
  assert.ok(held.includes(email));
  assert.equal(typeof JSON.parse(held), "object");
});

/** R207 */
test("a login is closed, and says so when it is used again", async () => {
  const { page } = await portal.person();
  const email = await newcomer(page);
  await open(page, "/profile");
  await page.getByRole("link", { name: "Close my login" }).click();
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Close my login" }).click();
  await page.getByRole("link", { name: "Tick this box if you want to close your login" }).waitFor();
  await page.check("#close-sure");
  await page.getByRole("button", { name: "Close my login" }).click();
  await page.waitForURL(/sign-in\?because=login_closed/);
  await page.getByText("Your login is closed and you are signed out.").waitFor();
  await page.fill("#name", email);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await page.getByRole("heading", { name: "This login is being closed" }).waitFor();
});

/** R207 */
test("an owner reads why their login stays, and what to ask for", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await open(page, "/close-login");
  await page.getByRole("heading", { name: "You are the license contact of a company" }).waitFor();
  await page.getByRole("link", { name: "Ask for another license contact" }).click();
  await page.waitForURL(/\/profile#ask-contact$/);
  await page.getByRole("dialog").getByLabel("E-mail address").waitFor();
});

/** R112 */
test("the menu leads to the profile with the keyboard alone, and a dialog gives the focus back", async () => {
  const { page } = await portal.person();
  await signIn(page, SEES_ASSIGNED_ONLY);
  await page.locator(".who").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/profile$/);
  await settle(page);
  await page.locator("[data-ask=company]").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-ask")), "company");
});

for (const viewport of [
  { width: 375, height: 760 },
  { width: 1280, height: 800 },
]) {
  test(`everybody can use dialogs and errors of the profile at ${viewport.width} pixels`, async () => {
    const { page, context } = await portal.person({ viewport, bypassCSP: true });
    await context.addInitScript(AXE);
    await signIn(page, SEES_ASSIGNED_ONLY);
    await open(page, "/profile");
    await page.fill("#first_name", "");
    await save(page);
    await page.locator("#first_name-error").waitFor();
    assert.deepEqual(await faults(page), []);
    await page.locator("[data-ask=license_contact]").click();
    await page.getByRole("dialog").getByRole("button", { name: "Send request" }).click();
    await page.locator("#ask-contact-email-error").waitFor();
    assert.deepEqual(await faults(page), []);
  });
}
