// Asking for a link that sets a new password. The answer is the same whoever is named: the page says what happens if
// there is such a login, and how to go on if no message comes.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";

/** What sign-in was told, or will be: one name, in this tab alone. */
const NAME = "sign-in-name";

async function ask(/** @type {string} */ name) {
  await api("POST", "/api/reset/requests", { body: { name }, guest: true });
  sessionStorage.setItem(NAME, name);
}

const title = () => document.title.replace(/^.*(?= · )/, t("forgot.sent_title"));

export default function forgot() {
  const [first, again] = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("main form"));
  const [firstName, againName] = [first, again].map(
    (form) => /** @type {HTMLInputElement} */ (form.elements.namedItem("name")),
  );
  firstName.value ||= sessionStorage.getItem(NAME) ?? "";

  onSubmit(first, async ({ name }) => {
    await ask(name);
    againName.value = name;
    fill(document, "sent", t("forgot.sent", { name }));
    document.title = title();
    showStep(document, "sent");
  });

  onSubmit(again, async ({ name }) => {
    await ask(name);
    fill(document, "sent", t("forgot.sent", { name }));
    fill(document, "resent", t("forgot.resent", { name }));
    document.title = title();
  });
}
