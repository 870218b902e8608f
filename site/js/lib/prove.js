// The dialog of acts that take nothing but a proof of who one is.

import { fill } from "./html.js";
import { onProof } from "./step-up.js";

/** @typedef {import("./step-up.js").Proof} Proof */

/** @type {((proof: Proof) => Promise<void>) | undefined} */
let act;

/** Readies the dialog when it is first needed. */
function ready(/** @type {HTMLDialogElement} */ dialog, /** @type {HTMLFormElement} */ form) {
  dialog.querySelector("[data-act=cancel]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => form.reset());
  onProof(form, async (_, proof) => {
    await act?.(proof);
    dialog.close();
  });
}

/**
 * Asks for the proof and does the act with it; the dialog stays open as long as that is refused.
 * @param {{title: string, why: string, submit: string}} words
 * @param {(proof: Proof) => Promise<void>} doIt
 */
export function prove({ title, why, submit }, doIt) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("prove"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const [heading, button] = /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("h2[id], [type=submit]"));
  if (!act) {
    ready(dialog, form);
  }
  act = doIt;
  heading.textContent = title;
  button.textContent = submit;
  fill(dialog, "why", why);
  dialog.showModal();
  /** @type {HTMLInputElement | null} */ (form.querySelector("[name=password]"))?.focus();
}
