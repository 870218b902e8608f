// R902: every page in both schemes at three widths: nothing axe finds, nothing wider than the screen, nothing that the
// content security policy had to stop; and signing in with the keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, faults } from "./lib/axe.mjs";
import { atHome, OWNER, openPortal, PASSWORD, settle, signIn } from "./lib/portal.mjs";

const DOORS = [
  "/sign-in",
  "/fr/sign-in",
  "/sign-up",
  "/confirm",
  "/confirm#token=x",
  "/claim",
  "/forgot",
  "/reset",
  "/reset#token=x",
  "/first-sign-in",
  "/new-password",
  "/new-password?because=initial_password_expired",
  "/confirm-email#token=x",
  "/take-back#token=x",
  "/accept",
  "/accept#token=x",
  "/de/404",
  "/500",
];
const ROOMS = [
  "/",
  "/licenses",
  "/licenses?serial=NLD-0000-0000-0000",
  "/claim",
  "/choose-account",
  "/fr/licenses?sort=end",
  "/profile",
  "/security",
  "/close-login",
  "/summary",
  "/claimants",
  "/team",
  "/fr/team?group=inactive",
  "/member?id=none",
  "/team-invite",
  "/team-bulk",
  "/fr/invitations",
  "/access-review",
  "/license?id=none",
  "/certificate?id=none",
  "/outsiders",
  "/customers",
  "/customer?id=none",
  "/customer-new",
  "/team?customer=none",
];

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [360, 768, 1280]) {
    test(`pages can be used by everybody: ${colorScheme}, ${width} pixels`, async () => {
      const { page, context } = await portal.person({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      await context.addInitScript(AXE);
      const wrong = [];
      const look = async (/** @type {string} */ address, /** @type {() => Promise<void>} */ act = async () => {}) => {
        await page.goto("about:blank");
        await page.goto(address);
        await settle(page);
        await act();
        wrong.push(...(await faults(page)).map((fault) => `${address}: ${fault}`));
      };
      for (const address of DOORS) {
        await look(address);
      }
      await look("/sign-up", () => page.click("button[type=submit]"));
      await signIn(page, OWNER);
      for (const address of ROOMS) {
        await look(address);
      }
      await look("/", () => page.click(".who"));
      assert.deepEqual(wrong, []);
    });
  }
}

test("the policy has nothing to stop", async () => {
  const { page, context, complaints } = await portal.person();
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`stopped: ${event.violatedDirective}`));
  });
  for (const address of DOORS) {
    await page.goto(address);
    await settle(page);
  }
  await signIn(page, OWNER);
  for (const address of ROOMS) {
    await page.goto(address);
    await settle(page);
  }
  assert.deepEqual(complaints, []);
});

test("text cannot become markup: the policy refuses strings", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in");
  const outcome = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<b>x</b>";
      return "taken";
    } catch {
      return "refused";
    }
  });
  assert.equal(outcome, "refused");
});

/** R112 */
test("a person signs in and opens the menu with the keyboard alone", async () => {
  const { page } = await portal.person();
  await page.goto("/sign-in");
  await settle(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(OWNER);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await atHome(page);
  await page.locator(".who").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement?.closest("#menu") !== null), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "who");
});
