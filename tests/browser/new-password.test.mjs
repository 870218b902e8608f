// The first sign-in with a password that somebody else gave. No front door gives one yet, so what the portal answers to
// it is put in its place here; that it does answer so is proven in tests/it/initial_password.rs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { openPortal, PASSWORD, settle } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

const GIVEN = "violet-harbour-42";
const OWN = "seven brass lanterns hum";
const NAME = "new.colleague@engine.example";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Answers sign-ins one after the other, the last for ever; what they sent is kept. */
async function answer(/** @type {Page} */ page, /** @type {(string | object)[]} */ ...problems) {
  /** @type {Record<string, string>[]} */
  const sent = [];
  await page.route("**/api/session", (route) => {
    if (route.request().method() !== "POST") {
      return route.continue();
    }
    sent.push(route.request().postDataJSON());
    const problem = problems[Math.min(sent.length, problems.length) - 1];
    const json = typeof problem === "string" ? { code: problem } : { code: "invalid_fields", errors: [problem] };
    return route.fulfill({ status: typeof problem === "string" ? 401 : 422, json });
  });
  return sent;
}

/** Signs in with the password that was given, and arrives where it is changed. */
async function arrive(/** @type {Page} */ page, root = "", search = "") {
  await page.goto(`${root}/sign-in${search}`);
  await settle(page);
  await page.fill("#name", NAME);
  await page.fill("#password", GIVEN);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/new-password/);
  await settle(page);
}

async function send(/** @type {Page} */ page, /** @type {string} */ own) {
  await page.fill("#password", GIVEN);
  await page.fill("#new_password", own);
  await page.click("button[type=submit]");
}

/** R303 */
test("whoever signs in with a given password chooses their own, and is in with it", async () => {
  const { page, context, complaints } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  const email = await newcomer(page);
  await call(page, "DELETE", "/api/session");
  const sent = await answer(page, "new_password_needed");
  await arrive(page, "", "?next=profile");
  assert.ok(!page.url().includes(NAME) && !page.url().includes(GIVEN), "neither is in the address");
  await page.getByRole("heading", { name: "Choose your own password" }).waitFor();
  assert.equal(await page.inputValue("#name"), NAME);
  assert.equal(await page.inputValue("#password"), "");
  assert.deepEqual(await faults(page), []);

  // What can be said at once is said at its field, of both passwords.
  await page.click("button[type=submit]");
  await page.getByRole("link", { name: "Enter the password you were given" }).waitFor();
  await page.getByRole("link", { name: "Enter a password of your own" }).waitFor();
  assert.deepEqual(await faults(page), []);
  assert.equal(sent.length, 1);
  await page.fill("#new_password", "too short");
  await page.getByText("6 more characters needed").first().waitFor();

  // The portal's own answer now: somebody whose password is their own already.
  await page.unroute("**/api/session");
  await page.fill("#name", email);
  await page.fill("#password", PASSWORD);
  await page.fill("#new_password", OWN);
  await page.click("button[type=submit]");
  await page.getByRole("link", { name: "The password you entered above it is your own already" }).waitFor();

  // And one's own taken: what is sent is right, and what comes after is as at any sign-in.
  await page.route("**/api/session", (route) => {
    const { new_password, ...proof } = route.request().postDataJSON();
    assert.equal(new_password, OWN);
    return route.continue({ postData: JSON.stringify(proof) });
  });
  await Promise.all([page.waitForRequest("**/api/session"), page.click("button[type=submit]")]);
  await page.unroute("**/api/session");
  await page.waitForURL((url) => url.pathname === "/profile");
  assert.equal(await page.evaluate(() => sessionStorage.getItem("sign-in-name")), null, "no name is left behind");
  assert.deepEqual(complaints, []);
});

/** R303 R903 */
test("a password that is refused leaves the given one where it is", async () => {
  const { page } = await portal.person();
  const refused = { pointer: "/new_password", code: "password_same" };
  await answer(page, "new_password_needed", refused, "sign_in_failed");
  await arrive(page);
  await send(page, GIVEN);
  await page.getByRole("link", { name: "That is the password you were given. Choose another" }).waitFor();
  assert.equal(await page.inputValue("#password"), GIVEN);
  await send(page, OWN);
  await page.getByText("That name and password do not match.").waitFor();
  assert.equal(await page.inputValue("#password"), "");
  assert.equal(await page.inputValue("#new_password"), "");
});

/** R303 R110 */
test("a second factor is asked for on the same page, and a wrong code loses nothing", async () => {
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  const wrong = { pointer: "/code", code: "code_wrong" };
  const sent = await answer(page, "new_password_needed", "second_factor_needed", wrong, "sign_in_failed");
  await arrive(page);
  await send(page, OWN);
  await page.locator("#code").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "code");
  assert.equal(await page.locator("#new_password").isVisible(), false);
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press("Enter");
  await page.locator("#code-error").waitFor();
  assert.equal(sent.length, 2);
  await page.fill("#code", "287 082");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "That code is not right." }).waitFor();
  assert.deepEqual(sent[2], { name: NAME, password: GIVEN, new_password: OWN, code: "287082" });
  assert.equal(await page.inputValue("#code"), "");
  // Used up elsewhere meanwhile: all of it is typed anew.
  await page.fill("#code", "287083");
  await page.keyboard.press("Enter");
  await page.getByText("That name and password do not match.").waitFor();
  assert.equal(await page.locator("#password").isVisible(), true);
  assert.equal(await page.inputValue("#password"), "");
});

/** R303 R108 R902 */
test("a given password past its time leads to a fresh link, on a phone, in French", async () => {
  const { page, context } = await portal.person({
    locale: "fr-FR",
    viewport: { width: 360, height: 740 },
    bypassCSP: true,
  });
  await context.addInitScript(AXE);
  await answer(page, "initial_password_expired");
  await arrive(page, "/fr");
  const title = page.getByRole("heading", { name: "Ce mot de passe est trop ancien" });
  await title.waitFor();
  assert.equal(await title.evaluate((it) => it === document.activeElement), true);
  assert.equal(await page.locator("form").isVisible(), false);
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: "Demander un lien" }).click();
  await page.waitForURL(/\/fr\/forgot$/);
  await settle(page);
  assert.equal(await page.inputValue("#name"), NAME);

  // So it ends, too, where the time runs out on the page itself.
  await page.goto("/fr/new-password");
  await settle(page);
  assert.equal(await page.inputValue("#name"), NAME);
  await send(page, OWN);
  await title.waitFor();
  assert.deepEqual(await faults(page), []);
});
