// Without a code: asking to join by a customer or serial number. Whether it exists is not told; who decides writes back.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {{reference: string, asked_at: string}} Waiting */

/** @param {HTMLElement} part */
export default async function askToJoin(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const heading = /** @type {HTMLElement} */ (part.querySelector("h2"));
  const [list] = fills(part, "waiting");

  async function load() {
    /** @type {{items: Waiting[]}} */
    const { items } = await api("GET", "/api/sign-up/account-claims");
    list.hidden = items.length === 0;
    list.replaceChildren(
      ...items.map(
        (it) =>
          html`<li><div><b class="mono">${it.reference}</b><p class="small soft">${t("requests.asked")} ${since(it.asked_at)}</p></div><span class="tag warn">${t("requests.waiting")}</span></li>`,
      ),
    );
  }

  onSubmit(form, async ({ reference }) => {
    await api("POST", "/api/sign-up/account-claims", { body: { reference } });
    form.reset();
    heading.focus();
    toast(t("join.sent"));
    await load();
  });
  if (await me().catch(() => null)) {
    await load().catch(() => {});
  }
}
