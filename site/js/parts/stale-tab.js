// Notices that another tab switched accounts or signed out, so that nobody works in an account they do not see.

import { leaveToSignIn } from "../lib/api.js";
import { onTabs } from "../lib/session.js";

export default function staleTab() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("stale"));
  const show = () => {
    if (!dialog.open) {
      dialog.showModal();
    }
  };
  // The search belongs to the account that was left: a cursor of it means nothing here.
  dialog.querySelector("button")?.addEventListener("click", () => location.assign(location.pathname));
  document.addEventListener("portico:account-changed", show);
  onTabs((what) => (what === "account" ? show() : leaveToSignIn("ended")));
}
