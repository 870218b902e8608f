// The certificate of a license: a page made to be printed.

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { typeName } from "../lib/license.js";
import { today } from "../lib/save.js";
import { me, showBarred } from "../lib/session.js";

/** @typedef {import("../types.d.ts").LicenseDetails} LicenseDetails */

const id = new URLSearchParams(location.search).get("id") ?? "";

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function show(/** @type {LicenseDetails} */ it, /** @type {import("../types.d.ts").Account} */ account) {
  const sheet = /** @type {HTMLElement} */ (document.querySelector(".certificate"));
  fill(sheet, "says", t("certificate.says", { vendor: sheet.dataset.vendor ?? "", account: account.name }));
  fill(sheet, "product", it.product.name);
  fill(sheet, "serial", it.serial_number);
  fills(sheet, "facts")[0].replaceChildren(
    fact(t("certificate.customer"), account.name),
    fact(t("certificate.number"), html`<span class="mono">${account.number}</span>`),
    fact(t("certificate.type"), typeName(it)),
    ...(it.seats ? [fact(t("certificate.seats"), String(it.seats.total))] : []),
    fact(t("license.starts"), date(it.starts_on)),
    fact(t("licenses.col_end"), it.ends_on ? date(it.ends_on) : t("licenses.no_end")),
    ...(it.maintenance_ends_on ? [fact(t("license.maintenance"), date(it.maintenance_ends_on))] : []),
  );
  fill(sheet, "issued", t("certificate.issued", { date: date(today()), origin: location.host }));
  document.title = `${t("certificate.title")} ${it.serial_number}`;
}

function showInstead(/** @type {string} */ words) {
  const back = html`<a class="button" href="${to("licenses")}">${t("license.back")}</a>`;
  fill(
    document,
    "instead",
    html`<div class="sheet empty" role="alert"><h1>${t("license.none")}</h1><p>${words}</p>${back}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function certificate() {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-act=print]"));
  const back = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-link=back]"));
  button.addEventListener("click", () => print());
  button.hidden = true;
  try {
    /** @type {[LicenseDetails, import("../types.d.ts").Me | null]} */
    const [found, who] = await Promise.all([api("GET", `/api/licenses/${encodeURIComponent(id)}`), me()]);
    if (found.state !== "active" && found.state !== "ending") {
      showInstead(t("certificate.not"));
    } else if (who?.account) {
      back.href = `${to("license")}?id=${encodeURIComponent(id)}`;
      back.textContent = found.product.name;
      show(found, who.account);
      showStep(document, "ready");
      button.hidden = false;
    }
  } catch (cause) {
    const who = await me().catch(() => null);
    if (!who || !showBarred(who)) {
      showInstead(explain(cause));
    }
  }
}
