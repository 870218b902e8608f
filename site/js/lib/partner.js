// A partner's customers and the vendor's products, in words.

import { api } from "./api.js";
import { html } from "./html.js";
import { t } from "./i18n.js";

/** @typedef {{code: string, name: string}} Product */

/** How an account stands, as a tag. */
export function accountState(/** @type {import("../types.d.ts").Account["status"]} */ status) {
  switch (status) {
    case "suspended":
      return html`<span class="tag bad">${t("account.suspended")}</span>`;
    case "closed":
      return html`<span class="tag">${t("account.closed")}</span>`;
    default:
      return html`<span class="tag good">${t("account.active")}</span>`;
  }
}

/** Every product of the vendor's. */
export async function products() {
  /** @type {Product[]} */
  const all = [];
  let cursor = "";
  do {
    const query = cursor && `?cursor=${encodeURIComponent(cursor)}`;
    /** @type {{items: Product[], next: string | null}} */
    const { items, next } = await api("GET", `/api/partner/products${query}`);
    all.push(...items);
    cursor = next ?? "";
  } while (cursor);
  return all;
}
