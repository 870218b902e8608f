// Who looks after a customer, at the console: set, changed and ended by an admin (R514).

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").AccountDetails} AccountDetails */

/**
 * Gives the section its way; returns what shows an account in it.
 * @param {string} path Of the account.
 */
export function partnership(path) {
  const section = /** @type {HTMLElement} */ (document.querySelector("[data-when=customer]"));
  const heading = /** @type {HTMLElement} */ (section.querySelector("h2"));
  /** @type {AccountDetails} */
  let account;

  async function show(/** @type {AccountDetails} */ it) {
    account = it;
    const { partner } = it;
    section.hidden = it.kind !== "customer" || !(await me())?.may.includes("set_features");
    section.querySelector("[data-when=has-partner]")?.toggleAttribute("hidden", partner === null);
    fill(section, "set-partner", t(partner ? "partnership.change" : "partnership.set"));
    fills(section, "partner")[0].replaceChildren(
      partner
        ? html`<div><dt>${partner.name}</dt><dd><span class="mono">${partner.number}</span> <span class="tag">${t(partner.access === "automatic" ? "outsiders.automatic" : "outsiders.guests_only")}</span></dd></div>`
        : html`<div><dt class="soft">${t("partnership.none")}</dt></div>`,
    );
  }

  async function again(/** @type {string} */ said) {
    await show(await api("GET", path));
    heading.focus();
    toast(said);
  }

  const set = formDialog(
    "set-partner",
    async ({ partner_number }) => {
      const access = new FormData(set.form).get("access");
      await api("PUT", `${path}/partner`, {
        body: { partner_number, access, replaces: account.partner?.number ?? "" },
      });
      await again(t("partnership.saved"));
    },
    {
      opened: () => {
        const { name, partner } = account;
        fill(document, "set-partner-title", t("partnership.set_title", { account: name }));
        /** @type {HTMLInputElement} */ (set.form.elements.namedItem("partner_number")).value = partner?.number ?? "";
        for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (set.form.querySelectorAll("[name=access]"))) {
          radio.checked = radio.value === (partner?.access ?? "automatic");
        }
      },
    },
  );

  formDialog(
    "end-partner",
    async () => {
      await api("DELETE", `${path}/partner`);
      await again(t("partnership.ended"));
    },
    {
      opened: () => {
        const names = { partner: account.partner?.name ?? "", account: account.name };
        fill(document, "end-partner-title", t("partnership.end_title", names));
      },
    },
  );
  return show;
}
