// Which accounts manage their people themselves, where nothing is said of the one: an admin's to say.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { toast } from "../lib/toast.js";

/** @param {HTMLElement} section */
export default async function teamAreaSetting(section) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("team_area"));
  onSubmit(form, async ({ team_area }) => {
    await api("PUT", "/api/staff/team-area", { body: { team_area } });
    toast(t("area.saved"));
  });
  if (!(await me().catch(() => null))?.may.includes("set_features")) {
    return;
  }
  // Nobody saves what they have not seen: without an answer there is nothing to save.
  button.disabled = true;
  try {
    select.value = (await api("GET", "/api/staff/team-area")).team_area;
    button.disabled = false;
  } catch {
    section.hidden = true;
  }
}
