// "This was not me": the link that every notice of a change carries. Opening it changes nothing; the one button brings
// back what was there before, as far as a link may, and ends every session.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { takeToken } from "../lib/link-token.js";

/** What was brought back, in words. */
const WORDS = /** @type {Record<string, string>} */ ({
  profile: "undo.done_profile",
  nickname: "undo.done_nickname",
  email_request: "undo.done_email_request",
  email: "undo.done_email",
  password: "undo.done_password",
  second_factor: "undo.done_second_factor",
  sign_in: "undo.done_sign_in",
  closure: "undo.done_closure",
});

function showDone(/** @type {{what: string, password_removed: boolean}} */ { what, password_removed }) {
  // Only the first second factor is switched off by a link, and the answer is the same: neither is called undone.
  if (what === "second_factor") {
    fill(document, "done-title", t("undo.done_second_factor_title"));
  }
  fill(document, "done", t(WORDS[what]));
  for (const part of document.querySelectorAll(`[data-when=${password_removed ? "removed" : "kept"}]`)) {
    part.removeAttribute("hidden");
  }
  showStep(document, "done");
}

export default function takeBack() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const token = takeToken();
  if (!token) {
    showStep(document, "missing");
    return;
  }
  onSubmit(form, async () => {
    try {
      const answer = await api("POST", "/api/profile/reversals", { body: { token }, guest: true });
      // This browser's session, if there was one, is over too.
      localStorage.removeItem("portico.signed-in");
      sessionStorage.removeItem("me");
      showDone(answer);
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "link_expired") {
        showStep(document, "expired");
        return;
      }
      throw cause;
    }
  });
}
