// Everyone who can get at what is the account's, who was away longest first: kept, or removed.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { me } from "../lib/session.js";
import { fullName, personLines, personState, seen } from "../lib/team.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Person} Person */

/** @type {ReturnType<typeof listPage>} */
let list;
/** @type {Person} */
let person;
let myself = "";

async function keep(/** @type {Event} */ event, /** @type {Person} */ it) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  try {
    await api("PUT", `/api/team/review/${it.user}`);
    const row = /** @type {HTMLElement} */ (button.closest("tr"));
    row.replaceWith(line({ ...it, reviewed_at: new Date().toISOString() }));
    toast(t("review.kept", { name: fullName(it) }));
  } catch (cause) {
    toast(explain(cause));
    button.ariaBusy = null;
  }
}

function open(/** @type {Person} */ it) {
  person = it;
  remove.open();
}

/** The owner stays, and nobody removes themselves. */
const acts = (/** @type {Person} */ it) =>
  it.role === "owner" || it.user === myself
    ? null
    : html`<button class="button small" type="button" aria-label="${t("review.keep_label", { name: fullName(it) })}" @click="${(/** @type {Event} */ event) => keep(event, it)}">${t("review.keep")}</button>
    <button class="button small" type="button" aria-label="${t("person.remove_label", { name: fullName(it) })}" @click="${() => open(it)}">${t("person.remove")}</button>`;

/** @returns {DocumentFragment} */
const line = (/** @type {Person} */ it) => html`<tr>
    <td class="lead person">${personLines(it, `${to("member")}?id=${it.user}`)}</td>
    <td data-label="${t("team.col_role")}">${it.role && t(`role.${it.role}`)}</td>
    <td data-label="${t("licenses.col_state")}">${personState(it)}</td>
    <td class="num" data-label="${t("team.col_seen")}">${seen(it)}</td>
    <td class="num" data-label="${t("team.col_licenses")}">${String(it.seats)}</td>
    <td class="num" data-label="${t("review.col_kept")}">${it.reviewed_at ? since(it.reviewed_at) : html`<span class="soft">–</span>`}</td>
    <td class="acts"><div>${acts(it)}</div></td>
  </tr>`;

const remove = formDialog(
  "remove",
  async () => {
    await api("DELETE", `/api/team/members/${person.user}`);
    await list.load();
    toast(t("member.removed", { name: fullName(person) }));
  },
  {
    opened: () => {
      fill(document, "remove-title", t("member.remove_title", { name: fullName(person) }));
      fill(document, "remove-what", t("member.remove_what", { name: fullName(person), count: person.seats }));
    },
  },
);

export default async function review() {
  formDialog("missing", async ({ text }) => {
    await api("POST", "/api/profile/change-requests", { body: { kind: "missing_person", text } });
    toast(t("review.missing_sent"));
  });
  myself = (await me().catch(() => null))?.user.id ?? "";
  list = listPage({
    within: /** @type {HTMLElement} */ (document.getElementById("review")),
    usual: {},
    path: () => "/api/team/review",
    rows: ({ items }) => items.map(line),
    count: ({ items, next }) => t(next ? "team.count_more" : "team.count", { count: items.length }),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-people"></use></svg><h2>${t("review.empty_title")}</h2></div>`,
  });
  await list.loaded;
}
