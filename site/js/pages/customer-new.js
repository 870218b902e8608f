// A new customer, made by a partner on behalf of the vendor, with a trial if it wants one (R511).

import { api } from "../lib/api.js";
import { countryOptions } from "../lib/countries.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { language, t, to } from "../lib/i18n.js";
import { products } from "../lib/partner.js";
import { me, showBarred } from "../lib/session.js";
import { fullName } from "../lib/team.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("customer-form"));
const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (document.getElementById(id));

/** Every zone the browser knows; its own comes first, as a partner's customers are mostly near. */
function zones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = Intl.supportedValuesOf("timeZone");
  select("time_zone").append(
    ...(names.includes(own) ? names : [own, ...names]).map((name) => new Option(name.replaceAll("_", " "), name)),
  );
  select("time_zone").value = own;
}

async function trials() {
  // Without them a customer is made without a trial.
  const all = await products().catch(() => []);
  select("trial").append(...all.map(({ code, name }) => new Option(name, code)));
}

/** Names this customer to the portal, so that one that is sent twice is made once. */
let request = crypto.randomUUID();

async function make(/** @type {Record<string, string>} */ typed) {
  const { name, country, time_zone, first_name, last_name, email, product } = typed;
  const owner = { first_name, last_name, email };
  const body = {
    request,
    name,
    country: country || null,
    language: typed.language,
    time_zone,
    owner,
    ...(product && { trial: { product } }),
  };
  /** @type {{id: string, number: string}} */
  const { id, number } = await api("POST", "/api/partner/customers", { body });
  request = crypto.randomUUID();
  fill(document, "done-title", name);
  fill(document, "done", t("newcustomer.done", { account: name, number }));
  fill(document, "mailed", t("newcustomer.mailed", { name: fullName(owner), email }));
  /** @type {HTMLAnchorElement} */ (document.querySelector("[data-link=made]")).href =
    `${to("customer")}?id=${encodeURIComponent(id)}`;
  showStep(document, "done");
}

function another() {
  const { value: zone } = select("time_zone");
  form.reset();
  select("time_zone").value = zone;
  select("language").value = language;
  showStep(document, "form");
  document.getElementById("name")?.focus();
}

/** Why not is the API's to say: it knows whether one is no partner, or may not act for the vendor. */
function showInstead(/** @type {string} */ words) {
  const back = html`<a class="button" href="${to("customers")}">${t("customers.title")}</a>`;
  fills(document, "instead")[0].replaceChildren(
    html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-pause"></use></svg><h1>${t("list.refused_title")}</h1><p>${words}</p>${back}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function customerNew() {
  const who = await me().catch((cause) => {
    showInstead(explain(cause));
    return null;
  });
  if (!who || showBarred(who)) {
    return;
  }
  if (!who.may.includes("create_customer")) {
    showInstead(t(who.may.includes("list_customers") ? "problem.not_on_behalf" : "problem.not_found"));
    return;
  }
  select("country").append(...countryOptions(""));
  select("language").value = language;
  zones();
  document.querySelector("[data-act=another]")?.addEventListener("click", another);
  onSubmit(form, (typed) =>
    make(typed).catch((cause) => {
      // Fields of the owner are fields of this form.
      for (const error of cause.errors ?? []) {
        error.pointer = error.pointer.replace(/^\/(owner|trial)\//, "/");
      }
      throw cause;
    }),
  );
  await trials();
}
