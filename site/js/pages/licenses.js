// The list of licenses.

import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { rows } from "../lib/license-table.js";
import { listPage } from "../lib/list-page.js";
import { me } from "../lib/session.js";

/** @typedef {import("../types.d.ts").LicenseList} LicenseList */

const SORTS = ["-order", "order", "end"];
const PAGE_SIZE = "50";

const form = /** @type {HTMLFormElement} */ (document.querySelector(".list-bar form"));
const serial = /** @type {HTMLInputElement} */ (document.getElementById("serial"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));
const section = /** @type {HTMLElement} */ (document.getElementById("licenses"));

const sortOf = (/** @type {{sort: string}} */ view) => (SORTS.includes(view.sort) ? view.sort : SORTS[0]);

function clearField() {
  document.getElementById("serial-error")?.remove();
  serial.removeAttribute("aria-invalid");
  serial.setAttribute("aria-describedby", "serial-hint");
  serial.closest(".field")?.classList.remove("wrong");
}

/** A serial number that cannot be one is told at its field, like in any form. */
function markField(/** @type {string} */ words) {
  serial.closest(".field")?.classList.add("wrong");
  serial.closest(".field")?.querySelector("label")?.after(html`<span class="error" id="serial-error">${words}</span>`);
  serial.ariaInvalid = "true";
  serial.setAttribute("aria-describedby", "serial-error serial-hint");
  serial.focus();
}

/** Nothing to list: none yet, none assigned, or none found are different things. */
async function empty(/** @type {LicenseList} */ answer, /** @type {import("../lib/list-page.js").View} */ view) {
  const account = (await lead(answer)) ?? "";
  if (view.serial) {
    const title = t("licenses.none_title", { serial: view.serial });
    const all = html`<a class="button" href="${location.pathname}">${t("licenses.search_clear")}</a>`;
    return html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-search"></use></svg><h2>${title}</h2><p>${t("licenses.none")}</p>${all}</div>`;
  }
  const own = answer.scope === "assigned";
  const title = t(own ? "licenses.empty_assigned_title" : "licenses.empty_title");
  const words = own ? t("licenses.empty_assigned", { account }) : t("licenses.empty_account", { account });
  return html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h2>${title}</h2><p>${words}</p></div>`;
}

/** Says whose licenses these are; returns the account's name. */
async function lead(/** @type {LicenseList} */ { scope }) {
  const account = (await me())?.account?.name ?? "";
  const [list] = fills(section, "list");
  list.dataset.scope = scope;
  const words = scope === "assigned" ? "licenses.lead_assigned" : "licenses.lead_account";
  fill(document, "lead", t(words, { account }));
  return account;
}

/** @type {ReturnType<typeof listPage>} */
let list;

function controls(/** @type {import("../lib/list-page.js").View} */ view) {
  clearField();
  serial.value = view.serial;
  sort.value = sortOf({ sort: view.sort });
  const columns = { order: "order", "-order": "order", end: "end" };
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-sort]"))) {
    const current = columns[/** @type {keyof typeof columns} */ (sort.value)] === head.dataset.sort;
    head.ariaSort = current ? (sort.value.startsWith("-") ? "descending" : "ascending") : null;
    const next = head.dataset.sort === "end" ? "end" : sort.value === "-order" ? "order" : "-order";
    const query = new URLSearchParams({ sort: next, ...(view.serial && { serial: view.serial }) });
    head.querySelector("a")?.setAttribute("href", `?${query}`);
  }
}

export default async function licenses() {
  list = listPage({
    within: section,
    usual: { sort: SORTS[0], serial: "" },
    path: (view) => {
      const query = new URLSearchParams({ sort: sortOf({ sort: view.sort }), limit: PAGE_SIZE });
      if (view.serial) query.set("serial", view.serial);
      return `/api/licenses?${query}`;
    },
    rows: (answer) => {
      lead(answer);
      return rows(answer.items);
    },
    empty,
    count: ({ items }, { serial: of }) => t(of ? "licenses.found" : "licenses.count", { count: items.length }),
    controls,
    refused: (problem) => {
      const error = problem.errors.find((it) => it.pointer.endsWith("serial"));
      if (error) markField(t(`field.${error.code}`, error.params));
      return error !== undefined;
    },
  });
  sort.addEventListener("change", () => list.go({ ...list.view(), sort: sort.value, cursor: "" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.go({ ...list.view(), serial: serial.value.trim(), cursor: "" });
  });
  await list.loaded;
}
