// Invitations that wait for whoever is signed in, on their overview: joined with one press, declined with two.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { decline, join } from "../lib/my-invitations.js";
import { me } from "../lib/session.js";
import { moment } from "../lib/time.js";
import { toast, toastLater } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").MyInvitation} MyInvitation */

/** @param {HTMLElement} part */
export default async function myInvitations(part) {
  const [list] = fills(part, "mine");
  /** @type {MyInvitation} */
  let chosen;

  const declining = formDialog(
    "decline",
    async () => {
      await decline(chosen.account);
      await load();
      toast(t("mine.declined", { account: chosen.account.name }));
    },
    {
      opened: () => {
        const words = { account: chosen.account.name, person: chosen.invited_by };
        fill(document, "decline-title", t("accept.decline_title", words));
        fill(document, "decline-text", t("accept.decline_text", words));
      },
    },
  );

  async function accept(/** @type {Event} */ event, /** @type {MyInvitation} */ { account }) {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    if (button.ariaBusy === "true") {
      return;
    }
    button.ariaBusy = "true";
    try {
      const { here } = await join(account);
      toastLater(t(here ? "mine.joined" : "mine.joined_other", { account: account.name }));
      // What the page shows, and what the menu offers, has changed.
      location.assign(to("overview"));
    } catch (cause) {
      button.ariaBusy = null;
      toast(explain(cause));
      load();
    }
  }

  const row = (/** @type {MyInvitation} */ it) => html`<li>
      <div><b>${it.account.name}</b> <span class="small soft mono">${it.account.number}</span><br>
      <span class="small soft">${t("mine.by", { person: it.invited_by, time: moment(it.expires_at) })} · ${t(`role.${it.role}`)}${it.guest_days && html` · ${t("guests.for_days", { count: it.guest_days })}`}</span></div>
      <span class="row"><button class="button main-act small" type="button" aria-label="${t("accept.join", { account: it.account.name })}" @click="${(/** @type {Event} */ event) => accept(event, it)}">${t("mine.join")}</button>
      <button class="button small" type="button" aria-label="${t("mine.decline_label", { account: it.account.name })}" @click="${() => {
        chosen = it;
        declining.open();
      }}">${t("accept.decline")}</button></span>
    </li>`;

  /** A failure here must not hide what else the page says. */
  async function load() {
    /** @type {{items: MyInvitation[]}} */
    const { items } = await api("GET", "/api/sign-up/invitations").catch(() => ({ items: [] }));
    part.hidden = items.length === 0;
    fill(part, "mine-title", t("mine.title", { count: items.length }));
    list.replaceChildren(...items.map(row));
  }

  if ((await me().catch(() => null))?.may.includes("answer_invitation")) {
    await load();
  }
}
