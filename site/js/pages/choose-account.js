// Choosing the account to work in: the first choice after sign-in is free, a switch asks for the password. A guest leaves
// here too.

import { api, Problem } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { prove } from "../lib/prove.js";
import { accounts, me, remember, tellTabs } from "../lib/session.js";
import { day } from "../lib/time.js";
import { toastLater } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").AccountChoice} Choice */
/** @typedef {import("../lib/step-up.js").Proof} Proof */

async function enter(/** @type {Choice} */ account, /** @type {Partial<Proof>} */ proof = {}) {
  remember(await api("PUT", "/api/session/account", { body: { account_id: account.id, ...proof } }));
  tellTabs("account");
  toastLater(t("accounts.switched", { account: account.name }));
  location.assign(to("overview"));
}

function askProof(/** @type {Choice} */ account) {
  const title = t("accounts.confirm_title", { account: account.name });
  const why = account.guest ? t("accounts.confirm_guest", { home: account.guest.home.name }) : t("accounts.confirm");
  prove({ title, why, submit: t("accounts.submit") }, (proof) => enter(account, proof));
}

async function pick(/** @type {Choice} */ account, /** @type {boolean} */ isSwitch) {
  if (isSwitch) {
    askProof(account);
    return;
  }
  try {
    await enter(account);
  } catch (cause) {
    if (cause instanceof Problem && cause.errors.some((it) => it.code === "password_needed")) {
      askProof(account);
    } else {
      showInstead(t("accounts.error_title"), explain(cause));
    }
  }
}

/** As what one works there: a guest is told where from, and until when. */
function capacity(/** @type {Choice} */ { guest, kind, role }) {
  if (!guest) {
    return `${t(`kind.${kind}`)} · ${t(`role.${role}`)}`;
  }
  const names = { home: guest.home.name, date: day(guest.until) };
  return guest.ended ? t("accounts.guest_over", names) : `${t("accounts.guest", names)} · ${t(`role.${role}`)}`;
}

function row(/** @type {Choice} */ account, /** @type {boolean} */ isSwitch) {
  const inside = html`<span class="avatar" aria-hidden="true">${[...account.name][0]}</span>
    <span><span class="name">${account.name}</span><br><span class="small soft"><span class="mono">${account.number}</span> · ${capacity(account)}</span></span>`;
  if (account.guest?.ended) {
    return html`<li><div class="pick over">${inside}<span class="tag">${t("guests.over")}</span></div></li>`;
  }
  return account.current
    ? html`<li><div class="pick" aria-current="true">${inside}<span class="tag good">${t("accounts.current")}</span></div></li>`
    : html`<li><button class="pick" type="button" @click="${() => pick(account, isSwitch)}">${inside}<svg class="icon" aria-hidden="true"><use href="#icon-next"></use></svg></button></li>`;
}

function showInstead(/** @type {string} */ title, /** @type {string} */ words, /** @type {unknown} */ act = null) {
  fills(document, "accounts")[0].hidden = true;
  fill(document, "instead", html`<div class="sheet empty"><h2>${title}</h2><p>${words}</p></div>`);
  document.querySelector("[data-fill=instead] .empty")?.append(.../** @type {Node[]} */ (act ? [act] : []));
}

/** A guest may leave before their time is over; their session ends with it. */
function leaving(/** @type {string} */ account) {
  const leave = formDialog(
    "leave-guest",
    async () => {
      await api("DELETE", "/api/session/guest");
      sessionStorage.clear();
      localStorage.removeItem("portico.signed-in");
      tellTabs("signed-out");
      location.assign(`${to("sign-in")}?because=signed_out`);
    },
    { opened: () => fill(document, "leave-title", t("guests.leave_title", { account })) },
  );
  document.getElementById("leave")?.removeAttribute("hidden");
  const openIfAsked = () => {
    if (location.hash === "#leave" && !leave.dialog.open) {
      history.replaceState(null, "", location.pathname);
      leave.open();
    }
  };
  window.addEventListener("hashchange", openIfAsked);
  openIfAsked();
}

export default async function chooseAccount() {
  try {
    const [who, list] = await Promise.all([me(), accounts()]);
    const isSwitch = who?.account != null;
    const toClaim = html`<a class="button main-act" href="${to("claim")}">${t("menu.claim")}</a>`;
    if (who?.may.includes("leave_as_guest")) {
      leaving(who.account?.name ?? "");
    }
    if (list.length === 0) {
      showInstead(t("accounts.none_title"), t("problem.no_account"), toClaim);
    } else if (isSwitch && list.every((it) => it.current || it.guest?.ended)) {
      showInstead(t("accounts.only_title"), t("accounts.only"), toClaim);
    } else {
      fill(document, "title", t(isSwitch ? "accounts.switch_title" : "accounts.title"));
      fill(document, "lead", t(isSwitch ? "accounts.switch_lead" : "accounts.lead"));
      const [element] = fills(document, "accounts");
      element.replaceChildren(...list.map((it) => row(it, isSwitch)));
      element.removeAttribute("aria-busy");
    }
  } catch (cause) {
    showInstead(t("accounts.error_title"), explain(cause));
  }
}
