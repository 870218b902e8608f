// The form of what a person says of themselves. An owner's name is not theirs to change: it is asked for.

import { api } from "../lib/api.js";
import { countryOptions } from "../lib/countries.js";
import { onSubmit } from "../lib/form.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile, rememberProfile } from "../lib/profile.js";
import { me, meAgain } from "../lib/session.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Profile} Profile */
/** @typedef {import("../types.d.ts").Details} Details */

const CHOSEN = "portico.language";
const SAVED = "profile-saved";
const NAMES = /** @type {(keyof Details)[]} */ ([
  "title",
  "first_name",
  "last_name",
  "job_title",
  "phone",
  "street",
  "postal_code",
  "city",
  "country",
  "language",
]);

/** Whoever reads another language from now on goes on in it, on this very page. */
function goTo(/** @type {string} */ language) {
  localStorage.setItem(CHOSEN, language);
  const link = document.querySelector(`a[hreflang="${CSS.escape(language)}"]`);
  if (link instanceof HTMLAnchorElement) {
    // Said there, in the words of that page.
    sessionStorage.setItem(SAVED, "yes");
    location.assign(link.pathname);
  }
}

/** @param {HTMLElement} part */
export default async function aboutYou(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const field = (/** @type {keyof Details} */ name) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (form.elements.namedItem(name));
  /** @type {Profile | undefined} */
  let saved;
  let leaving = false;
  const put = (/** @type {Profile} */ profile) => {
    for (const name of NAMES) {
      field(name).value = profile[name];
    }
  };
  const isChanged = () => saved !== undefined && NAMES.some((name) => field(name).value !== saved?.[name]);

  const show = (/** @type {Profile} */ profile) => {
    const first = saved === undefined;
    if (first) {
      field("country").append(...countryOptions(profile.country));
    }
    // What is being typed is not overwritten by news of another part of the page.
    if (!isChanged()) {
      put(profile);
    }
    saved = profile;
    fill(part, "full-name", [profile.title, profile.first_name, profile.last_name].filter(Boolean).join(" "));
    part.querySelector("[data-when=own-name]")?.toggleAttribute("hidden", profile.owner);
    part.querySelector("[data-when=owner-name]")?.toggleAttribute("hidden", !profile.owner);
    if (first) {
      onSubmit(form, send);
    }
  };

  const send = async (/** @type {Record<string, string>} */ values) => {
    const before = saved?.language;
    /** @type {Profile} */
    const answer = await api("PUT", "/api/profile", { body: values });
    put(answer);
    rememberProfile(answer);
    await meAgain();
    if (answer.language === before) {
      toast(t("about.saved"));
    } else {
      goTo(answer.language);
    }
  };

  onProfile(show);
  document.addEventListener("portico:leave", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged() && !leaving) {
      event.preventDefault();
    }
  });
  if (sessionStorage.getItem(SAVED)) {
    sessionStorage.removeItem(SAVED);
    toast(t("about.saved"));
  }
  const who = await me().catch(() => null);
  const fields = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
  fields.disabled = who !== null && !who.may.includes("change_profile");
  part.querySelector("[data-when=locked]")?.toggleAttribute("hidden", !fields.disabled);
}
