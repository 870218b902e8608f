// R401, R402, R403, R404, R406: one license, its seats, its downloads, its certificate; and the summary of all.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { call } from "./lib/call.mjs";
import { OWNER, openPortal, SEES_ASSIGNED_ONLY, settle, signIn } from "./lib/portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

/** Somebody signed in, with what looks for faults of the page. */
async function somebody(/** @type {string} */ name, options = {}) {
  const { page, context, complaints } = await portal.person({ bypassCSP: true, ...options });
  await context.addInitScript(AXE);
  await signIn(page, name);
  return { page, complaints };
}

/** The first license of a person of which something holds. */
async function licenseWhere(/** @type {Page} */ page, /** @type {(license: any) => boolean} */ holds) {
  const { items } = await call(page, "GET", "/api/licenses?limit=100");
  const found = items.find(holds);
  assert.ok(found, "the sample has no such license");
  return found;
}

async function open(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(address);
  await settle(page);
}

const inForce = (/** @type {any} */ it) => it.state === "active" || it.state === "ending";

/** R403 */
test("a seat is assigned, passed on and released", async () => {
  const { page, complaints } = await somebody(OWNER);
  const license = await licenseWhere(page, (it) => inForce(it) && it.seats.total > it.seats.used + 1);
  const used = license.seats.used;
  await open(page, `/license?id=${license.id}`);
  await page.getByRole("heading", { level: 1, name: license.product.name }).waitFor();
  assert.deepEqual(await faults(page), []);
  const line = page.locator(".seats-line");
  await line.getByText(`${used} of ${license.seats.total} in use`).waitFor();

  await page.getByRole("button", { name: "Assign seats" }).click();
  const dialog = page.getByRole("dialog");
  // Nobody chosen is a mistake, told like any.
  await dialog.getByRole("button", { name: "Assign" }).click();
  await dialog.getByText("Choose at least one person.").waitFor();
  const free = dialog.locator("input:not(:disabled)");
  const [first, second] = await free.evaluateAll((all) =>
    all.map((it) => it.closest("label")?.querySelector("b")?.textContent ?? ""),
  );
  await free.first().check();
  assert.deepEqual(await faults(page), []);
  await dialog.getByRole("button", { name: "Assign" }).click();
  await page.getByText("1 seat assigned.").waitFor();
  await line.getByText(`${used + 1} of ${license.seats.total} in use`).waitFor();
  const holder = page.locator("#seats tbody tr", { hasText: first });
  await holder.waitFor();

  await page.getByRole("button", { name: `Pass on the seat of ${first}` }).click();
  await dialog.locator("label", { hasText: second }).locator("input").check();
  await dialog.getByRole("button", { name: "Pass on" }).click();
  await page.getByText(`The seat of ${first} was passed on.`).waitFor();
  await holder.waitFor({ state: "detached" });

  await page.getByRole("button", { name: `Release the seat of ${second}` }).click();
  await dialog.getByRole("button", { name: "Release the seat" }).click();
  await page.getByText(`The seat of ${second} is free.`).waitFor();
  await line.getByText(`${used} of ${license.seats.total} in use`).waitFor();
  assert.deepEqual(complaints, []);
});

/** R404 */
test("a covered release is downloaded, and is what its checksum says", async () => {
  const { page } = await somebody(OWNER);
  const license = await licenseWhere(page, (it) => inForce(it) && it.product.code === "NLD");
  await open(page, `/license?id=${license.id}`);
  const file = page.locator(".release:not(.over) .files > li").first();
  await file.locator("summary").click();
  const sum = await file.locator("code").textContent();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    file.getByRole("button", { name: /^Download/ }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  assert.equal(createHash("sha256").update(bytes).digest("hex"), sum);
  assert.equal(download.suggestedFilename(), await file.locator(".long").textContent());
});

/** R406 */
test("the certificate is one printed page without what belongs to the screen", async () => {
  const { page } = await somebody(OWNER);
  const license = await licenseWhere(page, inForce);
  await open(page, `/certificate?id=${license.id}`);
  await page.locator(".certificate").getByText(license.serial_number).waitFor();
  assert.deepEqual(await faults(page), []);
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1);
  await page.emulateMedia({ media: "print" });
  for (const part of [".head", ".side", ".back"]) {
    assert.equal(await page.locator(part).first().isVisible(), false, part);
  }
});

/** R402 */
test("the summary draws what ends when, and has the same figures as a table", async () => {
  const { page, complaints } = await somebody(OWNER);
  await open(page, "/summary");
  await page.locator(".chart").waitFor();
  const figures = await page.locator(".timeline table td").allTextContents();
  assert.equal(figures.length, 12);
  const drawn = await page.locator(".chart .figure").allTextContents();
  assert.deepEqual(
    drawn.map((it) => it || "0"),
    figures,
  );
  const { items } = await call(page, "GET", "/api/licenses/summary");
  assert.equal(await page.locator("#summary tbody tr").count(), items.length);
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(complaints, []);
});

/** R401 */
test("a member sees the license assigned to them, and no other", async () => {
  const owner = await somebody(OWNER);
  const { page } = await somebody(SEES_ASSIGNED_ONLY, { viewport: { width: 390, height: 844 } });
  const mine = await licenseWhere(page, () => true);
  await open(page, `/license?id=${mine.id}`);
  await page.locator(".serial", { hasText: mine.serial_number }).waitFor();
  assert.equal(await page.locator("#seats").isVisible(), false);
  assert.deepEqual(await faults(page), []);
  const { items } = await call(page, "GET", "/api/licenses?limit=100");
  const other = await licenseWhere(owner.page, (it) => !items.some((/** @type {any} */ own) => own.id === it.id));
  await open(page, `/license?id=${other.id}`);
  await page.getByRole("heading", { name: "This license cannot be shown" }).waitFor();
  await open(page, "/summary");
  await page.getByText(/for those who may view orders/).waitFor();
});

test("in French, by keyboard alone: asking for a renewal", async () => {
  const { page } = await somebody(OWNER);
  const license = await licenseWhere(page, (it) => inForce(it) && it.ends_on !== null);
  await open(page, `/fr/license?id=${license.id}`);
  await page.getByRole("button", { name: "Demander le renouvellement" }).first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Merci d’ajouter deux postes.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(/Vous avez demandé le renouvellement/).waitFor();
});
