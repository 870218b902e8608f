// Who is signed in, where that person may go, and what a barred account shows instead of the page.

import { api, workIn } from "./api.js";
import { customer } from "./customer.js";
import { fill } from "./html.js";
import { t } from "./i18n.js";

/** @typedef {import("../types.d.ts").Me} Me */

const TITLES = {
  suspended: "suspended.title",
  closed: "closed.title",
  deactivated: "left.title",
  second_factor_missing: "factor_missing.title",
  guest_ended: "guest_ended.title",
  guests_only: "guests_only.title",
  customer_suspended: "suspended.title",
  customer_closed: "closed.title",
  not_theirs: "not_theirs.title",
};

/** Where a page keeps what it was told: what is said of a customer is true on its pages alone. */
const KEPT = customer ? `me.${customer}` : "me";

const guests = document.querySelector("[data-guests]") !== null;
const tabs = new BroadcastChannel("portico");

/** @type {Promise<Me | null> | undefined} */
let asked;

/** Who is signed in, on a page whose address names what cannot be a customer. */
async function nobodys() {
  /** @type {Me} */
  const who = await api("GET", "/api/session", { anywhere: true });
  return remember({ ...who, account: null, standing: "not_theirs", home: who.account, capacity: "partner", may: [] });
}

/** Who is signed in, asked once a page; null for a guest on a page that is open to guests. */
export function me() {
  asked ??= api("GET", "/api/session", { guest: guests }).then(remember, (problem) => {
    if (guests && problem.status === 401) {
      return null;
    }
    if (customer && problem.status === 404) {
      return nobodys();
    }
    throw problem;
  });
  return asked;
}

/** What this tab was told last, to draw at once who one is; never to decide by. Sign-in forgets it. */
export const lastKnown = () => /** @type {Me | null} */ (JSON.parse(sessionStorage.getItem(KEPT) ?? "null"));

/** Notes the account of an answer for this page's calls, and the answer for the next page's first look. */
export function remember(/** @type {Me} */ answer) {
  // A page about a customer is still made for the account one works in: the partner's.
  workIn(customer ? answer.home && { tag: answer.home.id } : answer.account);
  sessionStorage.setItem(KEPT, JSON.stringify(answer));
  asked = Promise.resolve(answer);
  document.dispatchEvent(new CustomEvent("portico:me", { detail: answer }));
  return answer;
}

/** Asks again who is signed in, after a change of what that says; if it cannot be learned now, the old answer stands. */
export async function meAgain() {
  remember(await api("GET", "/api/session").catch(me));
}

/** Tells the other tabs that the session changed under them: another account, or none. */
export function tellTabs(/** @type {"account" | "signed-out"} */ what) {
  tabs.postMessage(what);
}

/** Hears what other tabs tell. */
export function onTabs(/** @type {(what: "account" | "signed-out") => void} */ hear) {
  tabs.addEventListener("message", (event) => hear(event.data));
}

/** The accounts a person can work in. */
export async function accounts() {
  /** @type {{items: import("../types.d.ts").AccountChoice[]}} */
  const { items } = await api("GET", "/api/session/accounts");
  sessionStorage.setItem("accounts", String(items.length));
  return items;
}

/** Whether there is an account to switch to; remembered for the tab, as it rarely changes. */
export async function hasSeveral() {
  return Number(sessionStorage.getItem("accounts") ?? (await accounts()).length) > 1;
}

/** What was learned of accounts may be wrong from now on. */
export function forgetAccounts() {
  sessionStorage.removeItem("accounts");
}

/** The one of TITLES that bars a person; a refusal knows it before the next answer of `me`. */
function barredAs(/** @type {Me} */ who, /** @type {string} */ code) {
  const told = {
    membership_deactivated: "deactivated",
    account_suspended: "suspended",
    account_closed: customer ? "customer_closed" : "closed",
    second_factor_missing: "second_factor_missing",
    guest_ended: "guest_ended",
    guests_only: "guests_only",
    customer_suspended: "customer_suspended",
    // A list of one's own account is always there.
    ...(customer && { not_found: "not_theirs" }),
  };
  const standing = told[/** @type {keyof typeof told} */ (code)] ?? who.standing;
  return standing in TITLES ? /** @type {keyof typeof TITLES} */ (standing) : null;
}

/**
 * Puts the reason in place of the page if the account, or the person's access to it, is barred.
 * @param {Me} who
 * @param {string} [code] of a refusal
 */
export function showBarred(who, code = "") {
  const state = barredAs(who, code);
  if (!state || !(who.account || who.user.staff || customer)) {
    return false;
  }
  const barred = /** @type {HTMLElement} */ (document.getElementById("barred"));
  const account = who.account?.name ?? "";
  fill(barred, "title", account || customer ? t(TITLES[state], { account }) : t("factor_missing.title_staff"));
  if (!account && !customer) {
    fill(barred, "factor-help", t("factor_missing.help_staff"));
  }
  if (TITLES[state] === "suspended.title" && who.account?.suspension_reason) {
    const { suspended_by, suspension_reason } = who.account;
    const by = suspended_by && !customer ? `${t("suspended.by", { partner: suspended_by })} ` : "";
    fill(barred, "reason", `${by}${t("suspended.reason")} ${suspension_reason}`);
  }
  for (const part of barred.querySelectorAll(`[data-state~="${state}"]`)) {
    part.removeAttribute("hidden");
  }
  document.dispatchEvent(new CustomEvent("portico:barred", { detail: state }));
  document.getElementById("work")?.setAttribute("hidden", "");
  barred.hidden = false;
  barred.focus();
  return true;
}
