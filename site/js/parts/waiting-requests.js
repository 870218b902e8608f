// What the person has asked the vendor to change, as long as it waits.

import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile } from "../lib/profile.js";
import { since } from "../lib/time.js";

/** What was asked, in words. */
const WORDS = {
  name: "requests.name",
  email: "requests.email",
  company: "requests.company",
  license_contact: "requests.license_contact",
  renewal: "requests.renewal",
  claim: "requests.claim",
  missing_person: "requests.missing_person",
  two_logins: "requests.two_logins",
  access: "requests.access",
};

/** @param {HTMLElement} part */
export default function waitingRequests(part) {
  onProfile(({ requests }) => {
    part.hidden = requests.length === 0;
    const rows = requests.map(({ kind, wish, asked_at }) => {
      const words = t(WORDS[kind], { wish });
      return html`<li><div><b>${words}</b><br><span class="small soft">${t("requests.asked")} ${since(asked_at)}</span></div>
        <span class="tag warn">${t("requests.waiting")}</span></li>`;
    });
    const list = document.createDocumentFragment();
    list.append(...rows);
    fill(part, "requests", list);
  });
}
