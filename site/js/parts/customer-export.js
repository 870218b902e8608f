// A customer's details as a file: for a spreadsheet, or for a program (R505).

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { save, today } from "../lib/save.js";
import { toast } from "../lib/toast.js";

const TYPES = /** @type {Record<string, string>} */ ({ csv: "text/csv", json: "application/json" });

/**
 * Gives the page's buttons their way.
 * @param {string} path Of the customer.
 * @param {{number: string}} customer
 */
export function customerExport(path, { number }) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-export]"))) {
    button.addEventListener("click", async () => {
      if (button.ariaBusy === "true") {
        return;
      }
      const format = button.dataset.export ?? "";
      button.ariaBusy = "true";
      try {
        const pages = [];
        let cursor = "";
        do {
          const query = new URLSearchParams({ format, ...(cursor && { cursor }) });
          /** @type {Response} */
          const page = await api("GET", `${path}/export?${query}`, { raw: true });
          pages.push(await page.text());
          cursor = page.headers.get("x-portico-next") ?? "";
          fill(document, "said", t("export.pages", { count: pages.length }));
        } while (cursor);
        save(`${number}-${today()}.${format}`, TYPES[format], pages.join(""));
        toast(t("export.done"));
      } catch (cause) {
        toast(explain(cause));
      }
      button.ariaBusy = null;
    });
  }
}
