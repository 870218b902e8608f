// A table as text: typed, pasted, or read from a file that is chosen or dropped onto the field.

import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";

/** As much as the API takes at a time. */
const MOST_BYTES = 100_000;

/** The text of a file: UTF-8, or what spreadsheets write where that is not asked for. */
async function textOf(/** @type {File} */ file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {HTMLTextAreaElement} field */
export function csvField(field) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById("file"));

  async function read(/** @type {File | undefined} */ file) {
    if (!file) {
      return;
    }
    const { name } = file;
    const text = file.size > MOST_BYTES ? "" : await textOf(file);
    if (file.size > MOST_BYTES) {
      fill(document, "file-said", t("bulk.file_large", { name }));
    } else if (text.includes("\0")) {
      // A workbook, not a table of text.
      fill(document, "file-said", t("bulk.file_text", { name }));
    } else {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      fill(document, "file-said", t("bulk.file_read", { name }));
    }
  }

  input.addEventListener("change", async () => {
    await read(input.files?.[0]);
    // The same file can be chosen again, once it was corrected.
    input.value = "";
  });
  field.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (file && !field.readOnly) {
      event.preventDefault();
      read(file);
    }
  });
}
