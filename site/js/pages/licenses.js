// The list of licenses. What is shown is in the address: search, order, page; so back, bookmarks and new tabs just work.

import { api, Problem } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { pages, rows, skeletonRows } from "../lib/license-table.js";
import { me, showBarred } from "../lib/session.js";

/** @typedef {import("../types.d.ts").LicenseList} LicenseList */

const SORTS = ["-order", "order", "end"];
const PAGE_SIZE = "50";

const form = /** @type {HTMLFormElement} */ (document.querySelector(".licenses-bar form"));
const serial = /** @type {HTMLInputElement} */ (document.getElementById("serial"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));
const table = /** @type {HTMLTableElement} */ (document.querySelector(".licenses-list table"));
const [list] = fills(document, "list");
const [instead] = fills(document, "instead");
const [pager] = fills(document, "pages");

/** @type {AbortController | undefined} */
let running;

/** What the address asks for. */
function asked() {
  const query = new URLSearchParams(location.search);
  const wanted = query.get("sort") ?? "";
  return {
    sort: SORTS.includes(wanted) ? wanted : SORTS[0],
    serial: query.get("serial") ?? "",
    cursor: query.get("cursor"),
  };
}

/** The address of a view; what is usual is left out. */
function address(
  /** @type {{sort?: string, serial?: string | null, cursor?: string | null}} */ { sort: by, serial: of, cursor },
) {
  const query = new URLSearchParams();
  if (by && by !== SORTS[0]) query.set("sort", by);
  if (of) query.set("serial", of);
  if (cursor) query.set("cursor", cursor);
  return query.size > 0 ? `?${query}` : location.pathname;
}

/** Goes to a view within the page; the way back through its pages is kept beside the address. */
function go(/** @type {string} */ where, /** @type {string[]} */ trail = []) {
  history.pushState({ trail }, "", where);
  load();
}

/** Links of the page stay links, for a new tab or a bookmark; a plain click moves within the page. */
function follow(/** @type {MouseEvent} */ event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (
    link?.search !== undefined &&
    link.pathname === location.pathname &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey
  ) {
    event.preventDefault();
    const trail = link.dataset.trail ? JSON.parse(link.dataset.trail) : [];
    go(link.search || location.pathname, trail);
    table.scrollIntoView({ block: "nearest" });
    fills(document, "count")[0].scrollIntoView({ block: "nearest" });
  }
}

function showControls(/** @type {ReturnType<typeof asked>} */ view) {
  serial.value = view.serial;
  sort.value = view.sort;
  const columns = { order: "order", "-order": "order", end: "end" };
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll("[data-sort]"))) {
    const current = columns[/** @type {keyof typeof columns} */ (view.sort)] === head.dataset.sort;
    head.ariaSort = current ? (view.sort.startsWith("-") ? "descending" : "ascending") : null;
    const next = head.dataset.sort === "end" ? "end" : view.sort === "-order" ? "order" : "-order";
    head.querySelector("a")?.setAttribute("href", address({ sort: next, serial: view.serial }));
  }
}

function showInstead(/** @type {Node | null} */ node) {
  instead.hidden = node === null;
  list.hidden = node !== null;
  instead.replaceChildren(...(node ? [node] : []));
}

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

/** Nothing to list: none yet, none assigned, none found, or past the end are four different things. */
function showEmpty(
  /** @type {LicenseList} */ answer,
  /** @type {ReturnType<typeof asked>} */ view,
  /** @type {string} */ account,
) {
  const all = html`<a class="button" href="${location.pathname}">${t(view.serial ? "licenses.search_clear" : "licenses.first")}</a>`;
  if (view.serial) {
    const title = t("licenses.none_title", { serial: view.serial });
    showInstead(
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-search"></use></svg><h2>${title}</h2><p>${t("licenses.none")}</p>${all}</div>`,
    );
  } else if (view.cursor) {
    showInstead(html`<div class="empty"><h2>${t("licenses.end_of_list_title")}</h2>${all}</div>`);
  } else {
    const own = answer.scope === "assigned";
    const title = t(own ? "licenses.empty_assigned_title" : "licenses.empty_title");
    const words = own ? t("licenses.empty_assigned", { account }) : t("licenses.empty_account", { account });
    showInstead(
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h2>${title}</h2><p>${words}</p></div>`,
    );
  }
}

function showFailure(/** @type {unknown} */ cause) {
  if (cause instanceof Problem) {
    const error = cause.errors.find((it) => it.pointer.endsWith("serial"));
    if (error) {
      markField(t(`field.${error.code}`, error.params));
      list.hidden = true;
      return;
    }
    if (cause.code === "invalid_cursor" || cause.code === "invalid_query") {
      const first = html`<a class="button" href="${location.pathname}">${t("licenses.first")}</a>`;
      showInstead(html`<div class="empty"><h2>${t("licenses.error_title")}</h2><p>${explain(cause)}</p>${first}</div>`);
      return;
    }
  }
  showInstead(
    html`<div class="empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-warn"></use></svg><h2>${t("licenses.error_title")}</h2><p>${explain(cause)}</p><button class="button" type="button" @click="${load}">${t("app.retry")}</button></div>`,
  );
}

async function load() {
  running?.abort();
  const abort = new AbortController();
  running = abort;
  const view = asked();
  showControls(view);
  clearField();
  pager.hidden = true;
  list.ariaBusy = "true";
  fill(document, "count", t("app.loading"));
  if (list.hidden) {
    table.tBodies[0].replaceChildren(...skeletonRows());
    list.dataset.first = "";
    showInstead(null);
  }
  let count = "";
  try {
    const query = new URLSearchParams({ sort: view.sort, limit: PAGE_SIZE });
    if (view.serial) query.set("serial", view.serial);
    if (view.cursor) query.set("cursor", view.cursor);
    /** @type {[LicenseList, import("../types.d.ts").Me | null]} */
    const [answer, who] = await Promise.all([api("GET", `/api/licenses?${query}`, { signal: abort.signal }), me()]);
    const account = who?.account?.name ?? "";
    list.dataset.scope = answer.scope;
    fill(
      document,
      "lead",
      t(answer.scope === "assigned" ? "licenses.lead_assigned" : "licenses.lead_account", { account }),
    );
    if (view.serial || answer.items.length > 0) {
      count = t(view.serial ? "licenses.found" : "licenses.count", { count: answer.items.length });
    }
    if (answer.items.length === 0) {
      showEmpty(answer, view, account);
    } else {
      showInstead(null);
      table.tBodies[0].replaceChildren(...rows(answer.items));
    }
    const trail = history.state?.trail ?? [];
    pager.replaceChildren(...pages(view, answer.next, trail, address));
    pager.hidden = pager.childElementCount === 0;
  } catch (cause) {
    if (abort.signal.aborted) {
      return;
    }
    if (cause instanceof Problem && cause.code === "account_changed") {
      return;
    }
    const who = await me().catch(() => null);
    if (who && cause instanceof Problem && showBarred(who, cause.code)) {
      return;
    }
    showFailure(cause);
  }
  delete list.dataset.first;
  list.ariaBusy = null;
  fill(document, "count", count);
}

export default async function licenses() {
  table.tBodies[0].replaceChildren(...skeletonRows());
  document.getElementById("work")?.addEventListener("click", follow);
  window.addEventListener("popstate", load);
  sort.addEventListener("change", () => go(address({ sort: sort.value, serial: asked().serial })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(address({ sort: asked().sort, serial: serial.value.trim() }));
  });
  await load();
}
