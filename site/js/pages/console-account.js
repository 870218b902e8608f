// One account at the console: whose it is, what it may use, and its owner's invitation.

import { api } from "../lib/api.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { me, showBarred } from "../lib/session.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";
import { partnership } from "../parts/partnership.js";

/** @typedef {import("../types.d.ts").AccountDetails} AccountDetails */

const id = new URLSearchParams(location.search).get("id") ?? "";
const path = `/api/staff/accounts/${encodeURIComponent(id)}`;
const form = /** @type {HTMLFormElement} */ (document.getElementById("features-form"));

/** @type {(it: AccountDetails) => void} */
let showPartner = () => {};

const STATES = { active: "account.active", suspended: "account.suspended", closed: "account.closed" };

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value}</dd></div>`;

const ownerFacts = (/** @type {import("../types.d.ts").StaffPerson} */ owner) => [
  fact(t("seats.col_name"), html`<b>${owner.first_name} ${owner.last_name}</b>`),
  fact(t("seats.col_email"), owner.email),
  fact(t("console.signed_in"), owner.signed_in_at ? since(owner.signed_in_at) : t("console.never")),
];

/** Whether what counts was said of this account, or follows the setting for all. */
const said = (/** @type {boolean} */ here) => fill(document, "said", t(here ? "features.said" : "features.unsaid"));

function show(/** @type {AccountDetails} */ it) {
  fill(document, "heading", it.name);
  fill(
    document,
    "line",
    html`<span class="mono">${it.number}</span> <span>${t(`kind.${it.kind}`)}</span> <span class="${it.status === "active" ? "tag good" : "tag bad"}">${t(STATES[it.status])}</span>`,
  );
  fills(document, "facts")[0].replaceChildren(
    ...(it.owner ? ownerFacts(it.owner) : []),
    fact(t("console.members"), String(it.members)),
  );
  document.querySelector("[data-when=invitable]")?.toggleAttribute("hidden", it.owner?.status !== "invited");
  for (const part of document.querySelectorAll("[data-when=partner]")) {
    part.toggleAttribute("hidden", it.kind !== "partner");
  }
  for (const name of /** @type {const} */ (["team_area", "guests_only", "partner", "on_behalf"])) {
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).checked = it.features[name];
  }
  said(it.features_said);
  showPartner(it);
  const order = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-link=order]"));
  order.href = `${to("console-order")}?account=${encodeURIComponent(it.number)}`;
  document.title = it.name;
}

async function invite(/** @type {Event} */ event) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  try {
    /** @type {{invited: number}} */
    const { invited } = await api("POST", "/api/staff/invitations", { body: { accounts: [id] } });
    toast(t("console.invited", { count: invited }));
  } catch (cause) {
    toast(explain(cause));
  }
  button.ariaBusy = null;
}

function showInstead(/** @type {unknown} */ cause) {
  const back = html`<a class="button" href="${to("console-accounts")}">${t("console.all")}</a>`;
  fill(
    document,
    "instead",
    html`<div class="sheet empty" role="alert"><h1>${t("console.account_none")}</h1><p>${explain(cause)}</p>${back}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function account() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  document.querySelector("[data-act=invite]")?.addEventListener("click", invite);
  showPartner = partnership(path);
  onSubmit(form, async () => {
    const on = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).checked;
    const body = {
      team_area: on("team_area"),
      guests_only: on("guests_only"),
      partner: on("partner"),
      on_behalf: on("on_behalf"),
    };
    await api("PUT", `${path}/features`, { body });
    said(true);
    toast(t("features.saved"));
  });
  try {
    show(await api("GET", path));
    showStep(document, "ready");
  } catch (cause) {
    showInstead(cause);
  }
}
