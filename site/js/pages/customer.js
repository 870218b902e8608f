// One customer, as its partner looks after it: how it stands, what it has, the ways to its people and licenses (R504–R507).

import { api } from "../lib/api.js";
import { customer, customerList } from "../lib/customer.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { locale, t } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { accountState } from "../lib/partner.js";
import { me, meAgain, showBarred } from "../lib/session.js";
import { summaryRows } from "../lib/summary-table.js";
import { fullName } from "../lib/team.js";
import { toast } from "../lib/toast.js";
import { customerExport } from "../parts/customer-export.js";

/** @typedef {import("../types.d.ts").CustomerDetails} Details */

const path = `/api/partner/customers/${encodeURIComponent(customer)}`;
const heading = /** @type {HTMLElement} */ (document.querySelector("[data-fill=heading]"));

/** @type {Details} */
let shown;

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value}</dd></div>`;

function when(/** @type {string} */ name, /** @type {boolean} */ is) {
  for (const part of document.querySelectorAll(`[data-when=${name}]`)) {
    part.toggleAttribute("hidden", !is);
  }
}

const nameOf = (/** @type {"region" | "language"} */ type, /** @type {string} */ code) =>
  new Intl.DisplayNames(locale, { type }).of(code) ?? code;

function facts(/** @type {Details} */ { owner, users, country, language, time_zone }) {
  return [
    ...(owner
      ? [
          fact(
            t("role.owner"),
            html`<b>${fullName(owner)}</b><br><a class="long" href="mailto:${owner.email}">${owner.email}</a>`,
          ),
        ]
      : []),
    fact(t("customers.col_users"), users.toLocaleString(locale)),
    ...(country ? [fact(t("about.country"), nameOf("region", country))] : []),
    fact(t("customer.language"), nameOf("language", language)),
    fact(t("customer.time_zone"), time_zone.replaceAll("_", " ")),
  ];
}

function show(/** @type {Details} */ it) {
  shown = it;
  document.title = it.name;
  heading.textContent = it.name;
  fill(document, "line", html`<span class="mono">${it.number}</span> ${accountState(it.status)}`);
  fills(document, "facts")[0].replaceChildren(...facts(it));
  const suspended = it.status === "suspended";
  when("suspended", suspended);
  when("open", it.status === "active");
  const may = it.may.includes("suspend_customer");
  when("can-suspend", may && !suspended);
  // Whoever suspended it ends that.
  when("can-reactivate", may && suspended && it.suspended_by === "partner");
  if (suspended) {
    fill(document, "suspended-by", t(it.suspended_by === "partner" ? "customer.by_partner" : "customer.by_vendor"));
    fill(document, "suspended-why", `${t("suspended.reason")} ${it.suspension_reason ?? "–"}`);
  }
}

/** After a change: what the customer is now, and what one may do there. */
async function again(/** @type {string} */ said) {
  const [now] = await Promise.all([api("GET", path), meAgain()]);
  show(now);
  summary();
  heading.focus();
  toast(said);
}

const titled = (/** @type {string} */ name, /** @type {string} */ key) => () =>
  fill(document, name, t(key, { account: shown.name }));

function dialogs() {
  formDialog(
    "suspend",
    async ({ reason }) => {
      await api("PUT", `${path}/suspension`, { body: { reason } });
      await again(t("customer.suspended", { account: shown.name }));
    },
    { opened: titled("suspend-title", "customer.suspend_title") },
  );
  formDialog(
    "reactivate",
    async () => {
      await api("DELETE", `${path}/suspension`);
      await again(t("customer.reactivated", { account: shown.name }));
    },
    { opened: titled("reactivate-title", "customer.reactivate_title") },
  );
}

/** @type {(() => void) | undefined} */
let reload;

/** What it has of each product; asked for only where it may be seen. */
function summary() {
  if (shown.status !== "active") return;
  if (reload) {
    reload();
    return;
  }
  reload = moreList(fills(document, "summary")[0], {
    path: "/api/licenses/summary",
    row: (it) => summaryRows([it])[0],
    empty: () => html`<tr class="none"><td colspan="6"><p class="soft">${t("licenses.empty_title")}</p></td></tr>`,
  });
}

function showInstead(/** @type {unknown} */ cause) {
  fills(document, "instead")[0].replaceChildren(
    html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-building"></use></svg><h1>${t("not_theirs.title")}</h1><p>${explain(cause)}</p><a class="button" href="${customerList()}">${t("customers.all")}</a></div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function page() {
  dialogs();
  try {
    /** @type {[Details, unknown]} */
    const [found] = await Promise.all([api("GET", path), me()]);
    show(found);
    showStep(document, "ready");
    summary();
    customerExport(path, found);
  } catch (cause) {
    const who = await me().catch(() => null);
    if (!who || !showBarred(who)) {
      showInstead(cause);
    }
  }
}
