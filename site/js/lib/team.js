// People of an account, in words: what they are, how they stand, when they were here.

import { html } from "./html.js";
import { has, t } from "./i18n.js";
import { day, since } from "./time.js";

/** @typedef {import("../types.d.ts").Person} Person */

export const fullName = (/** @type {{first_name: string, last_name: string}} */ it) =>
  `${it.first_name} ${it.last_name}`;

/** Whether the link of their invitation is past its time. */
const expired = (/** @type {Person} */ it) => it.invited_until !== null && Date.parse(it.invited_until) < Date.now();

/** How somebody stands, as a tag. */
export function personState(/** @type {Person} */ it) {
  if (it.status === "deactivated") return html`<span class="tag bad">${t("person.deactivated")}</span>`;
  if (it.status === "unlinked") return html`<span class="tag">${t("person.unlinked")}</span>`;
  switch (it.group) {
    case "guests":
      return html`<span class="tag warn">${it.guest ? t("guests.until", { date: day(it.guest.until) }) : t("guests.tag")}</span>`;
    case "contacts":
      return html`<span class="tag">${t("person.contact")}</span>`;
    case "invited":
      return expired(it)
        ? html`<span class="tag bad">${t("person.invitation_expired")}</span>`
        : html`<span class="tag warn">${t("person.invited")}</span>`;
    case "inactive":
      return html`<span class="tag">${t("person.closing")}</span>`;
    default:
      return html`<span class="tag good">${t("person.active")}</span>`;
  }
}

/** What the first cell of a row says: what somebody is called, what they do, and what they sign in with. */
export const personLines = (/** @type {Person} */ it, /** @type {string | null} */ href) =>
  html`${href ? html`<a class="name" href="${href}">${fullName(it)}</a>` : html`<b>${fullName(it)}</b>`}${it.job_title && html` <span class="small soft">${it.job_title}</span>`}
    <span class="small soft long">${it.email}</span>${it.user_name && html`<span class="small soft mono long">${it.user_name}</span>`}${it.guest && html`<span class="small soft long">${t("guests.from", { home: it.guest.home.name })}</span>`}`;

/** What happened, in words. */
export function activityLine(/** @type {import("../types.d.ts").Activity} */ { event, change }) {
  const key = `activity.${change ? `${event}_${change}` : event}`;
  const known = [key, `activity.${event}`, "activity.other"].find(has);
  return t(known ?? "activity.other");
}

/** Who did it, and as what if not as one who belongs to the account (R513). */
export function actedBy(/** @type {NonNullable<import("../types.d.ts").Activity["by"]>} */ { name, capacity, home }) {
  const words = name && html`<span>${t("activity.by", { name })}</span>`;
  if (!capacity || capacity === "member") return words || null;
  return html`${words}<span class="tag plain">${t(`capacity.${capacity}`, { home: home?.name ?? "" })}</span>`;
}

/** When somebody was here last; a person who never came says so. */
export const seen = (/** @type {Person} */ it) =>
  it.last_sign_in ? since(it.last_sign_in) : html`<span class="soft">${it.user ? t("console.never") : "–"}</span>`;
