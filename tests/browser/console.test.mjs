// R313, R702, R703, R704, R705: the vendor's console, from the second factor to the download of what was published.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { OWNER, openPortal, settle, signIn } from "./lib/portal.mjs";
import { ADMIN, atConsole, OTHER_ADMIN, SUPPORT } from "./lib/staff.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
/** @type {Page} */
let admin;
/** @type {Page} */
let support;
before(async () => {
  portal = await openPortal();
  [admin, support] = await Promise.all([somebody(), somebody()]);
  await atConsole(admin, ADMIN);
  await atConsole(support, SUPPORT);
});
after(() => portal.close());

async function somebody(options = {}) {
  const { page, context } = await portal.person({ bypassCSP: true, ...options });
  await context.addInitScript(AXE);
  return page;
}

async function open(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(address);
  await settle(page);
}

/** R110 */
test("staff without a second factor are led to it first", async () => {
  const page = await somebody();
  await signIn(page, OTHER_ADMIN);
  await open(page, "/console");
  await page.getByRole("heading", { name: "The console needs your second factor" }).waitFor();
  await page.getByRole("link", { name: "Set up my second factor" }).click();
  await page.getByText(/The console opens as soon as/).waitFor();
});

/** R902 */
for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [360, 1280]) {
    test(`the console can be used by everybody: ${colorScheme}, ${width} pixels`, async () => {
      await admin.emulateMedia({ colorScheme });
      await admin.setViewportSize({ width, height: 800 });
      const wrong = [];
      for (const address of [
        "/console",
        "/console-request?id=none",
        "/console-accounts",
        "/console-accounts?query=nobody%20at%20all",
        "/de/console-order",
        "/console-order?number=none",
        "/fr/console-products",
        "/console-product?code=NLD",
      ]) {
        await open(admin, address);
        wrong.push(...(await faults(admin)).map((fault) => `${address}: ${fault}`));
        if (address === "/console-accounts") {
          const box = await admin.locator("#accounts tbody input").first().boundingBox();
          assert.ok(box && box.width >= 20, "what marks an account can be seen and touched");
        }
      }
      await admin.emulateMedia({ colorScheme: "light" });
      await admin.setViewportSize({ width: 1280, height: 800 });
      assert.deepEqual(wrong, []);
    });
  }
}

/** R702, R104 */
test("an account is found by the beginning of its name, by number and by serial, and its owner invited", async () => {
  await open(admin, "/console-accounts");
  assert.deepEqual(await faults(admin), []);
  const rows = admin.locator("#accounts tbody tr");
  const find = async (/** @type {string} */ query) => {
    await admin.fill("#query", query);
    await admin.keyboard.press("Enter");
    await admin.waitForURL((url) => url.searchParams.get("query") === query);
    await settle(admin);
  };
  await find("harl");
  await rows.getByText("Harlow & Finch Architects").waitFor();
  const number = (await rows.locator(".mono").first().textContent()) ?? "";
  await find(number);
  assert.equal(await rows.count(), 1);
  await rows.getByRole("checkbox").check();
  await admin.getByRole("button", { name: "Invite 1 owner" }).click();
  // Eleanor has signed in: nobody is written to.
  await admin.getByText("0 invitations are on their way.").waitFor();
  await find("nobody is called so");
  await admin.getByRole("heading", { name: "Nothing was found for nobody is called so" }).waitFor();
  await find(OWNER);
  await admin.getByText("Eleanor Harlow, eleanor.harlow@harlowfinch.example, belongs to:").waitFor();
  await rows.getByRole("link").first().click();
  await admin.getByRole("heading", { level: 1, name: "Harlow & Finch Architects" }).waitFor();
  await settle(admin);
  assert.deepEqual(await faults(admin), []);
});

/** R704, R105 */
test("an order is recorded, amended, and cancelled", async () => {
  await open(support, "/console-order");
  assert.deepEqual(await faults(support), []);
  const number = `SO-9${Date.now() % 100_000}`;
  await support.getByRole("button", { name: "Record the order" }).click();
  await support.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.deepEqual(await faults(support), []);
  await support.fill("#number", number);
  await support.fill("#account", "C10999999");
  await support.fill("[data-of=seats]", "3");
  await support.fill("[data-of=starts_on]", "2026-11-01");
  await support.fill("[data-of=ends_on]", "2026-10-01");
  await support.getByRole("button", { name: "Record the order" }).click();
  await support.locator(".error").first().waitFor();
  assert.equal(await support.inputValue("#number"), number, "nothing typed is lost");
  const account = await call(admin, "GET", "/api/staff/accounts?query=harl");
  await support.fill("#account", account.items[0].number);
  await support.fill("[data-of=ends_on]", "2027-10-31");
  await support.getByRole("button", { name: "Record the order" }).click();
  await support.getByRole("heading", { name: `Order ${number}` }).waitFor();
  await settle(support);
  assert.deepEqual(await faults(support), []);

  await support.getByRole("button", { name: "Change the order" }).click();
  await support.fill("#amend-purchase_order", "PO 77");
  await support.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await support.getByText("PO 77").waitFor();

  await support.getByRole("button", { name: /^Change \w+-/ }).click();
  await support.fill("#amend-seats", "5");
  await support.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await support.getByText("0 of 5").waitFor();

  await support.getByRole("button", { name: "Cancel the order" }).click();
  await support.fill("#cancel-reason", "Ordered twice.");
  await support.getByRole("dialog").getByRole("button", { name: "Cancel the order" }).click();
  await support.getByText(/^Cancelled on/).waitFor();
});

