// Making a login: the details, then the wait for the mail, where a mistyped address can still be put right.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill, showStep } from "../lib/html.js";
import { language, t } from "../lib/i18n.js";

const KEPT = "registration";

/** @typedef {{registration: string, email: string}} Registration */

/** @returns {Registration | null} */
const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "null");

const keep = (/** @type {Registration} */ it) => sessionStorage.setItem(KEPT, JSON.stringify(it));

function showSent(/** @type {Registration} */ { email }) {
  fill(document, "sent", t("signup.sent_to", { email }));
  const field = /** @type {HTMLInputElement} */ (document.getElementById("new-email"));
  field.value = email;
  document.title = document.title.replace(/^.*(?= · )/, t("signup.sent_title"));
  showStep(document, "sent");
}

export default function signUp() {
  const [details, fix] = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("main form"));
  const code = /** @type {HTMLInputElement} */ (details.elements.namedItem("activation_code"));
  code.value ||= sessionStorage.getItem("claim-code") ?? "";
  // Whom an invitation names, whose link was handed over.
  for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem("sign-up-as") ?? "{}"))) {
    /** @type {HTMLInputElement} */ (details.elements.namedItem(name)).value ||= value;
  }
  document.dispatchEvent(new Event("portico:filled"));

  onSubmit(details, async ({ terms: _, activation_code, ...person }) => {
    const body = { ...person, language, terms_version: details.dataset.terms };
    const { registration } = await api("POST", "/api/sign-up/registrations", {
      body: activation_code ? { ...body, activation_code } : body,
      guest: true,
    });
    details.reset();
    sessionStorage.removeItem("claim-code");
    sessionStorage.removeItem("sign-up-as");
    keep({ registration, email: person.email });
    showSent({ registration, email: person.email });
  });

  onSubmit(fix, async ({ email }) => {
    const { registration } = await api("PUT", "/api/sign-up/registrations/address", {
      body: { registration: kept()?.registration, email },
      guest: true,
    });
    keep({ registration, email });
    fill(document, "sent", t("signup.sent_to", { email }));
    fill(document, "resent", t("signup.resent", { email }));
  });

  document.querySelector("[data-act=again]")?.addEventListener("click", () => {
    sessionStorage.removeItem(KEPT);
    location.reload();
  });

  const before = kept();
  if (before) {
    showSent(before);
  }
}
