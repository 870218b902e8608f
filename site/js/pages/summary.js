// What the account has of each product: licenses, seats in use, and when they end.

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { stateTag } from "../lib/license.js";
import { listPage } from "../lib/list-page.js";
import { me, showBarred } from "../lib/session.js";
import { monthsFrom, timeline } from "../lib/timeline.js";

/** @typedef {import("../types.d.ts").SummaryRow} SummaryRow */

const section = /** @type {HTMLElement} */ (document.getElementById("summary"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));

function seats(/** @type {SummaryRow["seats"]} */ { used, total }) {
  const words = t("licenses.seats", { used, total });
  const full = used >= total;
  return html`<div><span class="num">${words}</span><progress class="${full ? "bar full" : "bar"}" max="${total}" value="${Math.min(used, total)}" aria-label="${words}"></progress></div>`;
}

/** One row a product, type and end; a product that follows itself is named once, to the eye. */
function rows(/** @type {SummaryRow[]} */ items) {
  return items.map((it, index) => {
    const again = it.product.code === items[index - 1]?.product.code ? "again" : "";
    return html`<tr class="${it.state === "ended" ? "over" : ""}">
      <td class="${`lead ${again}`}"><b>${it.product.name}</b></td>
      <td data-label="${t("usage.col_type")}">${t(`type.${it.type}`)}</td>
      <td class="figure num" data-label="${t("usage.col_licenses")}">${it.licenses.toLocaleString(document.documentElement.lang)}</td>
      <td data-label="${t("licenses.col_seats")}">${seats(it.seats)}</td>
      <td class="num" data-label="${t("licenses.col_end")}">${it.ends_on ? html`<time datetime="${it.ends_on}">${date(it.ends_on)}</time>` : t("licenses.no_end")}</td>
      <td data-label="${t("licenses.col_state")}">${stateTag(it)}</td>
    </tr>`;
  });
}

/** The licenses that end in each month of the next year; the list by end is read no further than that. */
async function endings() {
  const months = monthsFrom();
  const last = /** @type {string} */ (months.at(-1));
  /** @type {Map<string, number>} */
  const counts = new Map();
  let cursor = "";
  do {
    const query = new URLSearchParams({ sort: "end", ...(cursor && { cursor }) });
    /** @type {{items: SummaryRow[], next: string | null}} */
    const { items, next } = await api("GET", `/api/licenses/summary?${query}`);
    for (const it of items.filter((it) => it.state !== "ended" && it.ends_on)) {
      const month = /** @type {string} */ (it.ends_on).slice(0, 7);
      counts.set(month, (counts.get(month) ?? 0) + it.licenses);
    }
    cursor = items.some((it) => it.ends_on && it.ends_on.slice(0, 7) > last) ? "" : (next ?? "");
  } while (cursor);
  return new Map([...counts].filter(([month]) => months.includes(month)));
}

async function fillTimeline() {
  const [figure] = fills(document, "timeline");
  figure.ariaBusy = "true";
  try {
    const counts = await endings();
    figure.replaceChildren(counts.size > 0 ? timeline(counts) : html`<p class="soft">${t("usage.timeline_none")}</p>`);
  } catch (cause) {
    figure.replaceChildren(
      html`<div class="row"><span class="words">${explain(cause)}</span><button class="button" type="button" @click="${fillTimeline}">${t("app.retry")}</button></div>`,
    );
  }
  figure.ariaBusy = null;
}

export default async function summary() {
  const who = await me();
  if (!who || showBarred(who)) {
    return;
  }
  fill(document, "lead", t("usage.lead", { account: who.account?.name ?? "" }));
  const list = listPage({
    within: section,
    usual: { sort: "product" },
    path: ({ sort: by }) => `/api/licenses/summary?sort=${by === "end" ? "end" : "product"}`,
    rows: ({ items }) => rows(items),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h2>${t("licenses.empty_title")}</h2><p>${t("licenses.empty_account", { account: who.account?.name ?? "" })}</p><a class="button" href="${to("claim")}">${t("menu.claim")}</a></div>`,
    controls: ({ sort: by }) => {
      sort.value = by === "end" ? "end" : "product";
    },
  });
  sort.addEventListener("change", () => list.go({ sort: sort.value }));
  if (who.may.includes("show_summary")) {
    await fillTimeline();
  } else {
    document.getElementById("timeline")?.setAttribute("hidden", "");
  }
}
