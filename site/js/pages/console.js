// The vendor's desk: what people ask, the oldest first.

import { accountLines, kindName, personLines, wishLine } from "../lib/desk.js";
import { html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { since } from "../lib/time.js";

/** @typedef {import("../types.d.ts").DeskRequest} DeskRequest */

const row = (/** @type {DeskRequest} */ it) => html`<tr>
    <td class="lead"><a class="name" href="${to("console-request")}?id=${it.id}">${kindName(it)}</a><br><span class="small soft long">${wishLine(it)}</span></td>
    <td data-label="${t("desk.col_who")}">${personLines(it.who)}</td>
    <td data-label="${t("desk.col_account")}">${accountLines(it.account)}</td>
    <td class="num" data-label="${t("desk.col_asked")}">${since(it.asked_at)}</td>
    <td data-label="${t("desk.col_owner")}">${it.owner ? it.owner.name : html`<span class="tag plain">${t("desk.nobody")}</span>`}</td>
  </tr>`;

export default async function desk() {
  const list = listPage({
    within: /** @type {HTMLElement} */ (document.getElementById("desk")),
    usual: {},
    path: () => "/api/staff/requests",
    rows: ({ items }) => items.map(row),
    count: ({ items }) => t("desk.count", { count: items.length }),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-verified"></use></svg><h2>${t("desk.empty_title")}</h2><p>${t("desk.empty")}</p></div>`,
  });
  await list.loaded;
}
