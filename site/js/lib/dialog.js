// Dialogs with a form: opened by their buttons, closed by Cancel, Escape, or when the form is done.

import { onSubmit } from "./form.js";

/**
 * Gives a dialog its way: `send` gets what was typed, and when it succeeds the dialog closes.
 * @param {string} id
 * @param {(values: Record<string, string>) => Promise<void>} send
 * @param {{opened?: () => void}} [options]
 */
export function formDialog(id, send, { opened } = {}) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById(id));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const open = () => {
    form.reset();
    opened?.();
    dialog.showModal();
  };
  for (const opener of document.querySelectorAll(`[data-opens="${id}"]`)) {
    opener.addEventListener("click", open);
  }
  dialog.querySelector("[data-act=cancel]")?.addEventListener("click", () => dialog.close());
  onSubmit(form, async (values) => {
    await send(values);
    dialog.close();
  });
  return { dialog, form, open };
}
