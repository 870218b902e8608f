// Copying a serial number with one press: the button says it is done, and a reader hears which.

import { fill, html } from "./html.js";
import { t } from "./i18n.js";
import { toast } from "./toast.js";

const SHOWN_MS = 2500;

/** The button beside a serial number; the text to select if copying is refused stands before it. */
export function copyButton(/** @type {string} */ serial) {
  return html`<button class="copy-button" type="button" title="${t("licenses.copy")}" aria-label="${t("licenses.copy_label", { serial })}" @click="${(/** @type {Event} */ event) => copy(event, serial)}"><svg class="icon" aria-hidden="true"><use href="#icon-copy"></use></svg><span>${t("licenses.copy")}</span></button>`;
}

async function copy(/** @type {Event} */ event, /** @type {string} */ serial) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  const words = /** @type {HTMLElement} */ (button.querySelector("span"));
  const icon = button.querySelector("use");
  try {
    await navigator.clipboard.writeText(serial);
  } catch {
    const text = button.parentElement?.querySelector(".serial");
    if (text) {
      getSelection()?.selectAllChildren(text);
    }
    toast(t("licenses.copy_failed"));
    return;
  }
  words.textContent = t("licenses.copied");
  icon?.setAttribute("href", "#icon-check");
  fill(document, "said", t("licenses.copied_label", { serial }));
  setTimeout(() => {
    words.textContent = t("licenses.copy");
    icon?.setAttribute("href", "#icon-copy");
    fill(document, "said", "");
  }, SHOWN_MS);
}
