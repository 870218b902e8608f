// A forgotten password: from the sign-in page by way of the mail back to it; and the first sign-in with an activation
// code.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { atHome, linkMailedTo, openPortal, PASSWORD, settle } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

const NEW_PASSWORD = "seven brass lanterns hum";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Somebody new at a browser that is signed out. */
async function somebody(/** @type {import("playwright-core").BrowserContextOptions} */ options = {}) {
  const { page, context, complaints } = await portal.person(options);
  const email = await newcomer(page);
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  return { page, context, complaints, email };
}

/** Asks for a link on the page, from its address. */
async function ask(/** @type {Page} */ page, /** @type {string} */ name, root = "") {
  await page.goto(`${root}/forgot`);
  await settle(page);
  await page.fill("#name", name);
  await page.click("[data-step=ask] button[type=submit]");
  await page.locator("[data-step=sent] h1").waitFor();
}

/** The link to set a password in the newest mail, after the one that was seen. */
async function nextLink(/** @type {Page} */ page, /** @type {string} */ email, /** @type {string} */ seen) {
  for (let tries = 0; tries < 60; tries += 1) {
    const link = await linkMailedTo(page, email, "/reset");
    if (link !== seen) {
      return link;
    }
    await page.waitForTimeout(250);
  }
  throw new Error("no other link came");
}

async function signInWith(/** @type {Page} */ page, /** @type {string} */ password) {
  await page.fill("#password", password);
  await page.click("button[type=submit]");
}

const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** R106 R108 */
test("somebody who forgot the password sets a new one and signs in with it", async () => {
  const { page, complaints, email } = await somebody();
  await page.goto("/sign-in");
  await settle(page);
  await page.fill("#name", email);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL(/\/forgot$/);
  await settle(page);
  assert.equal(await page.inputValue("#name"), email, "the name comes along, and not in the address");
  await page.click("button[type=submit]");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  assert.equal(await focused(page), "Check your mail");
  await page.getByText(`If there is a login for ${email}`).first().waitFor();
  await page.getByText("The link works once, for 10 minutes").waitFor();

  await page.goto(await linkMailedTo(page, email, "/reset"));
  await settle(page);
  assert.ok(!page.url().includes("token"), "the link leaves the address bar");
  await page.fill("#password", "too short");
  await page.getByText("6 more characters needed").first().waitFor();
  await page.click("button[type=submit]");
  await page.locator("#password-error").waitFor();
  await page.fill("#password", "passwordpassword");
  await page.click("button[type=submit]");
  await page.getByRole("link", { name: "This password is easy to guess" }).waitFor();
  await page.fill("#password", NEW_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/sign-in\?because=password_set$/);
  await page.getByText("Your new password is set. Sign in with it.").waitFor();

  await page.fill("#name", email);
  await signInWith(page, PASSWORD);
  await page.getByText("That name and password do not match.").waitFor();
  await signInWith(page, NEW_PASSWORD);
  await atHome(page);
  assert.deepEqual(complaints, []);
});

/** R108 */
test("the answer is the same whoever is named, and another name can be tried", async () => {
  const { page, email } = await somebody();
  const words = async () => ((await page.locator("main").textContent()) ?? "").replaceAll(/\S+@\S+\w/g, "NAME");
  await ask(page, email);
  const known = await words();
  await ask(page, "nobody.at.all@engine.example");
  assert.equal(await words(), known);
  assert.equal(await page.inputValue("#again-name"), "nobody.at.all@engine.example");
  const seen = await linkMailedTo(page, email, "/reset");
  await page.fill("#again-name", email);
  await page.getByRole("button", { name: "Send the link again" }).click();
  await page.getByText("a new link is on its way").waitFor();
  await page.goto(await nextLink(page, email, seen));
  await settle(page);
  await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
});

test("a link works once, the newest alone, and the page offers another with one click", async () => {
  const { page, email } = await somebody();
  await ask(page, email);
  const first = await linkMailedTo(page, email, "/reset");
  await ask(page, email);
  const second = await nextLink(page, email, first);
  const use = async (/** @type {string} */ link) => {
    await page.goto("about:blank");
    await page.goto(link);
    await settle(page);
    await page.fill("#password", NEW_PASSWORD);
    await page.click("button[type=submit]");
  };
  await use(first);
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  assert.equal(await focused(page), "This link no longer works");
  await use(second);
  await page.waitForURL(/because=password_set/);
  await use(second);
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await page.getByText("used already, replaced by a newer one, or is too old").waitFor();
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await page.waitForURL(/\/forgot$/);
});

test("a link that lost its end says so, and opening it anew in the same tab works", async () => {
  const { page } = await portal.person();
  await page.goto("/reset");
  await page.getByRole("heading", { name: "This link is incomplete" }).waitFor();
  await page.goto("/reset#token=bm90LWEtcmVhbC10b2tlbi1hdC1hbGwtanVzdC1sb25n");
  await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
  await page.waitForURL((url) => url.hash === "");
  // The language can still be changed: the link goes along.
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.waitForURL(/\/de\/reset/);
  await page.getByRole("heading", { name: "Neues Passwort wählen" }).waitFor();
});

/** R902 */
test("on a phone, with the keyboard alone, in French", async () => {
  const { page, context, email } = await somebody({
    locale: "fr-FR",
    viewport: { width: 360, height: 740 },
    bypassCSP: true,
  });
  await context.addInitScript(AXE);
  const wrong = [];
  await page.goto("/fr/forgot");
  await settle(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Saisissez votre adresse e-mail, nom d’utilisateur" }).waitFor();
  assert.match(await page.title(), /^Erreur\u00a0: /);
  wrong.push(...(await faults(page)));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Consultez votre messagerie" }).waitFor();
  wrong.push(...(await faults(page)));

  await page.goto((await linkMailedTo(page, email, "/reset")).replace("/reset#", "/fr/reset#"));
  await settle(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(NEW_PASSWORD);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), "Afficher le mot de passe");
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute("#password", "type"), "text");
  wrong.push(...(await faults(page)));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/fr\/sign-in\?because=password_set$/);
  wrong.push(...(await faults(page)));
  assert.deepEqual(wrong, []);
});

/** R105 */
test("the license contact sets a first password with the activation code", async () => {
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Set your password" }).click();
  await page.waitForURL(/\/first-sign-in$/);
  await settle(page);
  // In the sample everybody has a password: the code of this order belongs elsewhere, and the page says where.
  await page.fill("#activation_code", portal.code.toLowerCase().replaceAll("-", " "));
  await page.fill("#password", NEW_PASSWORD);
  await page.click("button[type=submit]");
  await page.getByRole("link", { name: "This code sets no password" }).waitFor();
  assert.deepEqual(await faults(page), []);
  assert.equal(await page.inputValue("#activation_code"), portal.code);
  await page.getByRole("link", { name: "Create a login with this code" }).click();
  await page.waitForURL(/\/sign-up$/);
  await settle(page);
  assert.equal(await page.inputValue("#activation_code"), portal.code);

  // Somebody whose login waits for its first password.
  await page.route("**/api/reset/first-passwords", (route) =>
    route.fulfill({ json: { name: "new.owner@engine.example" } }),
  );
  await page.goto("/first-sign-in");
  await settle(page);
  assert.equal(await page.inputValue("#activation_code"), portal.code);
  await page.fill("#password", NEW_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/sign-in\?because=password_set$/);
  await settle(page);
  assert.equal(await page.inputValue("#name"), "new.owner@engine.example");
});
