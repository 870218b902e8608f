// What members ask the account's managers for: given, or refused with a reason.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { me } from "../lib/session.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").AccessRequest} AccessRequest */

const WANTS = { orders: "access.orders", licenses: "access.licenses", team: "access.team" };

const words = (/** @type {AccessRequest} */ { wants }) => t(WANTS[wants]);

/** @param {HTMLElement} section */
export default async function accessRequests(section) {
  // The page's own list tells whoever may not be here.
  const may = (await me().catch(() => null))?.may ?? [];
  if (!may.includes("manage_members")) {
    return;
  }
  /** @type {AccessRequest} */
  let asked;

  const act = (/** @type {AccessRequest} */ it, /** @type {{open: () => void}} */ dialog) => () => {
    asked = it;
    dialog.open();
  };

  async function decide(/** @type {Record<string, string>} */ decision, /** @type {string} */ done) {
    await api("POST", `/api/team/access-requests/${encodeURIComponent(asked.user)}/decision`, { body: decision });
    await reload();
    section.querySelector("h2")?.focus();
    toast(done);
  }

  const grant = formDialog(
    "grant-access",
    () => decide({ decision: "grant" }, t("access.granted", { name: asked.name })),
    {
      opened: () => {
        fill(document, "grant-title", t("access.grant_title", { name: asked.name }));
        fill(document, "grant-wants", words(asked));
        const { name, email, wants } = asked;
        fill(
          document,
          "grant-text",
          wants === "team" ? t("access.grant_text_team", { name, email }) : t("access.grant_text", { email }),
        );
      },
    },
  );

  const refuse = formDialog(
    "refuse-access",
    ({ reason }) => decide({ decision: "refuse", reason }, t("access.refused", { name: asked.name })),
    {
      opened: () => {
        fill(document, "refuse-access-title", t("access.refuse_title", { name: asked.name }));
        fill(document, "refuse-wants", words(asked));
      },
    },
  );

  const isTheirs = (/** @type {AccessRequest} */ it) => it.wants === "team" && !may.includes("make_managers");
  const grantButton = (/** @type {AccessRequest} */ it) =>
    html`<button class="button small" type="button" aria-label="${t("access.grant_label", { name: it.name })}" @click="${act(it, grant)}">${t("access.grant")}</button>`;

  const row = (/** @type {AccessRequest} */ it) => html`<tr>
      <td class="lead"><b>${it.name}</b><br><span class="small soft long">${it.email}</span></td>
      <td data-label="${t("access.col_wants")}"><div>${words(it)}${it.note && html`<br><span class="small soft long">${it.note}</span>`}</div></td>
      <td class="num" data-label="${t("desk.col_asked")}">${since(it.asked_at)}</td>
      <td class="acts"><div>${isTheirs(it) ? html`<span class="small soft">${t("team.own_managers")}</span>` : grantButton(it)}
      <button class="button small" type="button" aria-label="${t("access.refuse_label", { name: it.name })}" @click="${act(it, refuse)}">${t("claimants.refuse")}</button></div></td>
    </tr>`;

  let count = 0;
  const reload = moreList(fills(section, "access")[0], {
    path: "/api/team/access-requests",
    row,
    empty: () =>
      html`<tr class="none"><td colspan="4"><b>${t("access.empty_title")}</b><p class="soft">${t("access.empty")}</p></td></tr>`,
    loaded: ({ items }, first) => {
      count = first ? items.length : count + items.length;
      fill(section, "access-count", count > 0 ? t("access.count", { count }) : "");
    },
  });
}
