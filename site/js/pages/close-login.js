// Closing one's own login: what it means, once more who one is, and the way out.

import { api, Problem } from "../lib/api.js";
import { fill, showStep } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { onProfile, openProfile } from "../lib/profile.js";
import { tellTabs } from "../lib/session.js";
import { onProof } from "../lib/step-up.js";

export default async function closeLogin() {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("close-form"));
  onProfile(({ email }) => fill(document, "lead", t("close.lead", { email })));
  onProof(form, async (_, proof) => {
    try {
      await api("POST", "/api/profile/closure", { body: proof });
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "owner_cannot_close") {
        showStep(document, "owner");
        /** @type {HTMLElement | null} */ (document.querySelector("[data-step=owner] h2"))?.focus();
        return;
      }
      throw cause;
    }
    sessionStorage.clear();
    localStorage.removeItem("portico.signed-in");
    tellTabs("signed-out");
    location.assign(`${to("sign-in")}?because=login_closed`);
  });
  await openProfile((profile) => (profile.owner ? "owner" : "ask"));
}
