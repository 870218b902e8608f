// The customers a partner looks after: found, filtered, and gone through page by page (R503).

import { LIST } from "../lib/customer.js";
import { html } from "../lib/html.js";
import { date, locale, t, to } from "../lib/i18n.js";
import { daysTo } from "../lib/license.js";
import { listPage } from "../lib/list-page.js";
import { accountState, products } from "../lib/partner.js";
import { me } from "../lib/session.js";

/** @typedef {import("../types.d.ts").CustomerRow} Customer */
/** @typedef {import("../lib/list-page.js").View} View */

const SORTS = ["name", "-name", "renewal", "-renewal"];
const STATES = ["active", "suspended", "closed"];
/** A renewal that is no further off deserves a look. */
const SOON_DAYS = 30;

const section = /** @type {HTMLElement} */ (document.getElementById("customers"));
const form = /** @type {HTMLFormElement} */ (section.querySelector(".list-bar form"));
const search = /** @type {HTMLInputElement} */ (document.getElementById("search"));
const pick = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (document.getElementById(id));

/** The names of products by code; until they are known, codes say enough. */
/** @type {Map<string, string>} */
const names = new Map();

/** What the API is asked for: what it does not know is left out. What is looked for comes by name. */
function queryOf(/** @type {View} */ view) {
  const query = new URLSearchParams();
  const sort = SORTS.includes(view.sort) && !(view.search && view.sort.endsWith("renewal")) ? view.sort : SORTS[0];
  if (view.product) query.set("product", view.product);
  if (STATES.includes(view.status)) query.set("status", view.status);
  if (view.search) query.set("search", view.search);
  if (sort !== SORTS[0]) query.set("sort", sort);
  return { query, sort };
}

/** When the next contract ends; what is past or near says so. */
function renewal(/** @type {string | null} */ day) {
  if (!day) {
    return html`<span class="soft">${t("licenses.no_end")}</span>`;
  }
  const days = daysTo(day);
  const shown = html`<time class="num" datetime="${day}">${date(day)}</time>`;
  if (days > SOON_DAYS) {
    return html`<div>${shown}</div>`;
  }
  const words =
    days < 0 ? t("customers.overdue") : days === 0 ? t("state.ends_today") : t("state.ends_in", { count: days });
  return html`<div>${shown}<br><span class="${days < 8 ? "small bad" : "small warn"}">${words}</span></div>`;
}

function productList(/** @type {Customer} */ { products: codes, product_count }) {
  const shown = (codes ?? []).map((code) => html`<span data-code="${code}">${names.get(code) ?? code}</span>`);
  const more = (product_count ?? 0) - shown.length;
  return shown.length === 0
    ? html`<span class="soft">–</span>`
    : html`<div class="products">${shown}${more > 0 && html`<span class="soft">${t("customers.more", { count: more })}</span>`}</div>`;
}

const lead = (/** @type {unknown} */ name, /** @type {Customer} */ { number }) =>
  html`${name}<br><span class="small soft mono">${number}</span>`;

/** Of a customer that lets in guests alone there is nothing to see but how to get in. */
const closedRow = (/** @type {Customer} */ it) => html`<tr class="guests-only">
    <td class="lead">${lead(html`<b>${it.name}</b>`, it)}</td>
    <td class="words" colspan="4"><div><span class="tag">${t("customers.guests_only")}</span><p class="small soft">${t("customers.guests_only_help")}</p></div></td>
  </tr>`;

const openRow = (/** @type {Customer} */ it) => html`<tr>
    <td class="lead">${lead(html`<a class="name" href="${to("customer")}?id=${it.id}">${it.name}</a>`, it)}</td>
    <td class="figure num" data-label="${t("customers.col_users")}">${(it.users ?? 0).toLocaleString(locale)}</td>
    <td data-label="${t("customers.col_products")}">${productList(it)}</td>
    <td data-label="${t("licenses.col_state")}">${accountState(it.status)}</td>
    <td data-label="${t("customers.col_renewal")}">${renewal(it.renews_on)}</td>
  </tr>`;

const row = (/** @type {Customer} */ it) => (it.access === "guests_only" ? closedRow(it) : openRow(it));

function controls(/** @type {View} */ view) {
  // The way back from a customer leads to what was looked at.
  sessionStorage.setItem(LIST, location.search);
  const { query, sort } = queryOf(view);
  search.value = view.search;
  pick("product").value = view.product;
  pick("status").value = query.get("status") ?? "";
  pick("sort").value = sort;
  for (const option of pick("sort").options) {
    option.disabled = view.search !== "" && option.value.endsWith("renewal");
  }
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-sort]"))) {
    const by = head.dataset.sort ?? "";
    const current = sort === by || sort === `-${by}`;
    head.ariaSort = current ? (sort.startsWith("-") ? "descending" : "ascending") : null;
    const wanted = new URLSearchParams(query);
    wanted.set("sort", sort === by ? `-${by}` : by);
    if (by === "renewal") wanted.delete("search");
    head.querySelector("a")?.setAttribute("href", `?${wanted}`);
  }
}

/** No customers at all, and none that fits, are different things. */
async function empty(/** @type {unknown} */ _, /** @type {View} */ view) {
  const may = (await me())?.may ?? [];
  if (view.search || view.product || view.status) {
    const title = view.search ? t("customers.none_title", { search: view.search }) : t("customers.none_fits");
    return html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-search"></use></svg><h2>${title}</h2><p>${t("customers.none")}</p><a class="button" href="${location.pathname}">${t("customers.clear")}</a></div>`;
  }
  const make =
    may.includes("create_customer") &&
    html`<a class="button main-act" href="${to("customer-new")}">${t("customers.new")}</a>`;
  return html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-building"></use></svg><h2>${t("customers.empty_title")}</h2><p>${t("customers.empty")}</p>${make}</div>`;
}

/** The filter's choices, and the names in the rows that came before them. */
async function showProducts(/** @type {string} */ chosen) {
  const all = await products().catch(() => []);
  for (const { code, name } of all) {
    names.set(code, name);
    pick("product").append(new Option(name, code));
  }
  if (chosen && !names.has(chosen)) {
    pick("product").append(new Option(chosen, chosen));
  }
  pick("product").value = chosen;
  for (const span of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-code]"))) {
    span.textContent = names.get(span.dataset.code ?? "") ?? span.textContent;
  }
}

export default async function customers() {
  const list = listPage({
    within: section,
    usual: { product: "", status: "", search: "", sort: SORTS[0] },
    path: (view) => {
      const { query } = queryOf(view);
      return `/api/partner/customers${query.size > 0 ? `?${query}` : ""}`;
    },
    rows: ({ items }) => items.map(row),
    count: ({ items, next }) => t(next ? "customers.count_more" : "customers.count", { count: items.length }),
    controls,
    empty,
  });
  const again = (/** @type {Partial<View>} */ wanted) => list.go({ ...list.view(), ...wanted, cursor: "" });
  for (const name of ["product", "status"]) {
    pick(name).addEventListener("change", () => again({ [name]: pick(name).value }));
  }
  pick("sort").addEventListener("change", () => again({ sort: pick("sort").value }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    again({ search: search.value.trim() });
  });
  await Promise.all([list.loaded, showProducts(list.view().product)]);
}
