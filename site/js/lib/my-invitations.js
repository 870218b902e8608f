// Answering an invitation to an account as whoever is signed in: by its link, or on the overview.

import { api } from "./api.js";
import { forgetAccounts, me, remember, tellTabs } from "./session.js";

/** @typedef {import("../types.d.ts").MyInvitation} MyInvitation */

const path = (/** @type {{id: string}} */ account) => `/api/sign-up/invitations/${encodeURIComponent(account.id)}`;

/**
 * Joins an account. Whoever works in none yet enters it at once, as choosing the first mostly needs no password; the
 * answer says where they work now.
 * @param {MyInvitation["account"]} account
 */
export async function join(account) {
  await api("PUT", path(account), { guest: true });
  forgetAccounts();
  const who = await me();
  if (who?.account) {
    return { here: false, other: who.account.name };
  }
  try {
    remember(await api("PUT", "/api/session/account", { body: { account_id: account.id }, guest: true }));
    tellTabs("account");
    return { here: true, other: "" };
  } catch {
    // They belong to it all the same, and choose it as any other.
    return { here: false, other: "" };
  }
}

/** Declines: whoever invited is told, and the invitation waits no longer. */
export const decline = (/** @type {MyInvitation["account"]} */ account) =>
  api("DELETE", path(account), { guest: true });
