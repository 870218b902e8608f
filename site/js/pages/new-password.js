// The first sign-in with a password that somebody else gave: one's own takes its place and signs in at once. Where a
// second factor is on, the same form is sent once more, with a code.

import { Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { showStep } from "../lib/html.js";
import { enter } from "./sign-in.js";

/** What sign-in was told, and the page for a fresh link will be: one name, in this tab alone. */
const NAME = "sign-in-name";
const EXPIRED = "initial_password_expired";

export default function newPassword() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const [name, code] = [field("name"), field("code")];
  name.value ||= sessionStorage.getItem(NAME) ?? "";

  /** Shows a step, which has the focus then: the code's its field, the other its heading. */
  const show = (/** @type {"ask" | "code" | "expired"} */ step) => {
    code.required = step === "code";
    showStep(document, step);
    if (code.required) {
      code.focus();
    }
  };

  if (new URLSearchParams(location.search).get("because") === EXPIRED) {
    show("expired");
  }
  onSubmit(
    form,
    async (values) => {
      sessionStorage.setItem(NAME, values.name);
      try {
        await enter(values);
        sessionStorage.removeItem(NAME);
      } catch (cause) {
        const refused = cause instanceof Problem ? cause.code : "";
        if (refused === "second_factor_needed") {
          show("code");
        } else if (refused === EXPIRED) {
          form.reset();
          show("expired");
        } else {
          // Changed by now, perhaps: name and passwords are typed anew, where they can be seen.
          if (refused === "sign_in_failed") {
            show("ask");
          }
          throw cause;
        }
      }
    },
    // A field was refused, not the password that was given: it need not be typed again.
    { keepsPassword: ({ status }) => status === 422 || code.required },
  );
}
