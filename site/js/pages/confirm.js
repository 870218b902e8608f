// The link from the mail. Opening it changes nothing (mail programs open links too): the button does, with the password
// chosen at sign-up, which then also signs in.

import { api, Problem } from "../lib/api.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { signInFirst } from "../lib/new-login.js";

/** The next step from a link that is of no use: a new link where this browser signed up, else from the start. */
function offerNext() {
  const kept = JSON.parse(sessionStorage.getItem("registration") ?? "null");
  const resend = /** @type {HTMLButtonElement} */ (document.querySelector("[data-act=resend]"));
  if (!kept) {
    document.querySelector("[data-when=stranger]")?.removeAttribute("hidden");
    return;
  }
  resend.textContent = t("confirm.expired_resend", { email: kept.email });
  resend.hidden = false;
  resend.addEventListener("click", async () => {
    try {
      const body = { registration: kept.registration, email: kept.email };
      const answer = await api("PUT", "/api/sign-up/registrations/address", { body, guest: true });
      kept.registration = answer.registration;
      sessionStorage.setItem("registration", JSON.stringify(kept));
      fill(document, "resent", t("signup.resent", { email: kept.email }));
    } catch (cause) {
      fill(document, "resent", explain(cause));
    }
  });
}

export default function confirm() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) {
    showStep(document, "missing");
    offerNext();
    return;
  }
  onSubmit(form, async ({ password }) => {
    try {
      const body = { token, password };
      const { email, claim } = await api("POST", "/api/sign-up/confirmations", { body, guest: true });
      // Spent: the address bar and the history need not keep it.
      history.replaceState(null, "", location.pathname);
      sessionStorage.removeItem("registration");
      const signedIn = await signInFirst(email, password);
      document.querySelector(`[data-when=signed-${signedIn ? "in" : "out"}]`)?.removeAttribute("hidden");
      fill(document, "done", t(signedIn ? "confirm.done" : "confirm.done_signed_out", { email }));
      document.querySelector(`[data-claim="${CSS.escape(claim)}"]`)?.removeAttribute("hidden");
      showStep(document, "done");
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "link_expired") {
        showStep(document, "expired");
        offerNext();
        return;
      }
      throw cause;
    }
  });
}
