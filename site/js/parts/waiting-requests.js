// What the person has asked the vendor to change, as long as it waits.

import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile } from "../lib/profile.js";
import { since } from "../lib/time.js";

/** @typedef {import("../types.d.ts").ChangeRequest} ChangeRequest */

/** What was asked, in words. */
function words(/** @type {ChangeRequest} */ { kind, wish }) {
  switch (kind) {
    case "name":
      return t("requests.name", { wish });
    case "email":
      return t("requests.email", { wish });
    case "company":
      return t("requests.company", { wish });
    case "license_contact":
      return t("requests.license_contact", { wish });
    default:
      return t("requests.taken_back");
  }
}

/** @param {HTMLElement} part */
export default function waitingRequests(part) {
  onProfile(({ requests }) => {
    part.hidden = requests.length === 0;
    const rows = requests.map(
      (
        it,
      ) => html`<li><div><b>${words(it)}</b><br><span class="small soft">${t("requests.asked")} ${since(it.asked_at)}</span></div>
        <span class="tag warn">${t("requests.waiting")}</span></li>`,
    );
    const list = document.createDocumentFragment();
    list.append(...rows);
    fill(part, "requests", list);
  });
}
