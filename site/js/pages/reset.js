// The link from the mail "choose a new password". Opening it changes nothing; the form does, once. Nobody is signed in
// by it: sign-in follows, with the new password.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { showStep } from "../lib/html.js";
import { to } from "../lib/i18n.js";
import { takeToken } from "../lib/link-token.js";

export default function reset() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const token = takeToken();
  if (!token) {
    showStep(document, "missing");
    return;
  }
  onSubmit(form, async ({ password }) => {
    try {
      await api("POST", "/api/reset/passwords", { body: { token, password }, guest: true });
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "link_expired") {
        showStep(document, "expired");
        return;
      }
      throw cause;
    }
    location.replace(`${to("sign-in")}?because=password_set`);
  });
}
