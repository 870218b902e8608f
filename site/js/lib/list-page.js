// A list whose view is in the address: search, order, page; so back, bookmarks and new tabs just work. The page says
// what to ask for and how a row looks; loading, nothing, failure and the way through the pages are the same everywhere.

import { api, Problem } from "./api.js";
import { explain } from "./form.js";
import { fill, fills, html } from "./html.js";
import { t } from "./i18n.js";
import { refusal } from "./refusal.js";
import { me, showBarred } from "./session.js";

/** @typedef {Record<string, string>} View What the address says, `cursor` among it; "" where it says nothing. */
/** @typedef {{items: any[], next: string | null}} Answer */

/**
 * @typedef {object} List
 * @property {HTMLElement} within The section with the table: `data-fill` list, instead, pages and count are in it.
 * @property {View} usual The parameters of the address, each with what it is when left out.
 * @property {(view: View) => string} path What to ask the API for, without the cursor.
 * @property {(answer: any, view: View) => Node[]} rows The rows of a page.
 * @property {(answer: any, view: View) => Node | Promise<Node>} empty What to say where there is nothing at all.
 * @property {(answer: any, view: View) => string} [count] What is told of a page with rows.
 * @property {(view: View) => void} [controls] Shows the view in the page's own controls.
 * @property {(problem: Problem) => boolean} [refused] Tells a refusal at its field; true if that is all there is to say.
 */

/** What stands in the table while it is fetched for the first time: as many cells as it has columns. */
function skeleton(/** @type {HTMLTableElement} */ table) {
  const widths = ["short", "long", "", "short", "short", "short"];
  const columns = table.tHead?.rows[0]?.cells.length ?? 3;
  const cells = () => widths.slice(0, columns).map((width) => html`<td><span class="skeleton ${width}"></span></td>`);
  return Array.from({ length: 6 }, () => html`<tr aria-hidden="true">${cells()}</tr>`);
}

/**
 * Gives a list its life and loads it.
 * @param {List} list
 */
