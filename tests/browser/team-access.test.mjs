// R301, R312, R314: asking for more and deciding on it, the setting of the team area, and what is asked in words.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { OWNER, openPortal, SEES_ASSIGNED_ONLY, settle, signIn } from "./lib/portal.mjs";
import { ADMIN, atConsole, SUPPORT } from "./lib/staff.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

async function somebody(/** @type {string} */ name) {
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  await signIn(page, name);
  return page;
}

async function open(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(address);
  await settle(page);
}

/** R301 */
test("who asks for more is found, refused with a reason, and given it", async () => {
  const owner = await somebody(OWNER);
  const tom = await somebody(SEES_ASSIGNED_ONLY);
  const requests = owner.locator("#access");
  await open(owner, "/claimants");
  await requests.getByText("Nobody asks for more").waitFor();
  assert.deepEqual(await faults(owner), []);

  await call(tom, "POST", "/api/team/access-requests", { wants: "orders", note: "For the next audit" });
  await open(owner, "/claimants");
  await requests.getByText("1 request waits").waitFor();
  await requests.getByText("Seeing orders and all licenses").waitFor();
  await requests.getByText("For the next audit").waitFor();
  assert.deepEqual(await faults(owner), []);

  await requests.getByRole("button", { name: "Refuse Tom Ashworth’s request" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByRole("button", { name: "Refuse" }).click();
  await dialog.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.deepEqual(await faults(owner), []);
  await owner.fill("#access-reason", "Not before\nthe audit");
  await dialog.getByRole("button", { name: "Refuse" }).click();
  await owner.getByText("Tom Ashworth reads your reason by mail.").waitFor();
  await requests.getByText("Nobody asks for more").waitFor();

  await call(tom, "POST", "/api/team/access-requests", { wants: "team" });
  await owner.setViewportSize({ width: 360, height: 800 });
  await open(owner, "/claimants");
  assert.deepEqual(await faults(owner), []);
  await requests.getByRole("button", { name: "Grant Tom Ashworth what they ask for" }).click();
  await owner.getByRole("dialog").getByText("Tom Ashworth becomes an account manager").waitFor();
  assert.deepEqual(await faults(owner), []);
  await owner.getByRole("dialog").getByRole("button", { name: "Grant" }).click();
  await owner.getByText("Tom Ashworth has it now.").waitFor();
  await requests.getByText("Nobody asks for more").waitFor();
  const me = await call(tom, "GET", "/api/session");
  assert.equal(me.role, "manager");
});

/** R312, R314 */
test("an admin says who has a team area; the desk reads what is asked in words", async () => {
  const [owner, admin, support] = await Promise.all([
    somebody(OWNER),
    portal.person({ bypassCSP: true }),
    portal.person(),
  ]);
  await admin.context.addInitScript(AXE);
  await atConsole(admin.page, ADMIN);
  await atConsole(support.page, SUPPORT);
  await open(support.page, "/console-accounts");
  assert.equal(await support.page.locator("#area").isVisible(), false, "an admin's to say");

  await open(admin.page, "/console-accounts");
  assert.equal(await admin.page.inputValue("#area"), "everyone");
  await admin.page.selectOption("#area", "partners");
  await admin.page.getByRole("region", { name: "Team area" }).getByRole("button", { name: "Save" }).click();
  await admin.page.getByText("Saved. It counts everywhere within five minutes.").waitFor();
  await open(admin.page, "/console-accounts");
  assert.equal(await admin.page.inputValue("#area"), "partners");
  assert.deepEqual(await faults(admin.page), []);
  await open(owner, "/claimants");
  assert.equal(await owner.locator("#access").isVisible(), false, "nobody asks where nobody can decide");

  const { items } = await call(admin.page, "GET", "/api/staff/accounts?query=harl");
  await open(admin.page, `/console-account?id=${items[0].id}`);
  assert.equal(await admin.page.isChecked("#team_area"), false, "what counts is shown");
  await admin.page.getByText("Nothing is said of this account").waitFor();
  await admin.page.check("#team_area");
  await admin.page.getByRole("button", { name: "Save" }).click();
  await admin.page.getByText("Said of this account").waitFor();
  assert.deepEqual(await faults(admin.page), []);
  await open(owner, "/claimants");
  await owner.locator("#access").getByText("Nobody asks for more").waitFor();

  const text = "Bea Winter has worked for us since May";
  const { id } = await call(owner, "POST", "/api/profile/change-requests", { kind: "missing_person", text });
  await open(admin.page, `/console-request?id=${id}`);
  await admin.page.getByRole("heading", { level: 1, name: "Someone is missing" }).waitFor();
  await admin.page.getByText("In their words").waitFor();
  await admin.page.getByText(text).first().waitFor();
  assert.deepEqual(await faults(admin.page), []);
  await admin.page.getByRole("button", { name: "Approve" }).click();
  await admin.page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await admin.page.getByText("Approved. The person is told by mail.").waitFor();
  await open(owner, "/profile");
  await owner.getByText("Bea Winter").waitFor({ state: "hidden" });
});
