// The team, as its owner runs it: people come in by every way there is, and leave with nothing of theirs left open.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { call } from "./lib/call.mjs";
import { newcomer } from "./lib/newcomer.mjs";
import { atHome, linkMailedTo, OWNER, openPortal, SEES_ASSIGNED_ONLY, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

const OWN = "seven brass lanterns hum";

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Fills the form for one person, and sends it. */
async function invite(
  /** @type {Page} */ page,
  /** @type {Record<string, string>} */ typed,
  /** @type {string[]} */ ...checked
) {
  await page.goto("/team-invite");
  await settle(page);
  for (const [name, value] of Object.entries(typed)) {
    await page.fill(`#${name}`, value);
  }
  for (const selector of checked) {
    await page.check(selector);
  }
  await page.locator("#invite-form button[type=submit]").click();
}

const row = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.locator("#people tbody tr", { hasText: name });

async function toTeam(/** @type {Page} */ page, query = "") {
  await page.goto(`/team${query}`);
  await settle(page);
}

/** R302 R303 R304 R307 R309 */
test("an owner builds a team of five, each coming in another way", async () => {
  const { page: owner, complaints } = await portal.person();
  await signIn(owner, OWNER);
  await owner.getByRole("navigation").getByRole("link", { name: "Team" }).click();
  await owner.getByRole("heading", { name: "Team", level: 1 }).waitFor();

  // One: somebody new, by mail, who may see orders.
  const nora = "nora.lindgren@harlowfinch.example";
  await invite(owner, { first_name: "Nora", last_name: "Lindgren", email: nora }, "#view_orders");
  await owner.getByRole("heading", { name: "The invitation is on its way" }).waitFor();
  await toTeam(owner, "?group=invited");
  await row(owner, "Nora Lindgren").getByText("Invited", { exact: true }).waitFor();
  const { page: her } = await portal.person();
  await her.goto(await linkMailedTo(her, nora, "/accept"));
  await settle(her);
  await her.getByText("Harlow & Finch Architects").first().waitFor();
  await her.fill("#password", OWN);
  await her.check("#terms");
  await her.locator("#new-form button[type=submit]").click();
  await her.getByRole("link", { name: "Go to the overview" }).click();
  await atHome(her);
  await her.getByRole("navigation").getByRole("link", { name: "Licenses" }).waitFor();
  assert.equal(await her.getByRole("navigation").getByRole("link", { name: "Team" }).isVisible(), false);

  // Two: somebody who has a login already, from another company.
  const { page: him } = await portal.person();
  const ada = await newcomer(him);
  await invite(owner, { first_name: "Ada", last_name: "Lovelace", email: ada });
  await owner.getByRole("heading", { name: "The invitation is on its way" }).waitFor();
  await him.goto(await linkMailedTo(him, ada, "/accept"));
  await settle(him);
  await him.getByRole("button", { name: /Harlow & Finch/ }).click();
  await him.getByRole("heading", { name: /Harlow & Finch/ }).waitFor();

  // Three: with an initial password, handed over.
  await invite(
    owner,
    { first_name: "Jonas", last_name: "Weber", email: "jonas.weber@harlowfinch.example" },
    "input[value=password]",
  );
  await owner.getByRole("heading", { name: "Jonas Weber is on the team" }).waitFor();
  const [name, given] = await owner.locator("[data-fill=given] .serial").allTextContents();
  assert.match(name, /^C\d+\/jonas\.weber$/);
  const { page: jonas } = await portal.person();
  await jonas.goto("/sign-in");
  await settle(jonas);
  await jonas.fill("#name", name);
  await jonas.fill("#password", given);
  await jonas.click("button[type=submit]");
  await jonas.waitForURL(/\/new-password/);
  await settle(jonas);
  await jonas.fill("#password", given);
  await jonas.fill("#new_password", OWN);
  await jonas.click("button[type=submit]");
  await atHome(jonas);

  // Four: noted as a contact first, then invited from the list, as a manager.
  await toTeam(owner);
  await owner.getByRole("button", { name: "Add a contact" }).click();
  const contact = owner.getByRole("dialog");
  await contact.getByLabel("First name").fill("Mia");
  await contact.getByLabel("Last name").fill("Park");
  await contact.getByLabel("E-mail address").fill("mia.park@harlowfinch.example");
  await contact.getByRole("button", { name: "Save the contact" }).click();
  await row(owner, "Mia Park").getByText("Contact", { exact: true }).waitFor();
  await row(owner, "Mia Park").getByRole("link", { name: "Invite Mia Park" }).click();
  await settle(owner);
  assert.equal(await owner.inputValue("#email"), "mia.park@harlowfinch.example");
  await owner.check("input[value=manager]");
  await owner.locator("#invite-form button[type=submit]").click();
  await owner.getByRole("heading", { name: "The invitation is on its way" }).waitFor();
  const { page: mia } = await portal.person();
  await mia.goto(await linkMailedTo(mia, "mia.park@harlowfinch.example", "/accept"));
  await settle(mia);
  await mia.fill("#password", OWN);
  await mia.check("#terms");
  await mia.locator("#new-form button[type=submit]").click();
  await mia.getByRole("link", { name: "Go to the overview" }).click();
  await mia.getByRole("navigation").getByRole("link", { name: "Team" }).waitFor();

  // Five: by a link that is handed over instead of mailed; the mailed one stops. It proves no address, so whoever holds
  // it shows first that the address is theirs.
  const { page: leas } = await portal.person();
  const lea = await newcomer(leas);
  await invite(owner, { first_name: "Lea", last_name: "Vogt", email: lea });
  await owner.getByRole("heading", { name: "The invitation is on its way" }).waitFor();
  const mailed = await linkMailedTo(owner, lea, "/accept");
  const { items } = await call(owner, "GET", "/api/team/invitations");
  const { id } = items.find((/** @type {{email: string}} */ it) => it.email === lea);
  const { url } = await call(owner, "PUT", `/api/team/invitations/${id}/link`, {});
  const { page: stranger } = await portal.person();
  await stranger.goto(mailed);
  await settle(stranger);
  await stranger.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await stranger.goto("about:blank");
  await stranger.goto(url);
  await settle(stranger);
  assert.equal(await stranger.locator("#password").isVisible(), false);
  await leas.goto(url);
  await settle(leas);
  await leas.getByRole("button", { name: /Harlow & Finch/ }).click();
  await leas.getByRole("heading", { name: /Harlow & Finch/ }).waitFor();

  await toTeam(owner);
  // Whoever had a login is called as they call themselves.
  for (const person of ["Nora Lindgren", ada, "Jonas Weber", "Mia Park", lea]) {
    await row(owner, person).getByText("Active", { exact: true }).waitFor();
  }
  await row(owner, "Mia Park").getByText("Account manager").waitFor();
  assert.deepEqual(complaints, []);
});

/** R305 R306 R308 R311 */
test("a member leaves, and nothing of theirs stays open", async () => {
  const { page: owner } = await portal.person();
  await signIn(owner, OWNER);
  const number = (await call(owner, "GET", "/api/session")).account.number;
  const given = await call(owner, "POST", "/api/team/members", {
    first_name: "Otis",
    last_name: "Reyes",
    email: "otis.reyes@harlowfinch.example",
    user_name: "otis",
    role: "member",
    permissions: [],
    language: "en",
  });
  const { page: his } = await portal.person();
  await his.goto("/sign-in");
  const sign = { name: `${number}/otis`, password: given.password, new_password: OWN };
  await call(his, "POST", "/api/session", sign);
  const license = (await call(owner, "GET", "/api/licenses?sort=end&limit=50")).items.find(
    (/** @type {{seats: {used: number, total: number}, state: string}} */ it) =>
      it.state !== "ended" && it.seats.used < it.seats.total,
  );
  await call(owner, "PUT", `/api/licenses/${license.id}/seats`, { users: [given.user] });

  // Switched off: his next page says so, and whom to ask; what is his stays.
  await owner.goto(`/member?id=${given.user}`);
  await settle(owner);
  await owner.getByText(license.serial_number).waitFor();
  await owner.getByRole("button", { name: "Deactivate" }).first().click();
  await owner.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await owner.getByText("Otis Reyes is deactivated.").first().waitFor();
  await his.goto("/licenses");
  await settle(his);
  assert.ok(await his.locator("#barred").isVisible());
  await owner.getByRole("button", { name: "Activate" }).click();
  await owner.getByText("Otis Reyes can work here again.").first().waitFor();

  // Removed: session, seat, list, sign-in.
  await owner.getByRole("button", { name: "Remove" }).first().click();
  await owner.getByRole("dialog").getByText("1 seat is free").waitFor();
  await owner.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await owner.waitForURL(/\/team$/);
  await owner.getByText("Otis Reyes is removed.").first().waitFor();
  await settle(owner);
  assert.equal(await row(owner, "Otis Reyes").count(), 0);
  const seats = await call(owner, "GET", `/api/licenses/${license.id}`);
  assert.equal(seats.seats.used, license.seats.used);
  await his.goto("/licenses");
  await his.waitForURL(/\/sign-in/);
  await settle(his);
  await his.fill("#name", `${number}/otis`);
  await his.fill("#password", OWN);
  await his.click("button[type=submit]");
  await his.locator("[data-summary]:visible").waitFor();
});

/** R301 */
test("whoever may not manage reads who can help, and asks with one press", async () => {
  const { page } = await portal.person();
  await signIn(page, SEES_ASSIGNED_ONLY);
  await page.goto("/team");
  await settle(page);
  await page.getByText("These people look after your account:").waitFor();
  await page.getByRole("link", { name: OWNER }).waitFor();
  await page.getByRole("button", { name: "Ask them to let me manage" }).click();
  await page.getByText("Asked. You get a mail when they decide.").waitFor();

  const { page: owner } = await portal.person();
  await signIn(owner, OWNER);
  await owner.goto("/claimants");
  await settle(owner);
  await owner.getByText("Tom Ashworth").first().waitFor();
});

/** R302 */
test("people are found, grouped and sorted, and the way back leads back", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await toTeam(page);
  await page.fill("#search", "ash");
  await page.getByRole("button", { name: "Find" }).click();
  await page.waitForURL(/search=ash/);
  await settle(page);
  await row(page, "Tom Ashworth").waitFor();
  assert.equal(await page.locator("#people tbody tr").count(), 1);
  await page.fill("#search", "nobody like that");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("heading", { name: "Nobody found for “nobody like that”" }).waitFor();
  await page.goBack();
  await row(page, "Tom Ashworth").waitFor();
  await toTeam(page);
  await page.selectOption("#group", "managers");
  await page.waitForURL(/group=managers/);
  await row(page, "Eleanor Harlow").getByText("License contact").waitFor();
  await toTeam(page, "?sort=-name");
  assert.equal(await page.locator("th[data-sort=name]").getAttribute("aria-sort"), "descending");
});

/** R315 */
test("an owner goes through who has access, and keeps or removes them", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await page.goto("/access-review");
  await settle(page);
  await page.getByRole("button", { name: "Keep Tom Ashworth" }).click();
  await page.getByText("Tom Ashworth stays.").first().waitFor();
  await page.reload();
  await settle(page);
  const tom = page.locator("#review tbody tr", { hasText: "Tom Ashworth" });
  assert.notEqual(await tom.locator("td").nth(5).textContent(), "–");
  assert.equal(await page.getByRole("button", { name: "Remove Eleanor Harlow" }).count(), 0);
});

/** R903 */
test("a person who is on the team already is told so at the field, and nothing typed is lost", async () => {
  const { page } = await portal.person();
  await signIn(page, OWNER);
  await invite(page, { first_name: "Tom", last_name: "Again", email: SEES_ASSIGNED_ONLY });
  await page.locator("#email-error").waitFor();
  assert.equal(await page.inputValue("#first_name"), "Tom");
});