export function listPage(list) {
  const table = /** @type {HTMLTableElement} */ (list.within.querySelector("table"));
  const [rows] = fills(list.within, "list");
  const [instead] = fills(list.within, "instead");
  const [pager] = fills(list.within, "pages");
  /** @type {AbortController | undefined} */
  let running;

  function view() {
    const query = new URLSearchParams(location.search);
    const names = [...Object.keys(list.usual), "cursor"];
    return Object.fromEntries(names.map((name) => [name, query.get(name) ?? list.usual[name] ?? ""]));
  }

  /** The address of a view; what is usual is left out, what is no part of the view stays. */
  function address(/** @type {Partial<View>} */ wanted) {
    const query = new URLSearchParams(location.search);
    for (const name of [...Object.keys(list.usual), "cursor"]) {
      query.delete(name);
      const value = wanted[name] ?? "";
      if (value && value !== list.usual[name]) query.set(name, value);
    }
    return query.size > 0 ? `?${query}` : location.pathname;
  }

  /** Goes to a view within the page; the way back through its pages is kept beside the address. */
  function go(/** @type {Partial<View>} */ wanted, /** @type {string[]} */ trail = []) {
    history.pushState({ trail }, "", address(wanted));
    return load();
  }

  /** Links of the page stay links, for a new tab or a bookmark; a plain click moves within the page. */
  function follow(/** @type {MouseEvent} */ event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
    if (link && plain && !link.hash && !link.download && link.pathname === location.pathname) {
      event.preventDefault();
      history.pushState({ trail: JSON.parse(link.dataset.trail ?? "[]") }, "", link.search || location.pathname);
      load();
      // The line above the table, not the whole of it: a long list covers the window wherever one stands.
      fills(list.within, "count")[0].scrollIntoView({ block: "nearest" });
    }
  }

  function show(/** @type {Node | null} */ node) {
    instead.hidden = node === null;
    rows.hidden = node !== null;
    instead.replaceChildren(...(node ? [node] : []));
  }

  const toFirst = () => html`<a class="button" href="${address({ ...view(), cursor: "" })}">${t("list.first")}</a>`;

  function showFailure(/** @type {unknown} */ cause) {
    const refused = cause instanceof Problem;
    if (refused && list.refused?.(cause)) {
      rows.hidden = true;
      instead.hidden = true;
    } else if (refused && (cause.code === "invalid_cursor" || cause.code === "invalid_query")) {
      show(html`<div class="empty"><h2>${t("list.error_title")}</h2><p>${explain(cause)}</p>${toFirst()}</div>`);
    } else if (refused && cause.status === 403) {
      // Trying again would not help: why, and who can, is said; and there is nothing to search.
      list.within.querySelector(".list-bar")?.setAttribute("hidden", "");
      list.within.dataset.refused = "";
      show(
        html`<div class="empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-pause"></use></svg><h2>${t("list.refused_title")}</h2>${refusal(cause)}</div>`,
      );
    } else {
      show(
        html`<div class="empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-warn"></use></svg><h2>${t("list.error_title")}</h2><p>${explain(cause)}</p><button class="button" type="button" @click="${load}">${t("app.retry")}</button></div>`,
      );
    }
  }

  /** First, previous, next. Cursors lead forward only: the way back is the trail of those that led here. */
  function pages(/** @type {View} */ now, /** @type {string | null} */ next) {
    /** @type {string[]} */
    const trail = history.state?.trail ?? [];
    const links = [];
    if (now.cursor && trail.length !== 1) {
      links.push(toFirst());
    }
    if (now.cursor && trail.length > 0) {
      const before = JSON.stringify(trail.slice(0, -1));
      const href = address({ ...now, cursor: trail.at(-1) ?? "" });
      links.push(html`<a class="button" rel="prev" href="${href}" data-trail="${before}">${t("list.previous")}</a>`);
    }
    if (next) {
      const on = JSON.stringify([...trail, now.cursor]);
      const href = address({ ...now, cursor: next });
      links.push(html`<a class="button" rel="next" href="${href}" data-trail="${on}">${t("list.next")}</a>`);
    }
    pager.replaceChildren(...links);
    pager.hidden = links.length === 0;
  }

  /** A page of the list. One may be empty before the last: then the next is as good. */
  async function ask(/** @type {View} */ now, /** @type {AbortSignal} */ signal) {
    const path = list.path(now);
    let { cursor } = now;
    for (;;) {
      const from = cursor && `${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
      /** @type {Answer} */
      const answer = await api("GET", path + from, { signal });
      if (answer.items.length > 0 || !answer.next) {
        return answer;
      }
      cursor = answer.next;
    }
  }

  async function load() {
    running?.abort();
    const abort = new AbortController();
    running = abort;
    const now = view();
    list.controls?.(now);
    pager.hidden = true;
    rows.ariaBusy = "true";
    fill(list.within, "count", t("app.loading"));
    if (rows.hidden) {
      table.tBodies[0].replaceChildren(...skeleton(table));
      rows.dataset.first = "";
      show(null);
    }
    let count = "";
    try {
      const [answer] = await Promise.all([ask(now, abort.signal), me()]);
      if (answer.items.length > 0) {
        show(null);
        table.tBodies[0].replaceChildren(...list.rows(answer, now));
        count = list.count?.(answer, now) ?? "";
      } else if (now.cursor) {
        show(html`<div class="empty"><h2>${t("list.end_title")}</h2>${toFirst()}</div>`);
      } else {
        show(await list.empty(answer, now));
      }
      pages(now, answer.next);
    } catch (cause) {
      if (abort.signal.aborted || (cause instanceof Problem && cause.code === "account_changed")) {
        return;
      }
      const who = await me().catch(() => null);
      if (who && cause instanceof Problem && showBarred(who, cause.code)) {
        return;
      }
      showFailure(cause);
    }
    delete rows.dataset.first;
    rows.ariaBusy = null;
    fill(list.within, "count", count);
  }

  table.tBodies[0].replaceChildren(...skeleton(table));
  list.within.addEventListener("click", follow);
  window.addEventListener("popstate", load);
  const loaded = load();
  return { go, view, address, load, loaded };
}
