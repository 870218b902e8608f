// A dialog that asks the vendor to change what is protected; one wish of a kind waits at a time.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { onProfile, profileAgain } from "../lib/profile.js";
import { toast } from "../lib/toast.js";

/** @param {HTMLElement} part */
export default function changeRequest(part) {
  const dialog = /** @type {HTMLDialogElement} */ (part);
  const kind = dialog.dataset.kind ?? "";
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const openers = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(`[data-ask="${kind}"]`));

  const open = () => {
    form.reset();
    dialog.showModal();
  };
  for (const opener of openers) {
    opener.addEventListener("click", open);
    const asked = html`<a class="tag warn" href="${to("profile")}#requests" hidden>${opener.dataset.asked}</a>`;
    opener.after(asked);
  }
  dialog.querySelector("[data-act=cancel]")?.addEventListener("click", () => dialog.close());
  onSubmit(form, async (values) => {
    await api("POST", "/api/profile/change-requests", { body: { kind, ...values } });
    dialog.close();
    form.reset();
    await profileAgain();
    toast(t("ask.sent"));
  });

  let first = true;
  onProfile(({ requests }) => {
    const waits = requests.some((it) => it.kind === kind);
    for (const opener of openers) {
      opener.hidden = waits;
      opener.nextElementSibling?.toggleAttribute("hidden", !waits);
    }
    // A page that sends somebody here to ask names the wish in the address.
    if (first && !waits && location.hash === `#${dialog.id}` && !dialog.open) {
      open();
    }
    first = false;
  });
}
