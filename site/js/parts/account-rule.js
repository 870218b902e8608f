// The owner's rule for everyone in the account: nobody works in it without a second factor.

import { api } from "../lib/api.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile, profileAgain } from "../lib/profile.js";
import { prove } from "../lib/prove.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Profile} Profile */

/** @param {HTMLElement} part */
export default function accountRule(part) {
  const button = /** @type {HTMLButtonElement} */ (part.querySelector("[data-act=rule]"));
  /** @type {Profile["company"]} */
  let account = null;

  const show = (/** @type {Profile} */ { company, second_factor }) => {
    account = company;
    if (!company) {
      return;
    }
    const required = company.second_factor_required;
    const states = {
      "rule-on": required,
      "rule-off": !required,
      "rule-first": !required && !second_factor.on,
      "rule-change": required || second_factor.on,
    };
    for (const [state, shown] of Object.entries(states)) {
      for (const it of part.querySelectorAll(`[data-when=${state}]`)) {
        it.toggleAttribute("hidden", !shown);
      }
    }
    const who = { account: company.name };
    fill(part, "rule-text", required ? t("rule.text_on", who) : t("rule.text_off", who));
    button.textContent = t(required ? "rule.stop" : "rule.start");
  };

  onProfile(show);
  button.addEventListener("click", () => {
    const required = account?.second_factor_required === false;
    const who = { account: account?.name ?? "" };
    const words = {
      title: required ? t("rule.start_title", who) : t("rule.stop_title", who),
      why: t(required ? "rule.start_why" : "rule.stop_why"),
      submit: t(required ? "rule.start" : "rule.stop"),
    };
    prove(words, async (proof) => {
      await api("PUT", "/api/profile/account/second-factor", { body: { required, ...proof } });
      await profileAgain();
      toast(required ? t("rule.started", who) : t("rule.stopped", who));
    });
  });
}
