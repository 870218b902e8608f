// The link of an invitation. Opening it changes nothing but that it was looked at; then there are three ways in: a new
// login, the login one has already, or another address than the one that is signed in.

import { api, Problem } from "../lib/api.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, html, showStep } from "../lib/html.js";
import { language, t } from "../lib/i18n.js";
import { takeToken } from "../lib/link-token.js";
import { decline, join } from "../lib/my-invitations.js";
import { signInFirst } from "../lib/new-login.js";
import { me, tellTabs } from "../lib/session.js";
import { moment } from "../lib/time.js";

/** @typedef {import("../types.d.ts").Invited} Invited */
/** @typedef {import("../types.d.ts").Me} Me */

/** Where this tab keeps the token while its person signs in or out: never in an address. */
const KEPT = "invitation";

/** Refusals that are a step of their own: what has become of the invitation. */
const ENDS = /** @type {Record<string, string>} */ ({
  invitation_expired: "expired",
  invitation_revoked: "revoked",
  invitation_used: "used",
  invitation_declined: "refused",
  inviter_gone: "left",
  link_expired: "gone",
  not_found: "gone",
});

/** Refusals that leave it waiting. */
const STOPS = /** @type {Record<string, string>} */ ({
  invitation_unavailable: "closed",
  email_unproven: "unproven",
  not_of_partner: "not-partner",
  no_partner: "not-partner",
});

const form = (/** @type {string} */ id) => /** @type {HTMLFormElement} */ (document.getElementById(id));
const on = (/** @type {string} */ act, /** @type {() => void} */ listener) =>
  document.querySelector(`[data-act=${act}]`)?.addEventListener("click", listener);

let token = "";
/** @type {Invited} */
let invited;

const keep = () => sessionStorage.setItem(KEPT, token);

