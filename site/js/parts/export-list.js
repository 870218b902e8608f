// A list as a file for a spreadsheet: fetched page by page, so that ten thousand rows take no longer call than fifty.

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { save, today } from "../lib/save.js";
import { toast } from "../lib/toast.js";

/** @param {HTMLElement} part A button with the API's path and the file's name. */
export default function exportList(part) {
  part.addEventListener("click", async () => {
    if (part.ariaBusy === "true") {
      return;
    }
    // As it is now: a page may put its filter into the path.
    const { path = "", name = "" } = part.dataset;
    const joint = path.includes("?") ? "&" : "?";
    part.ariaBusy = "true";
    const pages = [];
    try {
      let cursor = "";
      do {
        /** @type {Response} */
        const page = await api("GET", path + (cursor && `${joint}cursor=${encodeURIComponent(cursor)}`), { raw: true });
        // The first page alone has the line of names.
        pages.push(await page.text());
        cursor = page.headers.get("x-portico-next") ?? "";
        fill(document, "said", t("export.pages", { count: pages.length }));
      } while (cursor);
      save(`${name}-${today()}.csv`, "text/csv", pages.join(""));
      toast(t("export.done"));
    } catch (cause) {
      toast(explain(cause));
    }
    part.ariaBusy = null;
  });
}
