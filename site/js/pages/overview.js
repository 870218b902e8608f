// The first page after sign-in: where one is, what needs attention, where one can go.

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { daysTo, stateTag, typeName } from "../lib/license.js";
import { accounts, lastKnown, me, showBarred } from "../lib/session.js";

/** @typedef {import("../types.d.ts").License} License */

const SOON_DAYS = 60;
const SHOWN = 5;

function greeting(/** @type {string} */ name) {
  const hour = new Date().getHours();
  return t(hour < 12 ? "overview.morning" : hour < 18 ? "overview.day" : "overview.evening", { name });
}

function accountLine(/** @type {import("../types.d.ts").Me} */ { account, role }) {
  return (
    account &&
    html`<b>${account.name}</b>
    <span class="verified mono">${account.number} <svg class="icon" role="img" aria-label="${t("overview.verified")}"><use href="#icon-verified"></use></svg></span>
    ${role && html`<span>${t(`role.${role}`)}</span>`}`
  );
}

/** The licenses that end soon, soonest first; it may take pages. */
async function endingSoon() {
  /** @type {License[]} */
  const soon = [];
  let cursor = "";
  for (let page = 0; page < 4; page += 1) {
    const query = new URLSearchParams({ sort: "end", from: "today", limit: "50", ...(cursor && { cursor }) });
    /** @type {import("../types.d.ts").LicenseList} */
    const { items, next } = await api("GET", `/api/licenses?${query}`);
    soon.push(...items.filter((it) => it.state !== "ended" && it.ends_on && daysTo(it.ends_on) <= SOON_DAYS));
    if (!next || items.some((it) => !it.ends_on || daysTo(it.ends_on) > SOON_DAYS)) {
      return { soon, more: false };
    }
    cursor = next;
  }
  return { soon, more: true };
}

function attention(/** @type {License[]} */ soon, /** @type {boolean} */ more) {
  if (soon.length === 0) {
    return html`<header><h2>${t("overview.attention")}</h2></header>
      <div class="calm"><svg class="icon" aria-hidden="true"><use href="#icon-verified"></use></svg>
      <div><h3>${t("overview.calm_title")}</h3><p class="soft">${t("overview.calm")}</p></div></div>`;
  }
  const count = { count: soon.length };
  return html`<header><h2>${more ? t("overview.ending_many", count) : t("overview.ending", count)}</h2>
    <a href="${to("licenses")}?sort=end">${t("overview.ending_all")}</a></header>
    <ul>${soon.slice(0, SHOWN).map(
      (it) => html`<li>
        <span><b>${it.product.name}</b> <span class="small soft">${typeName(it)}</span></span>
        <a class="mono" href="${to("licenses")}?serial=${encodeURIComponent(it.serial_number)}">${it.serial_number}</a>
        <time class="num" datetime="${it.ends_on}">${date(/** @type {string} */ (it.ends_on))}</time>
        ${stateTag(it)}
      </li>`,
    )}</ul>`;
}

/** Who waits for this person to answer. Only the first page is asked for: more than that is told, not counted. */
async function waiting(/** @type {string} */ path, /** @type {[string, string]} */ [some, many]) {
  /** @type {{items: unknown[], next: string | null}} */
  // A failure here must not hide what else needs attention.
  const { items, next } = await api("GET", path).catch(() => ({ items: [], next: null }));
  const words = t(next ? many : some, { count: items.length });
  return items.length > 0
    ? [
        html`<p class="waiting"><svg class="icon" aria-hidden="true"><use href="#icon-people"></use></svg><a href="${to("claimants")}">${words}</a></p>`,
      ]
    : [];
}

/** Everyone who waits, as far as the answer is this person's to give. */
async function allWaiting(/** @type {string[]} */ may) {
  const lines = await Promise.all([
    may.includes("decide_claims")
      ? waiting("/api/sign-up/claimants", ["overview.claimants", "overview.claimants_many"])
      : [],
    may.includes("manage_members")
      ? waiting("/api/team/access-requests", ["overview.access", "overview.access_many"])
      : [],
  ]);
  return lines.flat();
}

async function fillAttention() {
  const [box] = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fill=attention]"));
  box.setAttribute("aria-busy", "true");
  try {
    const [{ soon, more }, lines] = await Promise.all([endingSoon(), allWaiting((await me())?.may ?? [])]);
    // Where somebody waits, it is not said that nothing is to be done.
    const head =
      soon.length === 0 && lines.length > 0
        ? html`<header><h2>${t("overview.attention")}</h2></header>`
        : attention(soon, more);
    box.replaceChildren(head, ...lines);
  } catch (cause) {
    box.replaceChildren(html`<div class="empty"><h2>${t("overview.error_title")}</h2><p>${explain(cause)}</p>
      <button class="button" type="button" @click="${fillAttention}">${t("app.retry")}</button></div>`);
  }
  box.removeAttribute("aria-busy");
}

export default async function overview() {
  const known = lastKnown();
  if (known) {
    fill(document, "greeting", greeting(known.user.first_name));
  }
  const who = await me().catch((cause) => {
    fill(
      document,
      "attention",
      html`<div class="empty"><h2>${t("overview.error_title")}</h2><p>${explain(cause)}</p></div>`,
    );
    return null;
  });
  if (!who || showBarred(who)) {
    return;
  }
  fill(document, "greeting", greeting(who.user.first_name));
  if (who.standing === "staff") {
    location.replace(to("console"));
    return;
  }
  if (who.account === null) {
    if ((await accounts().catch(() => [])).length > 0) {
      location.replace(to("choose-account"));
      return;
    }
    fill(document, "ask", t("overview.empty_ask", { email: who.user.email }));
    showStep(document, "unattached");
    return;
  }
  fill(document, "account-line", accountLine(who));
  await fillAttention();
}
