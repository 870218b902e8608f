// The link that a change of address sends to the new one. Opening it changes nothing, mail programs open links too: the
// button does, with the password of the login that asked, so that nobody's mailbox is tied to a stranger's login.
// Afterwards every session is over, this browser's too.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { takeToken } from "../lib/link-token.js";

/** Refusals that have a page of their own. */
const STEPS = /** @type {Record<string, string>} */ ({ link_expired: "expired", address_taken: "taken" });

export default function confirmEmail() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const token = takeToken();
  if (!token) {
    showStep(document, "missing");
    return;
  }
  onSubmit(form, async ({ password }) => {
    try {
      const body = { token, password };
      const { email } = await api("POST", "/api/profile/email/confirmations", { body, guest: true });
      localStorage.removeItem("portico.signed-in");
      sessionStorage.setItem("sign-in-name", email);
      fill(document, "done", t("address.done", { email }));
      showStep(document, "done");
    } catch (cause) {
      if (cause instanceof Problem && cause.code in STEPS) {
        showStep(document, STEPS[cause.code]);
        return;
      }
      throw cause;
    }
  });
}
