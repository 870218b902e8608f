// Who is signed in, where that person may go, and what a barred account shows instead of the page.

import { api, workIn } from "./api.js";
import { fill } from "./html.js";
import { t } from "./i18n.js";

/** @typedef {import("../types.d.ts").Me} Me */

const TITLES = {
  suspended: "suspended.title",
  closed: "closed.title",
  deactivated: "left.title",
  second_factor_missing: "factor_missing.title",
};

const guests = document.querySelector("[data-guests]") !== null;
const tabs = new BroadcastChannel("portico");

/** @type {Promise<Me | null> | undefined} */
let asked;

/** Who is signed in, asked once a page; null for a guest on a page that is open to guests. */
export function me() {
  asked ??= api("GET", "/api/session", { guest: guests }).then(remember, (problem) => {
    if (guests && problem.status === 401) {
      return null;
    }
    throw problem;
  });
  return asked;
}

/** What this tab was told last, to draw at once who one is; never to decide by. Sign-in forgets it. */
export const lastKnown = () => /** @type {Me | null} */ (JSON.parse(sessionStorage.getItem("me") ?? "null"));

/** Notes the account of an answer for this page's calls, and the answer for the next page's first look. */
export function remember(/** @type {Me} */ answer) {
  workIn(answer.account);
  sessionStorage.setItem("me", JSON.stringify(answer));
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
    account_closed: "closed",
    second_factor_missing: "second_factor_missing",
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
  if (!state || !(who.account || who.user.staff)) {
    return false;
  }
  const barred = /** @type {HTMLElement} */ (document.getElementById("barred"));
  const account = who.account?.name ?? "";
  fill(barred, "title", account ? t(TITLES[state], { account }) : t("factor_missing.title_staff"));
  if (!account) {
    fill(barred, "factor-help", t("factor_missing.help_staff"));
  }
  if (state === "suspended" && who.account?.suspension_reason) {
    fill(barred, "reason", `${t("suspended.reason")} ${who.account.suspension_reason}`);
  }
  for (const part of barred.querySelectorAll(`[data-state="${state}"]`)) {
    part.removeAttribute("hidden");
  }
  document.dispatchEvent(new CustomEvent("portico:barred", { detail: state }));
  document.getElementById("work")?.setAttribute("hidden", "");
  barred.hidden = false;
  barred.focus();
  return true;
}
