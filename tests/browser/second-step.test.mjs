// Signing in with a second factor, and to a login that is being closed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeOf } from "./lib/authenticator.mjs";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { atHome, openPortal, PASSWORD, settle } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Somebody new, signed in. */
async function somebody() {
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  return { page, context, email: await newcomer(page) };
}

/** Fills in name and password and sends them. */
async function firstStep(/** @type {Page} */ page, /** @type {string} */ email) {
  await page.goto("/sign-in");
  await settle(page);
  await page.fill("#name", email);
  await page.fill("#password", PASSWORD);
  await page.keyboard.press("Enter");
}

/** R110 */
test("a second factor is asked for on the same page, and a wrong code loses nothing", async () => {
  const { page, email } = await somebody();
  const { secret } = await call(page, "POST", "/api/profile/second-factor", { password: PASSWORD });
  const { recovery_codes: codes } = await call(page, "PUT", "/api/profile/second-factor", { code: codeOf(secret) });
  await call(page, "DELETE", "/api/session");

  await firstStep(page, email);
  await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "code");
  assert.equal(await page.getAttribute("#code", "inputmode"), "numeric");
  assert.equal(await page.locator("#password").isVisible(), false);
  await page.getByText(`You are signing in as ${email}.`).waitFor();
  assert.deepEqual(await faults(page), []);

  // Nothing typed, then something wrong: each is told at the field, and the password is not asked for again.
  await page.keyboard.press("Enter");
  await page.locator("#code-error").waitFor();
  await page.fill("#code", "000 000");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "That code is not right." }).waitFor();
  assert.equal(await page.inputValue("#code"), "");
  assert.equal(await page.inputValue("#password"), PASSWORD);
  assert.deepEqual(await faults(page), []);

  await page.getByRole("button", { name: "Use a recovery code instead" }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "code");
  assert.equal(await page.getAttribute("#code", "inputmode"), "text");
  await page.getByLabel("Recovery code").fill(codes[0].toLowerCase());
  await page.keyboard.press("Enter");
  await atHome(page);

  // The app's code of the next half minute: the one of now has been used.
  await call(page, "DELETE", "/api/session");
  await firstStep(page, email);
  await page.locator("#code").fill(codeOf(secret, 1));
  await page.keyboard.press("Enter");
  await atHome(page);
});

test("one can go back and sign in with another name", async () => {
  const { page } = await portal.person();
  await page.route("**/api/session", (route) => route.fulfill({ status: 401, json: { code: "second_factor_needed" } }));
  await firstStep(page, "somebody@engine.example");
  await page.locator("#code").waitFor();
  await page.getByRole("button", { name: "Sign in with another name" }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "name");
  assert.equal(await page.inputValue("#name"), "somebody@engine.example");
  assert.equal(await page.inputValue("#password"), "");
  assert.equal(await page.locator("#code").isVisible(), false);
});

test("a password that changed between the two steps is asked for again", async () => {
  const { page } = await portal.person();
  let asked = 0;
  await page.route("**/api/session", (route) => {
    asked += 1;
    return route.fulfill({ status: 401, json: { code: asked === 1 ? "second_factor_needed" : "sign_in_failed" } });
  });
  await firstStep(page, "somebody@engine.example");
  await page.locator("#code").fill("123456");
  await page.keyboard.press("Enter");
  await page.getByText("That name and password do not match.").waitFor();
  assert.equal(await page.locator("#password").isVisible(), true);
  assert.equal(await page.inputValue("#password"), "");
});

test("tries that came too fast keep the password of the first step", async () => {
  const { page } = await portal.person();
  let asked = 0;
  await page.route("**/api/session", (route) => {
    asked += 1;
    return asked === 1
      ? route.fulfill({ status: 401, json: { code: "second_factor_needed" } })
      : route.fulfill({ status: 429, headers: { "retry-after": "60" }, json: { code: "too_many_tries" } });
  });
  await firstStep(page, "somebody@engine.example");
  await page.locator("#code").fill("123456");
  await page.keyboard.press("Enter");
  await page.getByText("Too many tries.").waitFor();
  assert.equal(await page.inputValue("#password"), PASSWORD);
});

/** R207 */
test("a login that is being closed says whom to write to", async () => {
  const { page, email } = await somebody();
  await call(page, "POST", "/api/profile/closure", { password: PASSWORD });
  await firstStep(page, email);
  await page.getByRole("heading", { name: "This login is being closed" }).waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    "This login is being closed",
    "the heading has the focus",
  );
  await page.getByRole("link", { name: /^support@/ }).waitFor();
  assert.deepEqual(await faults(page), []);
});
