// The first sign-in of somebody whose login the vendor made: the activation code of the order proves who it is, and
// the person's own password takes its place.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { to } from "../lib/i18n.js";

/** The code typed here or at /claim, for whichever page it turns out to belong to. */
const CODE = "claim-code";

export default function firstSignIn() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("activation_code"));
  const hasLogin = /** @type {HTMLElement} */ (document.querySelector("[data-when=has-login]"));
  code.value ||= sessionStorage.getItem(CODE) ?? "";
  document.dispatchEvent(new Event("portico:filled"));
  onSubmit(form, async (values) => {
    hasLogin.hidden = true;
    try {
      const { name } = await api("POST", "/api/reset/first-passwords", { body: values, guest: true });
      sessionStorage.removeItem(CODE);
      sessionStorage.setItem("sign-in-name", name);
    } catch (cause) {
      if (cause instanceof Problem && cause.errors.some((it) => it.code === "activation_code_has_login")) {
        sessionStorage.setItem(CODE, values.activation_code);
        hasLogin.hidden = false;
      }
      throw cause;
    }
    location.replace(`${to("sign-in")}?because=password_set`);
  });
}
