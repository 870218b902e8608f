// The rows of a license summary: what an account has of each product, of each type, until when.

import { html } from "./html.js";
import { date, locale, t } from "./i18n.js";
import { stateTag } from "./license.js";

/** @typedef {import("../types.d.ts").SummaryRow} SummaryRow */

function seats(/** @type {SummaryRow["seats"]} */ { used, total }) {
  const words = t("licenses.seats", { used, total });
  const full = used >= total;
  return html`<div><span class="num">${words}</span><progress class="${full ? "bar full" : "bar"}" max="${total}" value="${Math.min(used, total)}" aria-label="${words}"></progress></div>`;
}

/** One row a product, type and end; a product that follows itself is named once, to the eye. */
export function summaryRows(/** @type {SummaryRow[]} */ items) {
  return items.map((it, index) => {
    const again = it.product.code === items[index - 1]?.product.code ? "again" : "";
    return html`<tr class="${it.state === "ended" ? "over" : ""}">
      <td class="${`lead ${again}`}"><b>${it.product.name}</b></td>
      <td data-label="${t("usage.col_type")}">${t(`type.${it.type}`)}</td>
      <td class="figure num" data-label="${t("usage.col_licenses")}">${it.licenses.toLocaleString(locale)}</td>
      <td data-label="${t("licenses.col_seats")}">${seats(it.seats)}</td>
      <td class="num" data-label="${t("licenses.col_end")}">${it.ends_on ? html`<time datetime="${it.ends_on}">${date(it.ends_on)}</time>` : t("licenses.no_end")}</td>
      <td data-label="${t("licenses.col_state")}">${stateTag(it)}</td>
    </tr>`;
  });
}
