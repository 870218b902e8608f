// The fields of a proof: the password and, where a second factor is on, a code of the app or a recovery code.

import { html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";
import { showCode } from "../lib/step-up.js";
import passwordInput from "./password-input.js";

/** Which of the two kinds of code is being typed: digits get a phone's digits. */
function useKind(/** @type {HTMLElement} */ part, /** @type {"app" | "recovery"} */ kind) {
  const recovery = kind === "recovery";
  const label = /** @type {HTMLElement} */ (part.querySelector("[data-code] label"));
  const hint = /** @type {HTMLElement} */ (part.querySelector("[data-code] .hint"));
  const input = /** @type {HTMLInputElement} */ (part.querySelector("[name=code]"));
  const other = /** @type {HTMLElement} */ (part.querySelector("[data-code] button"));
  label.textContent = t(recovery ? "signin.recovery" : "signin.code");
  hint.textContent = t(recovery ? "signin.recovery_hint" : "signin.code_hint");
  other.textContent = t(recovery ? "signin.use_app" : "signin.use_recovery");
  input.inputMode = recovery ? "text" : "numeric";
  input.dataset.kind = kind;
}

/** @param {HTMLElement} part */
export default async function stepUp(part) {
  const form = /** @type {HTMLFormElement} */ (part.closest("form"));
  const id = form.id;
  const switchKind = () => {
    const input = /** @type {HTMLInputElement} */ (part.querySelector("[name=code]"));
    useKind(part, input.dataset.kind === "app" ? "recovery" : "app");
    input.value = "";
    input.focus();
  };
  // The name of the login is there for password managers, and is sent nowhere.
  part.replaceChildren(html`<input class="unseen" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
    <div class="field"><label for="${id}-password">${part.dataset.label ?? t("accounts.password")}</label>
      <div class="password-input"><input class="input" id="${id}-password" name="password" type="password" autocomplete="current-password" autocapitalize="none" spellcheck="false" required></div></div>
    <div class="field short" data-code hidden><label for="${id}-code"></label>
      <span class="hint" id="${id}-code-hint"></span>
      <input class="input code-input" id="${id}-code" name="code" type="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="${id}-code-hint">
      <button class="button quiet outdent" type="button" @click="${switchKind}"></button></div>`);
  passwordInput(/** @type {HTMLElement} */ (part.querySelector(".password-input")));
  useKind(part, "app");
  form.addEventListener("reset", () => useKind(part, "app"));
  document.addEventListener("portico:me", (event) => {
    showCode(part, /** @type {CustomEvent<import("../types.d.ts").Me>} */ (event).detail.user.second_factor);
  });
  const who = await me().catch(() => null);
  /** @type {HTMLInputElement} */ (part.querySelector("[autocomplete=username]")).value = who?.user.email ?? "";
  showCode(part, who?.user.second_factor === true);
}
