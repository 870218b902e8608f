// One request on the desk: what is asked, by whom, and the decision.

import { api } from "../lib/api.js";
import { accountLines, kindName, personLines, takenBack } from "../lib/desk.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { me, showBarred } from "../lib/session.js";
import { moment } from "../lib/time.js";
import { toast, toastLater } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").DeskRequest} DeskRequest */

const id = new URLSearchParams(location.search).get("id") ?? "";
const path = `/api/staff/requests/${encodeURIComponent(id)}`;

/** What each part of a wish is called. */
const PARTS = /** @type {Record<string, string>} */ ({
  first_name: "signup.first_name",
  last_name: "signup.last_name",
  email: "request.email",
  name: "request.company",
  what: "request.taken_back",
  reference: "request.reference",
  serial_number: "licenses.col_serial",
  serial: "licenses.col_serial",
  product: "licenses.col_product",
  ends_on: "licenses.col_end",
  text: "request.in_words",
  access: "request.access",
  partner_name: "request.partner_name",
});

const CONSEQUENCES = /** @type {Record<string, string>} */ ({
  name: "request.then_name",
  email: "request.then_email",
  company: "request.then_company",
  license_contact: "request.then_license_contact",
  taken_back: "request.then_taken_back",
  claim: "request.then_claim",
  dispute: "request.then_dispute",
  renewal: "request.then_renewal",
  missing_person: "request.then_missing_person",
  two_logins: "request.then_two_logins",
  access: "request.then_access",
});

const BARRED = {
  own_request: "request.barred_own",
  same_person: "request.barred_same",
  admin_only: "request.barred_admin",
};

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value}</dd></div>`;

function partWords(/** @type {string} */ name, /** @type {string} */ value) {
  if (name === "what") {
    return takenBack(value);
  }
  if (name === "access") {
    return t(value === "automatic" ? "outsiders.automatic" : "outsiders.guests_only");
  }
  return name.endsWith("_on") ? date(value) : value;
}

function facts(/** @type {DeskRequest} */ it) {
  const wanted = Object.entries(it.details).filter(([name, value]) => name in PARTS && value);
  return [
    fact(t("desk.col_who"), personLines(it.who)),
    ...(it.account ? [fact(t("desk.col_account"), accountLines(it.account))] : []),
    ...wanted.map(([name, value]) => fact(t(PARTS[name]), html`<b>${partWords(name, String(value))}</b>`)),
  ];
}

function show(/** @type {DeskRequest} */ it) {
  const mine = it.owner?.me ?? false;
  fill(document, "kind", kindName(it));
  fill(document, "asked", t("request.asked", { time: moment(it.asked_at) }));
  fills(document, "facts")[0].replaceChildren(...facts(it));
  const [reason] = fills(document, "reason");
  reason.hidden = !it.reason;
  reason.textContent = it.reason ?? "";
  fill(
    document,
    "owner",
    it.owner ? t(mine ? "request.mine" : "request.owner", { name: it.owner.name }) : t("request.unowned"),
  );
  for (const part of document.querySelectorAll("[data-act=take]")) part.toggleAttribute("hidden", it.owner !== null);
  for (const part of document.querySelectorAll("[data-act=give-back]")) part.toggleAttribute("hidden", !mine);
  for (const part of document.querySelectorAll("[data-when=two]")) part.toggleAttribute("hidden", !it.takes_two);
  const first = it.approved_first?.by;
  fill(document, "two", first ? t("request.two_second", { name: first.name }) : t("request.two_first"));
  for (const decision of /** @type {const} */ (["approve", "refuse"])) {
    document.querySelector(`[data-opens=${decision}]`)?.toggleAttribute("hidden", !it.may.includes(decision));
  }
  const [barred] = fills(document, "barred");
  barred.hidden = it.barred === null;
  barred.textContent = it.barred ? t(BARRED[it.barred]) : "";
  for (const part of fills(document, "consequence")) {
    part.textContent = t(CONSEQUENCES[it.kind] ?? "request.then_taken_back");
  }
  fill(document, "approve-title", t("request.approve_title", { what: kindName(it) }));
  fill(document, "refuse-title", t("request.refuse_title", { what: kindName(it) }));
  document.title = kindName(it);
}

function showInstead(/** @type {unknown} */ cause) {
  const back = html`<a class="button" href="${to("console")}">${t("request.back")}</a>`;
  fill(
    document,
    "instead",
    html`<div class="sheet empty" role="alert"><h1>${t("request.none")}</h1><p>${explain(cause)}</p>${back}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

async function load() {
  try {
    show(await api("GET", path));
    showStep(document, "ready");
  } catch (cause) {
    showInstead(cause);
  }
}

async function decide(/** @type {Record<string, string>} */ decision, /** @type {string} */ done) {
  /** @type {{waiting_for_second?: boolean} | null} */
  const answer = await api("POST", `${path}/decision`, { body: decision });
  if (answer?.waiting_for_second) {
    await load();
    toast(t("request.first_given"));
    return;
  }
  toastLater(done);
  location.assign(to("console"));
}

const own = (/** @type {"PUT" | "DELETE"} */ method) => async (/** @type {Event} */ event) => {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  await api(method, `${path}/owner`).then(load, (cause) => toast(explain(cause)));
  button.ariaBusy = null;
  fills(document, "kind")[0].focus();
};

export default async function request() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  document.querySelector("[data-act=take]")?.addEventListener("click", own("PUT"));
  document.querySelector("[data-act=give-back]")?.addEventListener("click", own("DELETE"));
  formDialog("approve", () => decide({ decision: "approve", reason: "" }, t("request.approved")));
  formDialog("refuse", ({ reason }) => decide({ decision: "refuse", reason }, t("request.refused")));
  await load();
}
