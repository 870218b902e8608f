// The rows of the list of licenses.

import { copyButton } from "./copy.js";
import { html } from "./html.js";
import { date, t, to } from "./i18n.js";
import { contractEnd, stateTag, typeName } from "./license.js";

/** @typedef {import("../types.d.ts").License} License */

/** The seats in words, and as a bar where there is more than one. Nobody is told of seats they may not see. */
function seats(/** @type {License["seats"]} */ it) {
  if (!it) {
    return html`<div class="soft">–</div>`;
  }
  const { used, total } = it;
  const full = used >= total;
  const words = full ? t("licenses.seats_full", { total }) : t("licenses.seats", { used, total });
  const bar = html`<progress class="${full ? "bar full" : "bar"}" max="${total}" value="${Math.min(used, total)}" aria-label="${words}"></progress>`;
  return html`<div><span class="num">${t("licenses.seats", { used, total })}</span>${total > 1 && bar}</div>`;
}

function order(/** @type {License["order"]} */ it) {
  return it
    ? html`<div><span class="mono">${it.number}</span><br><time class="small soft num" datetime="${it.date}">${date(it.date)}</time></div>`
    : html`<div class="soft">–</div>`;
}

/** One row a license. Lines of one order that stand together show it once (to the eye: readers hear it each time). */
export function rows(/** @type {License[]} */ items) {
  return items.map((it, index) => {
    const more = it.order !== null && it.order.number === items[index - 1]?.order?.number;
    const state = it.state === "ended" ? "over" : "";
    return html`<tr class="${more ? `more ${state}` : state}">
      <td class="order" data-label="${t("licenses.col_order")}">${order(it.order)}</td>
      <td class="lead product"><a class="name" href="${to("license")}?id=${it.id}">${it.product.name}</a><br><span class="small soft">${typeName(it)}</span></td>
      <td class="serial-cell" data-label="${t("licenses.col_serial")}"><div><span class="mono serial">${it.serial_number}</span> ${copyButton(it.serial_number)}</div></td>
      <td class="seats" data-label="${t("licenses.col_seats")}">${seats(it.seats)}</td>
      <td data-label="${t("licenses.col_end")}">${contractEnd(it)}</td>
      <td class="state" data-label="${t("licenses.col_state")}">${stateTag(it)}</td>
    </tr>`;
  });
}
