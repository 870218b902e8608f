// What the account has of each product: licenses, seats in use, and when they end.

import { api } from "../lib/api.js";
import { customer } from "../lib/customer.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { me, showBarred } from "../lib/session.js";
import { summaryRows } from "../lib/summary-table.js";
import { monthsFrom, timeline } from "../lib/timeline.js";

/** @typedef {import("../types.d.ts").SummaryRow} SummaryRow */

const section = /** @type {HTMLElement} */ (document.getElementById("summary"));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));

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
    rows: ({ items }) => summaryRows(items),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-key"></use></svg><h2>${t("licenses.empty_title")}</h2><p>${t("licenses.empty_account", { account: who.account?.name ?? "" })}</p>${!customer && html`<a class="button" href="${to("claim")}">${t("menu.claim")}</a>`}</div>`,
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
