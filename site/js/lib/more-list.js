// A list within a page, which stands beside others: its next rows come below, at the press of a button.

import { api } from "./api.js";
import { explain } from "./form.js";
import { html } from "./html.js";
import { t } from "./i18n.js";

/**
 * Fills a box with the rows of a list and keeps it up to date. `row` makes one, `empty` says what stands there without
 * any; `loaded` hears each page. Returns what reloads it from the first page.
 * @param {HTMLElement} box The element that holds the rows.
 * @param {{path: string, row: (item: any) => Node, empty: () => Node, loaded?: (answer: any, first: boolean) => void}} list
 */
export function moreList(box, { path, row, empty, loaded }) {
  const after = html`<div class="more"></div>`.firstElementChild;
  box.closest(".table-frame, ul, ol")?.after(/** @type {Node} */ (after));

  async function load(/** @type {string} */ cursor = "") {
    const first = cursor === "";
    box.ariaBusy = "true";
    try {
      const from = cursor && `${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
      /** @type {{items: any[], next: string | null}} */
      const answer = await api("GET", path + from);
      const rows = answer.items.map(row);
      const there = box.childElementCount;
      if (first) {
        box.replaceChildren(...(rows.length > 0 || answer.next ? rows : [empty()]));
      } else {
        box.append(...rows);
        // Whoever asked by keyboard goes on with what came.
        const next = /** @type {HTMLElement | undefined} */ (box.children[there]?.querySelector("a, button, input"));
        next?.focus();
      }
      const more = answer.next;
      after?.replaceChildren(
        ...(more
          ? [html`<button class="button" type="button" @click="${() => load(more)}">${t("list.more")}</button>`]
          : []),
      );
      loaded?.(answer, first);
    } catch (cause) {
      const again = () => load(cursor);
      const words = html`<div class="row" role="alert"><span class="words">${explain(cause)}</span><button class="button" type="button" @click="${again}">${t("app.retry")}</button></div>`;
      if (first) {
        box.replaceChildren();
      }
      after?.replaceChildren(words);
    }
    box.ariaBusy = null;
  }

  load();
  return () => load();
}
