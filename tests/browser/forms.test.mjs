// R903: bad input is told at its field, in the person's language, and nothing typed is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OWNER, openPortal, settle, signIn } from "./lib/portal.mjs";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

test("errors of a form stand in a summary and at their fields, in French", async () => {
  const { page } = await portal.person({ locale: "fr-FR" });
  await page.goto("/fr/sign-up");
  await settle(page);
  await page.fill("#last_name", "Moreau");
  await page.fill("#email", "ines@");
  await page.fill("#password", "court");
  await page.click("button[type=submit]");
  assert.match(await page.title(), /^Erreur\u00a0: /);
  const summary = page.locator("[data-step=details] [data-summary]");
  assert.equal(await summary.evaluate((it) => it === document.activeElement), true);
  assert.deepEqual(await summary.locator("li").allTextContents(), [
    "Saisissez votre prénom",
    "Saisissez une adresse e-mail de la forme nom@exemple.fr",
    "Utilisez au moins 15 caractères\u202f; quelques mots suffisent",
    "Acceptez les conditions d’utilisation pour créer un accès",
  ]);
  const field = page.locator("#first_name");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match((await field.getAttribute("aria-describedby")) ?? "", /first_name-error/);
  await summary.getByRole("link").first().click();
  assert.equal(await field.evaluate((it) => it === document.activeElement), true);
  assert.equal(await page.inputValue("#last_name"), "Moreau");
});

test("what only the server can tell stands at its field too", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-up");
  await settle(page);
  await page.fill("#first_name", "Ada");
  await page.fill("#last_name", "Lovelace");
  await page.fill("#email", "ada@engine.example");
  await page.fill("#password", "passwordpassword");
  await page.check("#terms");
  await page.click("button[type=submit]");
  await page.locator("#password-error").waitFor();
  assert.equal(await page.inputValue("#email"), "ada@engine.example");
  assert.equal(await page.inputValue("#password"), "", "passwords are not kept");
});

test("a wrong password says so without saying which, and keeps the name", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in");
  await settle(page);
  await page.fill("#name", OWNER);
  await page.fill("#password", "not the password at all");
  await page.click("button[type=submit]");
  await page.getByText("That name and password do not match.").waitFor();
  assert.equal(await page.inputValue("#name"), OWNER);
  assert.equal(await page.inputValue("#password"), "");
});

test("a shown password hides again when it is sent", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in");
  await settle(page);
  await page.fill("#password", "to be seen");
  await page.getByRole("button", { name: "Show password" }).click();
  assert.equal(await page.getAttribute("#password", "type"), "text");
  await page.click("button[type=submit]");
  assert.equal(await page.getAttribute("#password", "type"), "password");
});

test("a form that is sent before the page is ready is not lost", async () => {
  const { page } = await portal.person();
  await page.route("**/js/pages/sign-in.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.waitForFunction(() => document.querySelector(".password-input button"));
  await page.click("button[type=submit]");
  await page.locator("#name-error").waitFor();
});

test("without a connection the page says so and keeps everything", async () => {
  const { page, context } = await portal.person();
  await page.goto("/sign-in");
  await settle(page);
  await page.fill("#name", OWNER);
  await page.fill("#password", "whatever it is");
  await context.setOffline(true);
  await page.click("button[type=submit]");
  await page.getByText("You seem to be offline.").waitFor();
  assert.equal(await page.inputValue("#password"), "whatever it is");
});

test("the language that was chosen is kept, with the place", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in?because=timed_out");
  await settle(page);
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.waitForURL(/\/de\/sign-in\?because=timed_out/);
  await page.goto("/sign-up");
  await page.waitForURL(/\/de\/sign-up$/);
  // Whoever signs in reads their own language.
  await signIn(page, OWNER, "/de");
  assert.equal(new URL(page.url()).pathname, "/");
});

test("without JavaScript the page says whom to write to", async () => {
  const { page } = await portal.person({ javaScriptEnabled: false });
  await page.goto("/sign-in");
  const words = page.locator("noscript p");
  assert.equal(await words.isVisible(), true);
  assert.match((await words.textContent()) ?? "", /^This page needs JavaScript, .* write to support@/);
});
