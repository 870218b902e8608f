// A newcomer's way: sign up, read the mail, confirm, sign in, use the code, find the license, sign out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { atHome, linkMailedTo, OWNER, openPortal, PASSWORD, settle, signIn } from "./lib/portal.mjs";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** R101 R102 R106 R107 R109 R401 */
test("somebody new finds their license", async () => {
  const { page, context, complaints } = await portal.person();
  const address = "ada.lovelace@engine.example";
  await page.goto("/sign-up");
  await settle(page);
  await page.fill("#first_name", "Ada");
  await page.fill("#last_name", "Lovelace");
  await page.fill("#email", "ada.lovelace@engin.example");
  await page.fill("#password", "four words and a comet");
  await page.check("#terms");
  await page.click("button[type=submit]");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();

  // The address was mistyped: it can still be put right, and a reload forgets nothing.
  await page.reload();
  await settle(page);
  await page.fill("#new-email", address);
  await page.getByRole("button", { name: "Send the link again" }).click();
  await page.getByText(`We sent a new link to ${address}.`).waitFor();

  await page.goto(await linkMailedTo(page, address));
  await page.fill("#password", "not what was chosen at all");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByRole("link", { name: "That is not your password. Try again" }).waitFor();
  await page.fill("#password", "four words and a comet");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByRole("heading", { name: "Your address is confirmed" }).waitFor();
  assert.ok(!page.url().includes("token"), "a spent link leaves the address bar");
  await page.getByRole("link", { name: "Go to the overview" }).click();

  await page.getByRole("heading", { name: "Your login is ready. Now connect it to your company." }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Use an activation code" }).click();
  await settle(page);
  // As people type it: small letters, blanks instead of dashes.
  await page.fill("#activation_code", portal.code.toLowerCase().replaceAll("-", " "));
  assert.equal(await page.inputValue("#activation_code"), portal.code);
  await page.click("form button[type=submit]");
  await page.waitForURL(/\/licenses$/);
  await page.getByText("Your code was accepted.").waitFor();
  await page.locator("tbody tr:not([aria-hidden])").first().waitFor();

  await page.locator(".who").click();
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "DELETE"),
    page.getByRole("button", { name: "Sign out" }).click(),
  ]);
  const session = await context.request.get("/api/session");
  assert.equal(session.status(), 401);
  assert.deepEqual(complaints, []);
});

test("a link works once, and the page offers the next step", async () => {
  const { page } = await portal.person();
  await page.goto("/confirm#token=bm90LWEtcmVhbC10b2tlbi1hdC1hbGwtanVzdC1sb25n");
  await settle(page);
  await page.fill("#password", "four words and a comet");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await page.getByRole("link", { name: "Create the login again" }).waitFor();
});

test("whoever was sent to sign in comes back to the page they wanted", async () => {
  const { page } = await portal.person();
  await page.goto("/licenses?sort=end");
  await page.waitForURL(/sign-in\?next=licenses/);
  await settle(page);
  await page.fill("#name", OWNER);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/licenses\?sort=end$/);
});

test("only our own pages can be come back to", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in?next=https://evil.test/");
  await settle(page);
  await page.fill("#name", OWNER);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await atHome(page);
});

test("what was typed survives a session that ended", async () => {
  const { page, context } = await portal.person();
  await signIn(page, OWNER);
  await page.goto("/claim");
  await settle(page);
  await page.fill("#activation_code", "ABCDE-FGH1J-KMNPQ-RSTVW");
  await context.clearCookies({ name: "__Host-portico" });
  await page.click("form button[type=submit]");
  await page.waitForURL(/sign-in\?next=claim/);
  await settle(page);
  await page.fill("#name", OWNER);
  await page.fill("#password", PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/claim/);
  await settle(page);
  assert.equal(await page.inputValue("#activation_code"), "ABCDE-FGH1J-KMNPQ-RSTVW");
});
