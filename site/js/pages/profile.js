// Who the person is for the vendor. The sections are parts of their own; here the profile is loaded for them.

import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile, openProfile } from "../lib/profile.js";
import { me } from "../lib/session.js";

/** @typedef {import("../types.d.ts").Profile} Profile */

function number(/** @type {NonNullable<Profile["company"]>} */ company) {
  const mark = company.verified
    ? html`<span class="verified"><svg class="icon" aria-hidden="true"><use href="#icon-verified"></use></svg>${t("company.verified")}</span>`
    : html`<span class="tag warn">${t("company.unverified")}</span>`;
  return html`<span class="mono">${company.number}</span> ${mark}`;
}

async function showCompany(/** @type {Profile} */ { company }) {
  for (const it of document.querySelectorAll("[data-when=company]")) {
    it.toggleAttribute("hidden", company === null);
  }
  document.querySelector("[data-when=no-company]")?.toggleAttribute("hidden", company !== null);
  if (company) {
    fill(document, "company-name", company.name);
    fill(document, "company-number", number(company));
    const who = await me();
    fill(document, "company-role", who?.role ? t(`role.${who.role}`) : "–");
  }
}

export default async function profile() {
  onProfile(showCompany);
  await openProfile();
}
