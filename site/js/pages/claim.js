// Using an activation code: at once for whoever is signed in; a guest's code is kept until there is a login.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { t, to } from "../lib/i18n.js";
import { forgetAccounts, me, remember, tellTabs } from "../lib/session.js";
import { toastLater } from "../lib/toast.js";

const CODE = "claim-code";

function showFor(/** @type {"member" | "guest"} */ whom) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-for]"))) {
    if (element.dataset.for === "member" || element.dataset.for === "guest") {
      element.hidden = element.dataset.for !== whom;
    }
  }
}

export default async function claim() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".claim-form"));
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("activation_code"));
  code.value ||= sessionStorage.getItem(CODE) ?? "";
  document.dispatchEvent(new Event("portico:filled"));
  onSubmit(form, async (values) => {
    const before = await me();
    if (!before) {
      sessionStorage.setItem(CODE, values.activation_code);
      return;
    }
    const { account } = await api("POST", "/api/sign-up/claims", { body: values });
    sessionStorage.removeItem(CODE);
    forgetAccounts();
    if (before.account === null) {
      // The first account is entered at once; choosing it needs no password.
      remember(await api("PUT", "/api/session/account", { body: { account_id: account.id } }));
      tellTabs("account");
      toastLater(t("claim.done", { account: account.name }));
      location.assign(to("licenses"));
      return;
    }
    toastLater(t("claim.done_other", { account: account.name }));
    location.assign(to("choose-account"));
  });
  const who = await me().catch((cause) => {
    if (cause instanceof Problem) {
      return undefined;
    }
    throw cause;
  });
  if (who === null) {
    showFor("guest");
    code.addEventListener("input", () => sessionStorage.setItem(CODE, code.value));
  }
}
