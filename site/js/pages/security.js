// How the person signs in. The sections are parts of their own; here they get the profile, and whoever is kept from an
// account for want of a second factor reads so.

import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { openProfile } from "../lib/profile.js";
import { lastKnown, me } from "../lib/session.js";

/** @typedef {import("../types.d.ts").Me} Me */

const when = (/** @type {string} */ name) => document.querySelector(`[data-when=${name}]`);

/** Whether the account has been closed to the person on this page, so that it can be said when it opens. */
let wasMissing = false;

function showStanding(/** @type {Me} */ { account, standing }) {
  const missing = standing === "second_factor_missing";
  wasMissing ||= missing;
  if (account) {
    fill(document, "factor-missing", t("factor_missing.title", { account: account.name }));
    fill(document, "factor-found", t("security.factor_found", { account: account.name }));
  } else {
    fill(document, "factor-missing", t("factor_missing.title_staff"));
    fill(document, "factor-way", t("security.factor_missing_staff"));
    fill(document, "factor-found", t("security.factor_found_staff"));
  }
  when("factor-missing")?.toggleAttribute("hidden", !missing);
}

/** The way back into the account stands above what was just done; told once the recovery codes are kept. */
function showWayBack() {
  const notice = when("factor-found");
  notice?.toggleAttribute("hidden", !wasMissing);
  notice?.scrollIntoView({ block: "center" });
}

export default async function security() {
  document.addEventListener("portico:me", (event) => showStanding(/** @type {CustomEvent<Me>} */ (event).detail));
  document.addEventListener("portico:factor-kept", showWayBack);
  const known = lastKnown();
  if (known) {
    showStanding(known);
  }
  me().then(
    (who) => who && showStanding(who),
    () => {},
  );
  await openProfile();
}