/** R703, R404 */
test("a release is uploaded and published, and a customer finds it", async () => {
  await open(admin, "/console-products");
  await admin.getByRole("link", { name: "Northlight Draft" }).click();
  await settle(admin);
  assert.deepEqual(await faults(admin), []);
  await admin.getByRole("button", { name: "New release" }).click();
  await admin.fill("#version", "99.1");
  await admin.fill("#released_on", "2026-11-20");
  await admin.fill("#notes", "Snaps to what you mean.");
  const file = { name: "draft 99.1 'β'.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(300_000, 7) };
  await admin.setInputFiles("#file", file);
  await admin.getByText("draft 99.1 'β'.bin has arrived.").waitFor();
  assert.deepEqual(await faults(admin), []);
  await admin.getByRole("button", { name: "Publish" }).click();
  await admin.getByText("Version 99.1 is published.").waitFor();

  const owner = await somebody();
  await signIn(owner, OWNER);
  const { items } = await call(owner, "GET", "/api/licenses?limit=100");
  const license = items.find(
    (/** @type {any} */ it) => it.product.code === "NLD" && it.type === "subscription" && it.state === "active",
  );
  await open(owner, `/license?id=${license.id}`);
  const release = owner.locator(".release", { hasText: "Version 99.1" });
  const [download] = await Promise.all([
    owner.waitForEvent("download"),
    release.getByRole("button", { name: /^Download/ }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "draft 99.1 'β'.bin");

  await admin.getByRole("button", { name: "Withdraw version 99.1" }).click();
  await admin.getByText(/Version 99.1 is withdrawn/).waitFor();
  await owner.reload();
  await settle(owner);
  assert.equal(await release.count(), 0);
});

/** R705, R313 */
test("requests on the desk are taken, refused with a reason, and approved by two where it takes two", async () => {
  const owner = await somebody();
  await signIn(owner, OWNER);
  const ask = (/** @type {unknown} */ body) => call(owner, "POST", "/api/profile/change-requests", body);
  await ask({ kind: "company", name: "Harlow, Finch & Daughters", reason: "We grew." });
  const contact = { first_name: "Hugh", last_name: "Penhaligon", email: "hugh.penhaligon@harlowfinch.example" };
  await ask({ kind: "license_contact", ...contact, reason: "" });

  await open(support, "/console");
  assert.deepEqual(await faults(support), []);
  await support.getByRole("link", { name: "Another company name" }).click();
  await support.getByText("We grew.").waitFor();
  assert.deepEqual(await faults(support), []);
  await support.getByRole("button", { name: "Take it" }).click();
  await support.getByText("You have taken this.").waitFor();
  await support.getByRole("button", { name: "Refuse" }).click();
  await support.fill("#refuse-reason", "We need the register's extract first.");
  await support.getByRole("dialog").getByRole("button", { name: "Refuse" }).click();
  await support.getByText("Refused. The person is told by mail.").waitFor();

  await support.getByRole("link", { name: "Another license contact" }).click();
  await support.getByText("This hands the account over").waitFor();
  await support.getByRole("button", { name: "Approve" }).click();
  await support.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await support.getByText(/A second person has to approve too/).waitFor();
  await support.getByText("You gave the first approval").waitFor();
  await open(admin, "/console");
  await admin.getByRole("link", { name: "Another license contact" }).click();
  await admin.getByText(/Greta Hansen has approved/).waitFor();
  await admin.getByRole("button", { name: "Approve" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await admin.getByText("Approved. The person is told by mail.").waitFor();
});

/** R102, R103 */
test("somebody asks to join, the license contact lets them in", async () => {
  const page = await somebody();
  await signIn(page, "ines.moreau@atelier-moreau.example", "/fr");
  const mine = await call(page, "GET", "/api/session");
  const joiner = await somebody({ viewport: { width: 390, height: 844 } });
  const { newcomer } = await import("./lib/newcomer.mjs");
  const email = await newcomer(joiner);
  await open(joiner, "/claim");
  await joiner.fill("#reference", mine.account.number.toLowerCase());
  await joiner.getByRole("button", { name: "Ask to join" }).click();
  await joiner.getByText("Waiting").waitFor();
  assert.deepEqual(await faults(joiner), []);

  await open(page, "/");
  await page.getByRole("link", { name: /1 personne demande/ }).click();
  await page.getByText(email).waitFor();
  await settle(page);
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: /^Accepter/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accepter" }).click();
  await page.getByText(/est désormais membre/).waitFor();
  const { items } = await call(joiner, "GET", "/api/session/accounts");
  assert.equal(items.length, 1);
});
