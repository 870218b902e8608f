// How a license is shown, wherever it is: its state as a tag, its end as a day.

import { html } from "./html.js";
import { date, t } from "./i18n.js";

/** @typedef {import("../types.d.ts").License} License */

const DAY = 86_400_000;

/** Whole days from today, as the person's calendar has it, to a day; negative in the past. */
export function daysTo(/** @type {string} */ day, now = new Date()) {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.parse(`${day}T00:00:00Z`) - today) / DAY);
}

/** The state in words, with a colour that only helps. */
export function stateTag(/** @type {Pick<License, "state" | "ends_on">} */ license) {
  if (license.state === "cancelled") {
    return html`<span class="tag bad">${t("state.cancelled")}</span>`;
  }
  if (license.state === "ended") {
    return html`<span class="tag">${t("state.ended")}</span>`;
  }
  const days = license.ends_on ? daysTo(license.ends_on) : Number.POSITIVE_INFINITY;
  if (license.state === "ending" && days >= 0) {
    const words = days === 0 ? t("state.ends_today") : t("state.ends_in", { count: days });
    return html`<span class="${days < 8 ? "tag bad" : "tag warn"}">${words}</span>`;
  }
  return html`<span class="tag good">${t("state.active")}</span>`;
}

/** What kind of license it is, in words. */
export const typeName = (/** @type {Pick<License, "type">} */ license) => t(`type.${license.type}`);

/** When the contract ends; for a perpetual license, how long it is maintained. */
export function contractEnd(/** @type {Pick<License, "ends_on" | "maintenance_ends_on">} */ license) {
  const until = license.maintenance_ends_on;
  const maintained =
    until &&
    html`<span class="small soft">${t(daysTo(until) < 0 ? "licenses.maintenance_over" : "licenses.maintenance", { date: date(until) })}</span>`;
  const end = license.ends_on
    ? html`<time datetime="${license.ends_on}">${date(license.ends_on)}</time>`
    : html`<span>${t("licenses.no_end")}</span>`;
  return html`<div class="num">${end}${maintained && html`<br>${maintained}`}</div>`;
}
