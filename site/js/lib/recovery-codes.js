// Recovery codes, shown once: to copy, to save, to print.

import { fills } from "./html.js";
import { t } from "./i18n.js";
import { save } from "./save.js";
import { lastKnown } from "./session.js";
import { toast } from "./toast.js";

/** Puts text on the clipboard and says so; if the browser refuses, selects it where it stands. */
export async function copy(/** @type {string} */ text, /** @type {HTMLElement} */ shown) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("factor.copied"));
  } catch {
    getSelection()?.selectAllChildren(shown);
    toast(t("factor.copy_failed"));
  }
}

/** The file of the codes says what they are for, so that it can be told from others later. */
const asFile = (/** @type {string[]} */ codes) =>
  `${t("factor.file", { email: lastKnown()?.user.email ?? "", place: location.host })}\n\n${codes.join("\n")}\n`;

/** Shows the codes within a part and gives its three buttons their way. */
export function showCodes(/** @type {HTMLElement} */ part, /** @type {string[]} */ codes) {
  const [list] = fills(part, "recovery-codes");
  list.replaceChildren(
    ...codes.map((code) => {
      const item = document.createElement("li");
      item.textContent = code;
      return item;
    }),
  );
  const acts = {
    "copy-codes": () => copy(codes.join("\n"), list),
    "save-codes": () => save("portico-recovery-codes.txt", "text/plain", asFile(codes)),
    "print-codes": () => print(),
  };
  for (const [act, doIt] of Object.entries(acts)) {
    const button = /** @type {HTMLButtonElement} */ (part.querySelector(`[data-act=${act}]`));
    button.onclick = doIt;
  }
}

/** Nothing of them stays on the page. */
export function forgetCodes(/** @type {HTMLElement} */ part) {
  fills(part, "recovery-codes")[0].replaceChildren();
}
