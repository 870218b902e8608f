// Who one is, at the top of every page, with the menu that holds what that person can do from anywhere.

import { api, Problem } from "../lib/api.js";
import { customer } from "../lib/customer.js";
import { explain } from "../lib/form.js";
import { fill } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { forgetAccounts, hasSeveral, lastKnown, me, tellTabs } from "../lib/session.js";
import { toast, toastKept } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Me} Me */

const STAFF = { support: "staff.support", admin: "staff.admin" };

const initial = (/** @type {string} */ name) => [...name][0]?.toUpperCase() ?? "";

/** Where one is, and as what: a partner's person at home, a guest where they are let in. */
function placeOf(/** @type {Me} */ { user, account, role, capacity, home }) {
  if (capacity === "partner") return `${home?.name ?? ""} · ${t("kind.partner")}`;
  if (!account) return user.staff ? t(STAFF[user.staff]) : t("menu.no_account");
  if (capacity === "guest") return `${account.name} · ${t("guests.tag")}`;
  return account.name + (role ? ` · ${t(`role.${role}`)}` : "");
}

function showWho(/** @type {HTMLElement} */ part, /** @type {Me} */ who) {
  const { user } = who;
  const name = `${user.first_name} ${user.last_name}`;
  const place = placeOf(who);
  fill(part, "name", name);
  fill(part, "email", user.email);
  fill(part, "account", place);
  fill(part, "initials", initial(user.first_name) + initial(user.last_name));
  const button = /** @type {HTMLElement} */ (part.querySelector(".who"));
  button.title = `${name}\n${place}`;
  button.hidden = false;
}

/** Places a person may not go to are not offered; the API refuses them in any case. */
function showPlaces(/** @type {Me} */ { may, standing }) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-may]"))) {
    place.hidden = !may.includes(place.dataset.may ?? "");
  }
  if (customer) {
    // From a customer the way back to the others stays; what is for one's own account is left out.
    for (const place of document.querySelectorAll(".nav [data-may=list_customers]")) {
      place.removeAttribute("hidden");
    }
    for (const place of document.querySelectorAll(".frame [data-unless~=customer]")) {
      place.setAttribute("hidden", "");
    }
  }
  if (standing === "staff") {
    for (const place of document.querySelectorAll("[data-unless~=staff]")) {
      place.setAttribute("hidden", "");
    }
  }
}

async function signOut(/** @type {string} */ home) {
  try {
    await api("DELETE", "/api/session", { guest: true });
  } catch (cause) {
    // Whoever is signed out already has what was asked for.
    if (!(cause instanceof Problem && cause.status === 401)) {
      toast(explain(cause));
      return;
    }
  }
  sessionStorage.clear();
  localStorage.removeItem("portico.signed-in");
  tellTabs("signed-out");
  location.assign(home || `${to("sign-in")}?because=signed_out`);
}

/** Arrow keys walk through the menu, and open it from its button. */
function walk(/** @type {HTMLElement} */ part, /** @type {HTMLElement} */ menu) {
  part.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      menu.togglePopover(true);
      const items = /** @type {HTMLElement[]} */ (
        [...menu.querySelectorAll("a, button")].filter((it) => it.checkVisibility())
      );
      const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      items.at(index < 0 ? (step > 0 ? 0 : -1) : (index + step) % items.length)?.focus();
    }
  });
}

/** @param {HTMLElement} part */
export default async function accountMenu(part) {
  walk(part, /** @type {HTMLElement} */ (part.querySelector(".menu")));
  part.querySelector("[data-act=sign-out]")?.addEventListener("click", () => signOut(part.dataset.home ?? ""));
  const known = lastKnown();
  if (known) {
    showWho(part, known);
    showPlaces(known);
  }
  document.addEventListener("portico:me", (event) => {
    const { detail } = /** @type {CustomEvent<Me>} */ (event);
    showWho(part, detail);
    showPlaces(detail);
  });
  const who = await me().catch(() => undefined);
  if (who === undefined) {
    return;
  }
  if (who === null) {
    part.closest(".frame")?.setAttribute("data-for", "guest");
    part.querySelector("[data-when=guest]")?.removeAttribute("hidden");
    part.querySelector(".who")?.setAttribute("hidden", "");
    sessionStorage.removeItem("me");
    return;
  }
  showWho(part, who);
  showPlaces(who);
  toastKept();
  if (sessionStorage.getItem("accounts-of") !== who.user.id) {
    forgetAccounts();
    sessionStorage.setItem("accounts-of", who.user.id);
  }
  if (who.may.includes("list_accounts") && (await hasSeveral().catch(() => false))) {
    if (!who.account) {
      fill(part, "account", t("accounts.title"));
    }
    for (const entry of document.querySelectorAll("[data-when=several]")) {
      entry.removeAttribute("hidden");
    }
  }
}
