// What the vendor sells.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";

/** @typedef {import("../types.d.ts").ProductDetails} ProductDetails */

const page = (/** @type {string} */ code) => `${to("console-product")}?code=${encodeURIComponent(code)}`;

const row = (/** @type {ProductDetails} */ it) => html`<tr>
    <td class="lead"><a class="name" href="${page(it.code)}">${it.name}</a></td>
    <td data-label="${t("catalog.code")}"><span class="mono">${it.code}</span></td>
    <td class="num" data-label="${t("catalog.trial")}">${it.trial_days ? t("catalog.days", { count: it.trial_days }) : "–"}</td>
  </tr>`;

export default async function products() {
  const list = listPage({
    within: /** @type {HTMLElement} */ (document.getElementById("products")),
    usual: {},
    path: () => "/api/staff/products",
    rows: ({ items }) => items.map(row),
    count: ({ items }) => t("catalog.count", { count: items.length }),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h2>${t("catalog.empty_title")}</h2><p>${t("catalog.empty")}</p></div>`,
  });
  formDialog("new-product", async ({ code, name }) => {
    await api("PUT", `/api/staff/products/${encodeURIComponent(code.toUpperCase())}`, { body: { name } });
    location.assign(page(code.toUpperCase()));
  });
  await list.loaded;
}
