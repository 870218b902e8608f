// One license: its contract, who uses it, and what it lets one download.

import { api } from "../lib/api.js";
import { copyButton } from "../lib/copy.js";
import { customer } from "../lib/customer.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { stateTag, typeName } from "../lib/license.js";
import { save } from "../lib/save.js";
import { me, showBarred } from "../lib/session.js";
import { toast } from "../lib/toast.js";
import { askRenewal, replaceSerial } from "../parts/license-acts.js";
import { releaseList } from "../parts/release-list.js";
import { seatList } from "../parts/seat-list.js";

/** @typedef {import("../types.d.ts").LicenseDetails} LicenseDetails */

const id = new URLSearchParams(location.search).get("id") ?? "";
const path = `/api/licenses/${encodeURIComponent(id)}`;

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : null;

const day = (/** @type {string} */ it) => html`<time class="num" datetime="${it}">${date(it)}</time>`;

function facts(/** @type {LicenseDetails} */ it) {
  const order = it.order;
  return [
    fact(t("license.starts"), day(it.starts_on)),
    fact(t("licenses.col_end"), it.ends_on ? day(it.ends_on) : t("licenses.no_end")),
    fact(t("license.maintenance"), it.maintenance_ends_on && day(it.maintenance_ends_on)),
    fact(
      t("licenses.col_order"),
      order && html`<span class="mono">${order.number}</span> <span class="soft num">${date(order.date)}</span>`,
    ),
    fact(t("license.purchase_order"), order?.purchase_order),
    fact(
      t("license.invoice"),
      order?.invoice_url && html`<a href="${order.invoice_url}" rel="noreferrer">${t("license.invoice_open")}</a>`,
    ),
  ].filter((it) => it !== null);
}

/** Shows or hides what a page has only sometimes. */
function when(/** @type {string} */ name, /** @type {boolean} */ is) {
  for (const part of document.querySelectorAll(`[data-when="${name}"]`)) {
    part.toggleAttribute("hidden", !is);
  }
}

function show(/** @type {LicenseDetails} */ it, /** @type {string[]} */ may) {
  const inForce = it.state === "active" || it.state === "ending";
  fill(document, "product", it.product.name);
  fill(document, "type", typeName(it));
  fill(document, "serial", html`<span class="mono serial">${it.serial_number}</span> ${copyButton(it.serial_number)}`);
  fill(document, "state", stateTag(it));
  document.title = `${it.product.name} · ${it.serial_number}`;
  fills(document, "facts")[0].replaceChildren(...facts(it));
  fill(document, "trouble", t("license.cancelled"));
  when("trouble", it.state === "cancelled");
  when("in-force", inForce);
  when("can-renew", may.includes("manage_licenses") && it.ends_on !== null && it.state !== "cancelled");
  when("can-replace", may.includes("replace_serial") && inForce);
  when("seats", may.includes("manage_licenses") && it.seats !== null && it.state !== "cancelled");
  const certificate = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-link=certificate]"));
  certificate.href = `${to("certificate")}?id=${encodeURIComponent(id)}`;
  const file = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-link=file]"));
  file.href = `${path}/file`;
  if (customer) {
    file.addEventListener("click", (event) => fetchFile(event, it.serial_number));
  }
}

/** A link that is followed cannot say which customer it is about. */
async function fetchFile(/** @type {Event} */ event, /** @type {string} */ serial) {
  event.preventDefault();
  try {
    /** @type {Response} */
    const file = await api("GET", `${path}/file`, { raw: true });
    save(`${serial}.license`, "text/plain", await file.text());
  } catch (cause) {
    toast(explain(cause));
  }
}

function showInstead(/** @type {unknown} */ cause) {
  const box = html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h1>${t("license.none")}</h1><p>${explain(cause)}</p><a class="button" href="${to("licenses")}">${t("license.back")}</a></div>`;
  fill(document, "instead", box);
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function license() {
  try {
    /** @type {[LicenseDetails, import("../types.d.ts").Me | null]} */
    const [found, who] = await Promise.all([api("GET", path), me()]);
    if (!who) {
      return;
    }
    show(found, who.may);
    showStep(document, "ready");
    if (who.may.includes("download_release")) {
      releaseList(found);
    } else {
      document.getElementById("downloads")?.setAttribute("hidden", "");
    }
    if (who.may.includes("manage_licenses") && found.seats) {
      seatList(found);
      askRenewal(found);
    }
    if (who.may.includes("replace_serial")) {
      replaceSerial(found);
    }
  } catch (cause) {
    const who = await me().catch(() => null);
    if (!who || !showBarred(who)) {
      showInstead(cause);
    }
  }
}
