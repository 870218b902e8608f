// Who can see the account from outside: its partner, the guests, and what they did (R509, R510, R513).

import { api, Problem } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { refusal } from "../lib/refusal.js";
import { me, showBarred } from "../lib/session.js";
import { actedBy, activityLine } from "../lib/team.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";
import { guestList } from "../parts/guest-list.js";

/** @typedef {import("../types.d.ts").Access} Access */
/** @typedef {{partner: {name: string, number: string} | null, access: Access | null, by_vendor: boolean, may_change: boolean, asks_vendor: boolean}} Outsiders */

const OTHER = /** @type {Record<Access, Access>} */ ({ automatic: "guests_only", guests_only: "automatic" });

/** @type {Outsiders} */
let now;

function when(/** @type {string} */ name, /** @type {boolean} */ is) {
  for (const part of document.querySelectorAll(`[data-when="${name}"]`)) {
    part.toggleAttribute("hidden", !is);
  }
}

/** What an access means, point by point. */
const points = (/** @type {Access} */ access) =>
  (access === "automatic"
    ? [t("outsiders.automatic_see"), t("outsiders.automatic_do"), t("outsiders.automatic_log")]
    : [t("outsiders.guests_see"), t("outsiders.guests_do"), t("outsiders.guests_log")]
  ).map((words) => html`<li>${words}</li>`);

const nameOf = (/** @type {Access} */ access) =>
  t(access === "automatic" ? "outsiders.automatic" : "outsiders.guests_only");

function show(/** @type {Outsiders} */ it) {
  now = it;
  const { partner, access } = it;
  when("partner", partner !== null);
  when("no-partner", partner === null);
  when("change", it.may_change && access !== null);
  when("owner-only", partner !== null && !it.may_change && !it.by_vendor);
  when("vendor-only", partner !== null && it.by_vendor);
  if (!partner || !access) return;
  fills(document, "partner")[0].replaceChildren(
    html`<div><dt>${t("kind.partner")}</dt><dd class="long"><b>${partner.name}</b> <span class="soft mono">${partner.number}</span></dd></div>`,
    html`<div><dt>${t("outsiders.how")}</dt><dd><span class="${access === "automatic" ? "tag good" : "tag"}">${nameOf(access)}</span></dd></div>`,
  );
  fills(document, "what")[0].replaceChildren(...points(access));
  const to = OTHER[access];
  fill(document, "change-text", t(to === "guests_only" ? "outsiders.to_guests_text" : "outsiders.to_automatic_text"));
  fill(document, "change", t(to === "guests_only" ? "outsiders.to_guests" : "outsiders.to_automatic"));
}

function changing() {
  formDialog(
    "change-access",
    async () => {
      // Where it is the vendor's to decide, the answer names the request.
      const asked =
        (await api("PUT", "/api/team/access", { body: { access: OTHER[now.access ?? "automatic"] } })) !== null;
      show(await api("GET", "/api/team/access"));
      document.getElementById("partner-title")?.focus();
      when("asked", asked);
      toast(t(asked ? "outsiders.asked" : "outsiders.changed"));
    },
    {
      opened: () => {
        const to = OTHER[now.access ?? "automatic"];
        fill(
          document,
          "access-title",
          t(to === "guests_only" ? "outsiders.to_guests_title" : "outsiders.to_automatic_title"),
        );
        fills(document, "access-what")[0].replaceChildren(...points(to));
        when("by-vendor", now.asks_vendor);
        const act = to === "guests_only" ? "outsiders.to_guests" : "outsiders.to_automatic";
        fill(document, "access-submit", t(now.asks_vendor ? "outsiders.ask" : act));
      },
    },
  );
}

const entry = (/** @type {import("../types.d.ts").Activity & {person: {name: string | null} | null}} */ it) =>
  html`<li><div><b>${activityLine(it)}</b>${it.person?.name && html` <span>${it.person.name}</span>`}<p class="small soft"><span>${since(it.at)}</span>${it.by && actedBy(it.by)}</p></div></li>`;

function showInstead(/** @type {unknown} */ cause) {
  const refused = cause instanceof Problem && cause.status === 403;
  fills(document, "instead")[0].replaceChildren(
    html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="${refused ? "#icon-pause" : "#icon-warn"}"></use></svg><h2>${t(refused ? "list.refused_title" : "list.error_title")}</h2>${refused ? refusal(cause) : html`<p>${explain(cause)}</p><button class="button" type="button" @click="${() => location.reload()}">${t("app.retry")}</button>`}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function outsiders() {
  changing();
  try {
    const [answer] = await Promise.all([api("GET", "/api/team/access"), me()]);
    show(answer);
    showStep(document, "ready");
    guestList(answer.partner?.name ?? "");
    moreList(fills(document, "activity")[0], {
      path: "/api/team/activity",
      row: entry,
      empty: () => html`<li class="soft">${t("member.no_activity")}</li>`,
    });
  } catch (cause) {
    const who = await me().catch(() => null);
    if (!who || !showBarred(who)) {
      showInstead(cause);
    }
  }
}
