// Notices that another tab switched accounts or signed out, so that nobody works in an account they do not see.

import { api, leaveToSignIn } from "../lib/api.js";
import { customer } from "../lib/customer.js";
import { fill } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { onTabs } from "../lib/session.js";

/** @typedef {import("../types.d.ts").Me} Me */

/** Where one is now, said in the dialog; whatever account this page was made for. */
async function sayWhere(/** @type {HTMLElement} */ dialog) {
  /** @type {Me | null} */
  const who = await api("GET", "/api/session", { anywhere: true, guest: true }).catch(() => null);
  if (who?.account) {
    const names = { account: who.account.name, home: who.home?.name ?? "" };
    fill(dialog, "where", t(who.capacity === "guest" ? "stale.guest" : "stale.member", names));
  }
}

export default function staleTab() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("stale"));
  const show = () => {
    if (!dialog.open) {
      dialog.showModal();
      sayWhere(dialog);
    }
  };
  // The search belongs to the account that was left: a cursor of it means nothing here, nor does a customer.
  const address = customer ? to("overview") : location.pathname;
  dialog.querySelector("button")?.addEventListener("click", () => location.assign(address));
  document.addEventListener("portico:account-changed", show);
  onTabs((what) => (what === "account" ? show() : leaveToSignIn("ended")));
}
