// Another address to sign in with: proven by a link before anything changes. An owner's is asked for instead.

import { api } from "../lib/api.js";
import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile } from "../lib/profile.js";
import { onProof } from "../lib/step-up.js";

/** @param {HTMLElement} part */
export default function changeEmail(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const details = /** @type {HTMLDetailsElement} */ (part.querySelector("details"));
  const sent = /** @type {HTMLElement} */ (part.querySelector("[data-when=sent]"));
  let current = "";
  onProfile(({ email, owner }) => {
    current = email;
    // A long address breaks where it has its joint.
    fill(part, "email", html`${email.split("@")[0]}<wbr>@${email.split("@")[1]}`);
    for (const it of part.querySelectorAll("[data-when=owner]")) {
      it.toggleAttribute("hidden", !owner);
    }
    part.querySelector("[data-when=open]")?.toggleAttribute("hidden", owner);
  });
  onProof(form, async ({ email }, proof) => {
    await api("POST", "/api/profile/email", { body: { email, ...proof } });
    form.reset();
    details.open = false;
    fill(part, "sent", t("newemail.sent", { email, current }));
    sent.hidden = false;
    sent.focus();
  });
}
