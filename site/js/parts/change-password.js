// A new password. It counts at once, and every other session ends with the old one.

import { api } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { onProof } from "../lib/step-up.js";
import { toast } from "../lib/toast.js";

/** @param {HTMLElement} part */
export default function changePassword(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const details = /** @type {HTMLDetailsElement} */ (part.querySelector("details"));
  onProof(form, async (values, proof) => {
    await api("PUT", "/api/profile/password", { body: { ...proof, ...values } });
    form.reset();
    details.open = false;
    details.querySelector("summary")?.focus();
    document.dispatchEvent(new Event("portico:sessions-ended"));
    toast(t("newpassword.done"));
  });
}
