// The person's own profile: asked for once a page, and told to every part of it that shows some.

import { api } from "./api.js";
import { explain } from "./form.js";
import { fill, fills, html, showStep } from "./html.js";
import { t } from "./i18n.js";

/** @typedef {import("../types.d.ts").Profile} Profile */

/** @type {Profile | undefined} */
let known;

/** Calls `show` with what is known, and again with each newer answer. */
export function onProfile(/** @type {(profile: Profile) => void} */ show) {
  document.addEventListener("portico:profile", () => known && show(known));
  if (known) {
    show(known);
  }
}

/** Tells the page's parts an answer of the API. */
export function rememberProfile(/** @type {Profile} */ answer) {
  known = answer;
  document.dispatchEvent(new Event("portico:profile"));
}

/** Asks again after a change; if that fails now, what was known stands. */
export async function profileAgain() {
  const answer = await api("GET", "/api/profile").catch(() => known);
  if (answer) {
    rememberProfile(answer);
  }
}

/**
 * Loads the profile and shows the page's step for it, or why that is not possible and a way to try again.
 * @param {(profile: Profile) => string} [step]
 */
export async function openProfile(step = () => "ready") {
  showStep(document, "loading");
  fills(document, "instead")[0].hidden = true;
  try {
    /** @type {Profile} */
    const answer = await api("GET", "/api/profile");
    rememberProfile(answer);
    showStep(document, step(answer));
    showPlace();
    window.addEventListener("hashchange", showPlace);
  } catch (cause) {
    showStep(document, "none");
    fill(
      document,
      "instead",
      html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-warn"></use></svg><h2>${t("overview.error_title")}</h2><p>${explain(cause)}</p>
        <button class="button" type="button" @click="${() => openProfile(step)}">${t("app.retry")}</button></div>`,
    );
  }
}

/** Goes to the section that the address names, which was not there yet when the page came, and opens it. */
function showPlace() {
  const place = document.getElementById(location.hash.slice(1));
  const details = place?.querySelector("details");
  if (details) {
    details.open = true;
  }
  place?.scrollIntoView();
}
