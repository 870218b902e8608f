// An activation code being typed: capitals, groups of five, and what looks like O, I or L put right.

import { t } from "../lib/i18n.js";

const LENGTH = 20;

/** The characters of a code within what was typed or pasted. */
const clean = (/** @type {string} */ text) =>
  text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");

const grouped = (/** @type {string} */ code) => (code.match(/.{1,5}/g) ?? []).join("-");

/** @param {HTMLElement} part */
export default function codeInput(part) {
  const input = /** @type {HTMLInputElement} */ (part);
  const progress = document.getElementById(input.dataset.progress ?? "");

  function tidy() {
    const caret = input.selectionStart ?? input.value.length;
    const before = clean(input.value.slice(0, caret)).length;
    const code = clean(input.value);
    // A wrong character must stay to be seen: more than a code is left as typed.
    if (code.length <= LENGTH) {
      input.value = grouped(code);
      const place = before + Math.floor(Math.max(0, before - 1) / 5);
      if (document.activeElement === input) {
        input.setSelectionRange(place, place);
      }
    }
    if (progress) {
      const complete = code.length === LENGTH;
      progress.classList.toggle("complete", complete);
      progress.textContent = complete ? t("claim.complete") : code && t("claim.progress", { count: code.length });
    }
  }
  input.addEventListener("input", tidy);
  window.addEventListener("pageshow", tidy);
  document.addEventListener("portico:filled", tidy);
  tidy();
}
