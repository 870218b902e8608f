// R510: a guest's time passes. The same data is opened again a month ahead.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { call } from "./lib/call.mjs";
import { openPortal, PASSWORD, settle, signIn } from "./lib/portal.mjs";

/** Two of Keystone, a partner, and the owner of Granite Peak Surveying, a customer of theirs. */
const GUEST = "paige.novak@keystonedesign.example";
const OWNER = "dana.ortega@granitepeak.example";

/** @typedef {Awaited<ReturnType<typeof openPortal>>} Portal */

async function somebody(/** @type {Portal} */ portal, /** @type {string} */ name) {
  const { page } = await portal.person();
  await signIn(page, name);
  return page;
}

/** Their accounts, and the one they are a guest of. */
async function guestOf(/** @type {import("playwright-core").Page} */ page) {
  const { items } = await call(page, "GET", "/api/session/accounts");
  return items.find((/** @type {{guest: unknown}} */ item) => item.guest);
}

/** R510 */
test("a guest works there until their time is over, and then no more", async () => {
  const data = await mkdtemp(join(tmpdir(), "portico-expiry-"));
  const today = await openPortal({ data });
  try {
    const owner = await somebody(today, OWNER);
    const body = { email: GUEST, role: "member", permissions: ["view_orders"], days: 30, language: "en" };
    await call(owner, "POST", "/api/team/guests", body);
    const guest = await somebody(today, GUEST);
    const { items } = await call(guest, "GET", "/api/sign-up/invitations");
    await call(guest, "PUT", `/api/sign-up/invitations/${items[0].account.id}`, {});
    const there = await guestOf(guest);
    assert.equal(there.guest.ended, false);
    await call(guest, "PUT", "/api/session/account", { account_id: there.id, password: PASSWORD });
    await guest.goto("/licenses");
    await guest.getByText("SO-20641").first().waitFor();
  } finally {
    await today.close();
  }
  const later = await openPortal({ data, ahead: 31 });
  try {
    const guest = await somebody(later, GUEST);
    assert.equal((await guestOf(guest)).guest.ended, true);
    await guest.goto("/choose-account");
    await settle(guest);
    await guest.getByText("You belong to one account only").waitFor();
    const refused = await guest.evaluate(
      async ([id, password]) => {
        const method = { method: "PUT", headers: { "content-type": "application/json" } };
        const reply = await fetch("/api/session/account", {
          ...method,
          body: JSON.stringify({ account_id: id, password }),
        });
        return `${reply.status} ${(await reply.json()).code}`;
      },
      [(await guestOf(guest)).id, PASSWORD],
    );
    assert.equal(refused, "403 guest_ended");
    const owner = await somebody(later, OWNER);
    // The browser's own clock goes with the portal's.
    await owner.clock.setFixedTime(Date.now() + 31 * 86_400_000);
    await owner.goto("/outsiders");
    await owner.locator("#guests").getByText("Over", { exact: true }).waitFor();
  } finally {
    await later.close();
    await rm(data, { recursive: true });
  }
});
