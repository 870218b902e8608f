// Those who ask to join the account: let in, or not.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { me } from "../lib/session.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Claimant} Claimant */

/** @type {Claimant} */
let person;

const act = (/** @type {Claimant} */ it, /** @type {{open: () => void}} */ dialog) => () => {
  person = it;
  dialog.open();
};

const path = () => `/api/sign-up/claimants/${encodeURIComponent(person.user.id)}`;

const verify = formDialog(
  "verify",
  async () => {
    const input = /** @type {HTMLInputElement} */ (document.getElementById("view_orders"));
    await api("PUT", path(), { body: { view_orders: input.checked } });
    await list.load();
    toast(t("claimants.verified", { name: person.user.name }));
  },
  {
    opened: async () => {
      fill(document, "verify-title", t("claimants.verify_title", { name: person.user.name }));
      const account = (await me())?.account?.name ?? "";
      fill(document, "verify-text", t("claimants.verify_text", { account, email: person.user.email }));
    },
  },
);

const refuse = formDialog(
  "refuse",
  async () => {
    await api("DELETE", path());
    await list.load();
    toast(t("claimants.refused", { name: person.user.name }));
  },
  { opened: () => fill(document, "refuse-title", t("claimants.refuse_title", { name: person.user.name })) },
);

const row = (/** @type {Claimant} */ it) => html`<tr>
    <td class="lead"><b>${it.user.name}</b></td>
    <td data-label="${t("seats.col_email")}"><span class="long">${it.user.email}</span></td>
    <td class="num" data-label="${t("desk.col_asked")}">${since(it.asked_at)}</td>
    <td class="acts"><div><button class="button small" type="button" aria-label="${t("claimants.verify_label", { name: it.user.name })}" @click="${act(it, verify)}">${t("claimants.verify")}</button>
    <button class="button small" type="button" aria-label="${t("claimants.refuse_label", { name: it.user.name })}" @click="${act(it, refuse)}">${t("claimants.refuse")}</button></div></td>
  </tr>`;

/** @type {ReturnType<typeof listPage>} */
let list;

export default async function claimants() {
  list = listPage({
    within: /** @type {HTMLElement} */ (document.getElementById("claimants")),
    usual: {},
    path: () => "/api/sign-up/claimants",
    rows: ({ items }) => items.map(row),
    count: ({ items }) => t("claimants.count", { count: items.length }),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-people"></use></svg><h2>${t("claimants.empty_title")}</h2><p>${t("claimants.empty")}</p></div>`,
  });
  await list.loaded;
}
