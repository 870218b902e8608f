// Acts that ask once more who one is: the password and, where a second factor is on, a code go with the act itself.

import { Problem } from "./api.js";
import { onSubmit } from "./form.js";

/** @typedef {{password: string, code?: string}} Proof */

/** Shows or hides the field for the code; hidden it holds nothing and asks for nothing. */
export function showCode(/** @type {ParentNode} */ within, /** @type {boolean} */ shown) {
  const field = within.querySelector("[data-code]");
  const input = field?.querySelector("input");
  if (field && input) {
    field.toggleAttribute("hidden", !shown);
    input.required = shown;
    input.value = shown ? input.value : "";
  }
}

/** Only the code was refused: then the password was right, and need not be typed again. */
const onlyCode = (/** @type {Problem} */ { errors }) =>
  errors.length > 0 && errors.every((it) => it.pointer === "/code");

/**
 * Gives a form with a step-up its way: `send` gets the other values and the proof. Where the API wants a code that was
 * not asked for (the second factor was switched on elsewhere), the field for it appears.
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>, proof: Proof) => Promise<void>} send
 */
export function onProof(form, send) {
  const act = async (/** @type {Record<string, string>} */ { password, code, ...values }) => {
    try {
      await send(values, code ? { password, code: code.replace(/\s/g, "") } : { password });
    } catch (cause) {
      if (cause instanceof Problem && cause.errors.some((it) => it.pointer === "/code")) {
        showCode(form, true);
      }
      throw cause;
    }
  };
  onSubmit(form, act, { keepsPassword: onlyCode });
}
