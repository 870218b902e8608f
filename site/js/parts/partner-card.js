// A partner's own account at a glance, beside the way to its customers; never mixed with their figures (R501).

import { api } from "../lib/api.js";
import { fills, html } from "../lib/html.js";
import { date, locale, t } from "../lib/i18n.js";
import { daysTo } from "../lib/license.js";
import { me } from "../lib/session.js";

/** @typedef {{products: number, licenses: number, seats: {used: number, total: number}, next_end: string | null}} Figures */

const figure = (/** @type {string} */ name, /** @type {string} */ value, note = "") =>
  html`<div><dt>${name}</dt><dd class="num"><b>${value}</b>${note && html` <span class="small soft">${note}</span>`}</dd></div>`;

/** What there is of licenses, and when the next ends, or the last ended. */
function licenses(/** @type {string} */ name, /** @type {Figures} */ { licenses: count, next_end }) {
  const key = next_end && daysTo(next_end) < 0 ? "overview.last_end" : "overview.next_end";
  return figure(name, count.toLocaleString(locale), next_end ? t(key, { date: date(next_end) }) : "");
}

/** @param {HTMLElement} part */
export default async function partnerCard(part) {
  if (!(await me().catch(() => null))?.may.includes("list_customers")) {
    return;
  }
  /** @type {{users: number, own: Figures | null, demo: Figures | null} | null} */
  const own = await api("GET", "/api/partner/summary").catch(() => null);
  const [list] = fills(part, "own");
  list.hidden = own === null;
  if (own) {
    list.replaceChildren(
      figure(t("overview.own_users"), own.users.toLocaleString(locale)),
      ...(own.own ? [licenses(t("overview.own_licenses"), own.own)] : []),
      ...(own.demo ? [licenses(t("overview.own_demo"), own.demo)] : []),
    );
  }
}
