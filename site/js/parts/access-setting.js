// Whether owners decide themselves how their partner gets in, or ask the vendor: an admin's to say (R509).

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { toast } from "../lib/toast.js";

const PATH = "/api/staff/access-setting";

/** @param {HTMLElement} section */
export default async function accessSetting(section) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  onSubmit(form, async () => {
    await api("PUT", PATH, { body: { owner_decides: new FormData(form).get("decides") === "owner" } });
    toast(t("area.saved"));
  });
  if (!(await me().catch(() => null))?.may.includes("set_features")) {
    return;
  }
  // Nobody saves what they have not seen: without an answer there is nothing to save.
  button.disabled = true;
  try {
    /** @type {{owner_decides: boolean}} */
    const { owner_decides } = await api("GET", PATH);
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=decides]"))) {
      radio.checked = radio.value === (owner_decides ? "owner" : "vendor");
    }
    button.disabled = false;
  } catch {
    section.hidden = true;
  }
}