function showWhen(/** @type {string} */ name) {
  for (const part of document.querySelectorAll(`[data-when=${name}]`)) {
    part.removeAttribute("hidden");
  }
}

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value}</dd></div>`;

/** To what, as what, for whom, until when; who makes a login reads the address in the form. */
function card() {
  const { account, role, guest_days: days } = invited;
  return html`<div class="whose"><span class="initial" aria-hidden="true">${[...account.name][0]}</span><div><b>${account.name}</b><br><span class="small soft mono">${account.number}</span></div></div>
    <dl>
    ${fact(t("accept.as"), html`${t(`role.${role}`)}<br><span class="small soft">${t(`accept.role.${role}`)}</span>`)}
    ${days && fact(t("guests.tag"), html`${t("accept.guest_for", { count: days })}<br><span class="small soft">${t("accept.guest_what")}</span>`)}
    <div data-step="sign-in handed join"><dt>${t("accept.for")}</dt><dd class="long">${invited.email}</dd></div>
    ${fact(t("accept.until"), html`<time class="num" datetime="${invited.expires_at}">${moment(invited.expires_at)}</time>`)}
    </dl>`;
}

function show(/** @type {Me | null} */ who) {
  const { account, email } = invited;
  const words = { account: account.name, email, person: invited.invited_by };
  const mine = who?.user.email ?? "";
  fill(document, "heading", t("accept.heading", words));
  fill(document, "invited", card());
  fill(document, "email", email);
  fill(document, "me", mine);
  fill(document, "stay", t("accept.other_stay", { email: mine }));
  fill(document, "sign-in-lead", t("accept.sign_in_lead", words));
  fill(document, "unproven", t("accept.unproven", words));
  fill(document, "handed-lead", t("accept.handed_lead", words));
  fill(document, "join-lead", t("accept.join_lead", words));
  fill(document, "join", t("accept.join", words));
  fill(document, "decline-title", t("accept.decline_title", words));
  fill(document, "decline-text", t("accept.decline_text", words));
  fill(document, "declined", t("accept.declined", words));
  fill(document, "not-partner", t("accept.not_partner", words));
  for (const name of /** @type {const} */ (["email", "first_name", "last_name"])) {
    /** @type {HTMLInputElement} */ (form("new-form").elements.namedItem(name)).value = invited[name];
  }
  if (who) {
    showStep(document, mine.toLowerCase() === email.toLowerCase() ? "join" : "other");
  } else if (invited.guest_days !== null && invited.has_login === false) {
    // A guest comes from the partner, and so has a login already.
    showStep(document, "not-partner");
  } else {
    showStep(document, invited.has_login === null ? "handed" : invited.has_login ? "sign-in" : "new");
  }
}

/** Where the person stands afterwards, and where they can go. */
function showDone(/** @type {string} */ when, /** @type {string} */ words) {
  sessionStorage.removeItem(KEPT);
  fill(
    document,
    "done-title",
    t(invited.guest_days ? "accept.done_guest_title" : "accept.done_title", { account: invited.account.name }),
  );
  fill(document, "done", words);
  showWhen(when);
  showStep(document, "done");
}

/** Begins anew, with the same link. */
function again() {
  keep();
  location.reload();
}

/** Tells what a refusal means for the page as a whole, if it does. */
function turned(/** @type {unknown} */ cause) {
  const { code, status } = cause instanceof Problem ? cause : new Problem(0);
  if (code in ENDS) {
    sessionStorage.removeItem(KEPT);
    showStep(document, ENDS[code]);
  } else if (code in STOPS) {
    showStep(document, STOPS[code]);
  } else if (code === "already_in_account") {
    showDone("here", t("accept.member"));
  } else if (status === 401 || ["invitation_for_another", "invitation_has_login", "link_handed_over"].includes(code)) {
    // Somebody signed in or out meanwhile, or made a login: the page says another thing now.
    again();
  } else {
    return false;
  }
  return true;
}

/** A form whose refusal may turn the page. */
const act = (/** @type {string} */ id, /** @type {(values: Record<string, string>) => Promise<void>} */ send) =>
  onSubmit(form(id), (values) =>
    send(values).catch((cause) => {
      if (!turned(cause)) {
        throw cause;
      }
    }),
  );

async function signOut() {
  await api("DELETE", "/api/session", { guest: true }).catch((cause) => {
    // Whoever is signed out already has what was asked for.
    if (!(cause instanceof Problem && cause.status === 401)) {
      throw cause;
    }
  });
  sessionStorage.clear();
  localStorage.removeItem("portico.signed-in");
  tellTabs("signed-out");
  again();
}

function listen() {
  act("new-form", async ({ first_name, last_name, password }) => {
    const body = { token, first_name, last_name, password, language };
    const { email } = await api("POST", "/api/sign-up/invitations/acceptances", { body, guest: true });
    const words = { email, account: invited.account.name };
    if (await signInFirst(email, password)) {
      showDone("here", t("accept.done", words));
    } else {
      showDone("signed-out", t("confirm.done_signed_out", words));
    }
  });
  act("join-form", async () => {
    const { here, other } = await join(invited.account);
    const words = { email: invited.email, account: invited.account.name, other };
    if (here) {
      showDone("here", t("accept.done", words));
    } else {
      showDone("elsewhere", t(other ? "accept.done_elsewhere" : "accept.done_choose", words));
    }
  });
  act("decline-form", async () => {
    await decline(invited.account);
    sessionStorage.removeItem(KEPT);
    showStep(document, "declined");
  });
  act("other-form", signOut);
  on("decline", () => showStep(document, "decline"));
  on("back", () => showStep(document, "join"));
  for (const link of document.querySelectorAll("[data-act=sign-in]")) {
    link.addEventListener("click", () => {
      keep();
      sessionStorage.setItem("sign-in-name", invited.email);
    });
  }
  on("sign-up", () => {
    const { email, first_name, last_name } = invited;
    sessionStorage.setItem("sign-up-as", JSON.stringify({ email, first_name, last_name }));
  });
  for (const button of document.querySelectorAll("[data-act=retry]")) {
    button.addEventListener("click", again);
  }
}

export default async function accept() {
  token = takeToken() ?? sessionStorage.getItem(KEPT) ?? "";
  if (!token) {
    showStep(document, "missing");
    return;
  }
  listen();
  try {
    const [answer, who] = await Promise.all([
      api("POST", "/api/sign-up/invitations/looks", { body: { token }, guest: true }),
      me(),
    ]);
    invited = answer;
    show(who);
  } catch (cause) {
    if (!(cause instanceof Problem && (cause.code in ENDS || cause.status === 409) && turned(cause))) {
      fill(document, "failed", explain(cause));
      showStep(document, "failed");
    }
  }
}
