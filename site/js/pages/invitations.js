// Whom the account has invited, what became of it, and what can be done about it.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { onSubmit } from "../lib/form.js";
import { fill, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { me } from "../lib/session.js";
import { fullName } from "../lib/team.js";
import { moment, since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").InvitationRow} Invitation */

/** How a state looks: colour is for what somebody has to do, and for what is done. */
const LOOK = /** @type {Record<Invitation["state"], string>} */ ({
  queued: "tag",
  delivered: "tag",
  bounced: "tag bad",
  handed_over: "tag",
  opened: "tag",
  accepted: "tag good",
  declined: "tag",
  expired: "tag warn",
  revoked: "tag",
});
/** Nothing is left to do. */
const ANSWERED = ["accepted", "declined", "revoked"];

/** @type {Invitation} */
let invitation;
/** @type {ReturnType<typeof listPage>} */
let list;
/** @type {string[]} */
let may = [];

const words = () => ({ name: fullName(invitation), email: invitation.email });
const path = () => `/api/team/invitations/${encodeURIComponent(invitation.id)}`;

const act = (/** @type {Invitation} */ it, /** @type {{open: () => void}} */ dialog) => () => {
  invitation = it;
  dialog.open();
};

const resend = formDialog(
  "resend",
  async () => {
    await api("POST", `${path()}/letters`);
    await list.load();
    toast(t("invitations.resent", words()));
  },
  {
    opened: () => {
      fill(document, "resend-title", t("invitations.resend_title", words()));
      fill(document, "resend-text", t("invitations.resend_text", words()));
    },
  },
);

const revoke = formDialog(
  "revoke",
  async () => {
    await api("DELETE", path());
    await list.load();
    toast(t("invitations.revoked", words()));
  },
  {
    opened: () => {
      fill(document, "revoke-title", t("invitations.revoke_title", words()));
      fill(document, "revoke-text", t("invitations.revoke_text", words()));
    },
  },
);

/** The link is made by the first press and shown in the same dialog; closing it forgets the link. */
function copying() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("copy"));
  const link = /** @type {HTMLInputElement} */ (document.getElementById("link"));
  const show = (/** @type {boolean} */ made) => {
    for (const part of dialog.querySelectorAll("[data-when]")) {
      part.toggleAttribute("hidden", (part.getAttribute("data-when") === "made") !== made);
    }
  };
  const close = () => dialog.close();
  onSubmit(/** @type {HTMLFormElement} */ (dialog.querySelector("form")), async () => {
    const { url, expires_at } = await api("PUT", `${path()}/link`);
    link.value = url;
    fill(dialog, "link-hint", t("invitations.link_hint", { time: moment(expires_at) }));
    show(true);
    link.select();
    list.load();
  });
  dialog.querySelector("[data-act=cancel]")?.addEventListener("click", close);
  dialog.querySelector("[data-act=close]")?.addEventListener("click", close);
  dialog.querySelector("[data-act=copy]")?.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      fill(dialog, "copy-said", t("invitations.copied"));
    } catch {
      link.select();
      fill(dialog, "copy-said", t("invitations.copy_failed"));
    }
  });
  dialog.addEventListener("close", () => {
    link.value = "";
  });
  return {
    open: () => {
      dialog.querySelector("form")?.reset();
      fill(dialog, "copy-title", t("invitations.copy_title", words()));
      fill(dialog, "copy-warn", t("invitations.copy_warn", words()));
      fill(dialog, "copy-said", "");
      show(false);
      dialog.showModal();
    },
  };
}

const copy = copying();

function acts(/** @type {Invitation} */ it) {
  const name = fullName(it);
  if (ANSWERED.includes(it.state)) {
    return null;
  }
  const button = (/** @type {string} */ words, /** @type {string} */ label, /** @type {{open: () => void}} */ dialog) =>
    html`<button class="button small" type="button" aria-label="${t(label, { name })}" @click="${act(it, dialog)}">${t(words)}</button>`;
  // Guests and managers are let in by who belongs to the account; anybody who looks after it takes a manager's back.
  const sends = may.includes(
    it.guest_days ? "manage_guests" : it.role === "manager" ? "make_managers" : "manage_members",
  );
  const revokes = sends || !it.guest_days;
  return html`${sends && button("invitations.resend", "invitations.resend_label", resend)}
    ${sends && button("invitations.copy", "invitations.copy_label", copy)}
    ${revokes && button("invitations.revoke", "invitations.revoke_label", revoke)}`;
}

/** What stands below the state: until when it is good, or what to do about it. */
function note(/** @type {Invitation} */ it) {
  if (it.state === "bounced") return t("invitations.bounced_help");
  if (it.state === "expired") return t("invitations.expired_help");
  const until = t("invitations.until", { time: moment(it.expires_at) });
  return ANSWERED.includes(it.state) ? "" : html`<span class="whole-line">${until}</span>`;
}

const row = (/** @type {Invitation} */ it) => html`<tr>
    <td class="lead"><b>${fullName(it)}</b> <span class="small soft">${t(`role.${it.role}`)}</span>${it.guest_days && html` <span class="tag plain">${t("guests.for_days", { count: it.guest_days })}</span>`}<br><span class="small soft long">${it.email}</span></td>
    <td class="state" data-label="${t("licenses.col_state")}"><div><span class="${LOOK[it.state]}">${t(`invitations.state.${it.state}`)}</span><p class="small soft num">${note(it)}</p></div></td>
    <td class="num sent" data-label="${t("invitations.col_sent")}"><span>${since(it.sent_at)}<br><span class="small soft">${t("invitations.by", { person: it.invited_by })}</span></span></td>
    <td class="acts"><div>${acts(it)}</div></td>
  </tr>`;

export default async function invitations() {
  may = (await me().catch(() => null))?.may ?? [];
  list = listPage({
    within: /** @type {HTMLElement} */ (document.getElementById("invitations")),
    usual: {},
    path: () => "/api/team/invitations",
    rows: ({ items }) => items.map(row),
    count: ({ items }) => t("invitations.count", { count: items.length }),
    empty: () =>
      html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-mail"></use></svg><h2>${t("invitations.empty_title")}</h2><p>${t("invitations.empty")}</p><a class="button main-act" href="${to("team-invite")}">${t("team.invite")}</a></div>`,
  });
  await list.loaded;
}
