// Products on offer to try: each once for an account, for as many days as the vendor gives.

import { api } from "../lib/api.js";
import { staying } from "../lib/customer.js";
import { formDialog } from "../lib/dialog.js";
import { fill, fills, html } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { toastLater } from "../lib/toast.js";

/** @typedef {{product: {code: string, name: string}, days: number, seats: number, used: boolean, license: string | null}} Trial */

/** @param {HTMLElement} part */
export default async function trials(part) {
  const who = await me().catch(() => null);
  if (!who?.may.includes("start_trials")) {
    return;
  }
  const [list] = fills(part, "trials");
  /** @type {Trial} */
  let chosen;

  const starting = formDialog(
    "start-trial",
    async () => {
      /** @type {{id: string, ends_on: string}} */
      const made = await api("POST", "/api/licenses/trials", { body: { product: chosen.product.code } });
      toastLater(t("trials.started", { product: chosen.product.name, date: date(made.ends_on) }));
      location.assign(staying(`${to("license")}?id=${encodeURIComponent(made.id)}`));
    },
    {
      opened: () => {
        fill(document, "trial-title", t("trials.ask", { product: chosen.product.name }));
        fill(document, "trial-text", t("trials.text", { count: chosen.days, seats: chosen.seats }));
      },
    },
  );

  const start = (/** @type {Trial} */ it) => () => {
    chosen = it;
    starting.open();
  };

  const row = (/** @type {Trial} */ it) => html`<li><div><b>${it.product.name}</b>
      <p class="small soft">${t("catalog.days", { count: it.days })} · ${t("trials.seats", { count: it.seats })}</p></div>
      ${it.used ? html`<a class="tag plain" href="${`${to("license")}?id=${it.license ?? ""}`}">${t("trials.used")}</a>` : html`<button class="button" type="button" aria-label="${t("trials.label", { product: it.product.name })}" @click="${start(it)}">${t("trials.start")}</button>`}</li>`;

  /** @type {Trial[]} */
  const offered = [];
  let cursor = "";
  do {
    const query = cursor && `?cursor=${encodeURIComponent(cursor)}`;
    /** @type {{items: Trial[], next: string | null} | null} */
    const page = await api("GET", `/api/licenses/trials${query}`).catch(() => null);
    offered.push(...(page?.items ?? []));
    cursor = page?.next ?? "";
  } while (cursor);
  part.hidden = offered.length === 0;
  list.replaceChildren(...offered.map(row));
  list.ariaBusy = null;
}
