// Inviting a whole list: checked line by line, sent one by one, stopped and gone on with.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { linkMailedTo, OWNER, openPortal, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
/** @type {Page} */
let owner;
before(async () => {
  portal = await openPortal();
  const { page, context } = await portal.person({ bypassCSP: true });
  await context.addInitScript(AXE);
  owner = page;
  await signIn(owner, OWNER);
});
after(() => portal.close());

let count = 0;
/** An address that nobody has. */
function address() {
  count += 1;
  return `listed.${process.pid}.${count}@engine.example`;
}

const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** R310 */
test("a table is checked line by line, and nobody in it is invited twice", async () => {
  const good = [address(), address()];
  const bad = `${good[0]},Twice,Named,member`;
  const table = [
    "email;first_name;last_name;role",
    `${good[0]};Ada;Lovelace;manager`,
    "no-address;Charles;Babbage;member",
    `${good[1]};Mary;;boss`,
  ].join("\n");
  await owner.goto("/team-bulk");
  await settle(owner);
  assert.deepEqual(await faults(owner), []);
  await owner.getByRole("button", { name: "Check", exact: true }).click();
  await owner.getByRole("link", { name: "Paste a table, or choose a file" }).waitFor();
  await owner.setInputFiles("#file", { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await owner.getByText("people.csv is in the field above.").waitFor();
  await owner.getByRole("button", { name: "Check", exact: true }).click();

  await owner.getByRole("heading", { name: "1 person can be invited" }).waitFor();
  assert.equal(await focused(owner), "What would happen");
  const lines = owner.locator("[data-fill=bad-rows] tr");
  assert.equal(await lines.count(), 2);
  assert.match((await lines.nth(0).textContent()) ?? "", /Charles Babbage.*3.*E-mail.*name@example\.com/s);
  assert.match((await lines.nth(1).textContent()) ?? "", /4.*Last name.*Role/s);
  assert.deepEqual(await faults(owner), []);
  assert.equal(await owner.inputValue("#csv"), table, "nothing typed is lost");

  await owner.getByRole("button", { name: "Invite 1 person" }).click();
  await owner.getByText("1 person is invited.").waitFor();
  await linkMailedTo(owner, good[0], "/accept");

  // Put right, with the line above still in it: only who is new is invited.
  await owner.fill(
    "#csv",
    table.replace("no-address;Charles;Babbage;member\n", "").replace(";;boss", ";Fairfax;member"),
  );
  assert.equal(await owner.locator("#result").isVisible(), false, "what was said is of another table");
  await owner.getByRole("button", { name: "Check", exact: true }).click();
  await owner.getByText("1 person of this table was invited from here a moment ago").waitFor();
  await owner.getByRole("button", { name: "Invite 1 person" }).click();
  await owner.getByText("1 person is invited.").waitFor();

  // Come back later, the API knows who is invited.
  await owner.reload();
  await settle(owner);
  await owner.fill("#csv", `email,first_name,last_name,role\n${bad}`);
  await owner.getByRole("button", { name: "Check", exact: true }).click();
  await owner.getByRole("heading", { name: "1 line needs to be corrected" }).waitFor();
  assert.equal(await owner.getByRole("button", { name: /^Invite \d/ }).count(), 0);
});

/** R310 */
test("inviting stops at a press, or where the API refuses all, and goes on", async () => {
  const people = Array.from({ length: 5 }, (_, index) => `someone.${index}@engine.example,Some,One`);
  /** @type {string[]} */
  const asked = [];
  await owner.route("**/api/team/invitations", async (route) => {
    const { email } = route.request().postDataJSON();
    asked.push(email);
    if (asked.length === 2) {
      await route.fulfill({ status: 503, json: { code: "try_again", request_id: "x" } });
      return;
    }
    if (asked.length === 4) {
      await owner.getByRole("button", { name: "Stop" }).click();
    }
    await route.fulfill({ status: 201, json: { id: "inv_x", email, expires_at: "2026-11-25T10:00:00Z" } });
  });
  await owner.goto("/team-bulk");
  await settle(owner);
  await owner.fill("#csv", ["email,first_name,last_name", ...people].join("\n"));
  await owner.getByRole("button", { name: "Check", exact: true }).click();
  await owner.getByRole("button", { name: "Invite 5 people" }).click();
  await owner.getByText("4 people are left. We could not do that just now.").waitFor();
  await owner.getByText("1 person is invited.").waitFor();
  assert.equal(await focused(owner), "What happened");
  await owner.getByRole("button", { name: "Invite the remaining 4" }).click();
  await owner.getByText("Stopped: 2 people are left.").waitFor();
  assert.deepEqual(await faults(owner), []);
  await owner.getByRole("button", { name: "Invite the remaining 2" }).click();
  await owner.getByText("5 people are invited.").waitFor();
  assert.deepEqual(
    asked.map((email) => email.match(/\d/)?.[0]),
    ["0", "1", "1", "2", "3", "4"],
    "the one that was refused is tried again, nobody else",
  );
  await owner.unroute("**/api/team/invitations");
});
