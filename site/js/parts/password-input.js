// A password that can be looked at; it hides again when it is sent and when the page comes back from history.

import { t } from "../lib/i18n.js";

/** @param {HTMLElement} part */
export default function passwordInput(part) {
  const input = /** @type {HTMLInputElement} */ (part.querySelector("input"));
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "button quiet";
  said.className = "unseen";
  said.setAttribute("role", "status");

  const set = (/** @type {boolean} */ shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = t(shown ? "password.hide" : "password.show");
    button.ariaLabel = t(shown ? "password.hide_label" : "password.show_label");
  };
  button.addEventListener("click", () => {
    set(input.type === "password");
    said.textContent = t(input.type === "password" ? "password.hidden" : "password.shown");
  });
  // While capturing, so that the form's own listener already finds a password and not a text.
  input.form?.addEventListener("submit", () => set(false), { capture: true });
  window.addEventListener("pageshow", () => set(false));
  set(false);
  part.append(button, said);
}
