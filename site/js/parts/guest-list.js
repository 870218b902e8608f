// The guests of an account: who, from where, until when; invited for a time, renewed, ended (R510).

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { fill, fills, html } from "../lib/html.js";
import { language, t } from "../lib/i18n.js";
import { daysTo } from "../lib/license.js";
import { moreList } from "../lib/more-list.js";
import { fullName } from "../lib/team.js";
import { day } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Person} Person */

const PERMISSIONS = ["view_orders", "manage_licenses"];
/** So many days before the end it stands out. */
const SOON_DAYS = 31;

/** Until when, and how long that still is. */
function until(/** @type {Person["guest"]} */ guest) {
  if (!guest) {
    return html`<span class="soft">–</span>`;
  }
  const left = daysTo(guest.until.slice(0, 10));
  const words =
    Date.parse(guest.until) < Date.now() ? t("guests.over") : t("guests.left", { count: Math.max(left, 0) });
  const look = left < 8 ? "small bad" : left <= SOON_DAYS ? "small warn" : "small soft";
  return html`<div class="num"><time datetime="${guest.until}">${day(guest.until)}</time><br><span class="${look}">${words}</span></div>`;
}

/**
 * Gives the section its way.
 * @param {string} partner Whose people can be guests; "" for nobody's.
 */
export function guestList(partner) {
  const heading = /** @type {HTMLElement} */ (document.getElementById("guests-title"));
  /** @type {Person} */
  let guest;

  async function again(/** @type {string} */ said) {
    await reload();
    heading.focus();
    toast(said);
  }

  const path = () => encodeURIComponent(guest.user ?? "");
  const titled = (/** @type {string} */ name, /** @type {string} */ key) => () =>
    fill(document, name, t(key, { name: fullName(guest) }));

  const renew = formDialog(
    "renew-guest",
    async ({ days }) => {
      await api("PUT", `/api/team/guests/${path()}/period`, { body: { days: Number(days) } });
      await again(t("guests.renewed", { name: fullName(guest) }));
    },
    { opened: titled("renew-title", "guests.renew_title") },
  );

  const end = formDialog(
    "end-guest",
    async () => {
      await api("DELETE", `/api/team/members/${path()}`);
      await again(t("guests.ended", { name: fullName(guest) }));
    },
    { opened: titled("end-title", "guests.end_title") },
  );

  const checked = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (invite.form.elements.namedItem(name)).checked;
  const role = () => String(new FormData(invite.form).get("role") ?? "member");
  const showPermissions = () =>
    document.querySelector("[data-when=permissions]")?.toggleAttribute("hidden", role() !== "member");

  const invite = formDialog(
    "invite-guest",
    async ({ email, first_name, last_name, days, language: of }) => {
      const permissions = role() === "member" ? PERMISSIONS.filter(checked) : [];
      const names = { first_name: first_name || null, last_name: last_name || null };
      const body = { email, ...names, role: role(), permissions, days: Number(days), language: of };
      await api("POST", "/api/team/guests", { body });
      await again(t("guests.invited", { email }));
    },
    {
      opened: () => {
        fill(document, "invite-text", t("guests.invite_text", { partner }));
        /** @type {HTMLSelectElement} */ (document.getElementById("guest-language")).value = language;
        showPermissions();
      },
    },
  );
  invite.form.addEventListener("change", showPermissions);

  const act = (/** @type {Person} */ it, /** @type {{open: () => void}} */ dialog) => () => {
    guest = it;
    dialog.open();
  };

  const row = (/** @type {Person} */ it) => {
    const name = fullName(it);
    return html`<tr>
      <td class="lead"><b>${name}</b><br><span class="small soft long">${it.email}</span></td>
      <td data-label="${t("guests.col_from")}">${it.guest?.home.name ?? "–"}</td>
      <td data-label="${t("team.col_role")}">${it.role ? t(`role.${it.role}`) : "–"}</td>
      <td data-label="${t("guests.col_until")}">${until(it.guest)}</td>
      <td class="acts"><div><button class="button small" type="button" aria-label="${t("guests.renew_label", { name })}" @click="${act(it, renew)}">${t("guests.renew")}</button>
      <button class="button small" type="button" aria-label="${t("guests.end_label", { name })}" @click="${act(it, end)}">${t("guests.end")}</button></div></td>
    </tr>`;
  };

  const reload = moreList(fills(document, "guests")[0], {
    path: "/api/team/people?group=guests",
    row,
    empty: () =>
      html`<tr class="none"><td colspan="5"><p class="soft">${t(partner ? "guests.none" : "guests.none_possible")}</p></td></tr>`,
  });
}
