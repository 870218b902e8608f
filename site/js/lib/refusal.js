// Why not, and who can help (R301): a refusal with the names of the account's managers, and one press to ask them.

import { api, Problem } from "./api.js";
import { explain } from "./form.js";
import { html } from "./html.js";
import { t } from "./i18n.js";
import { fullName } from "./team.js";
import { toast } from "./toast.js";

/** What a refusal lets one ask for, and the words of the button. */
const WANTS = /** @type {Record<string, {wants: string, words: string}>} */ ({
  managers_only: { wants: "team", words: "refusal.ask_team" },
  orders_hidden: { wants: "orders", words: "refusal.ask_orders" },
  licenses_not_theirs: { wants: "licenses", words: "refusal.ask_licenses" },
});

/** @typedef {{first_name: string, last_name: string, email: string, role: string}} Manager */

/** "Ann and Ben", as the language lists names; each is a mail away. */
function names(/** @type {Manager[]} */ managers) {
  const list = html`<ul class="helpers"></ul>`;
  list.firstElementChild?.append(
    ...managers.map(
      (it) =>
        html`<li><b>${fullName(it)}</b> <span class="small soft">${t(`role.${it.role}`)}</span> <a class="small long" href="mailto:${it.email}">${it.email}</a></li>`,
    ),
  );
  return list;
}

async function ask(/** @type {Event} */ event, /** @type {string} */ wants) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  try {
    await api("POST", "/api/team/access-requests", { body: { wants } });
    button.replaceWith(html`<p class="tag good">${t("refusal.asked")}</p>`);
  } catch (cause) {
    toast(explain(cause));
    button.ariaBusy = null;
  }
}

/** Names who can help, where that is somebody of the account; silence where it cannot be learned now. */
export async function helpers(/** @type {Element} */ box, /** @type {string} */ code) {
  try {
    /** @type {{items: Manager[]}} */
    const { items } = await api("GET", "/api/team/managers");
    if (items.length === 0) return;
    const asking = WANTS[code];
    box.append(
      html`<p>${t("refusal.managers", { count: items.length })}</p>`,
      names(items),
      asking
        ? html`<button class="button main-act" type="button" @click="${(/** @type {Event} */ event) => ask(event, asking.wants)}">${t(asking.words)}</button>`
        : "",
    );
  } catch {
    // The words of the refusal say enough.
  }
}

/** The words for a refusal, and below them who can help. */
export function refusal(/** @type {unknown} */ cause) {
  const box = html`<div class="stack refusal"><p>${explain(cause)}</p></div>`;
  const inner = box.firstElementChild;
  if (inner && cause instanceof Problem && (cause.code in WANTS || cause.code === "owner_only")) {
    helpers(inner, cause.code);
  }
  return box;
}
