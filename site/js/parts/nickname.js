// The name in the forum: changed here at once, and there soon after.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { t } from "../lib/i18n.js";
import { onProfile, rememberProfile } from "../lib/profile.js";
import { me, meAgain } from "../lib/session.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Profile} Profile */

/** @param {HTMLElement} part */
export default async function nickname(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("nickname"));
  /** @type {Profile | undefined} */
  let saved;

  const send = async (/** @type {Record<string, string>} */ values) => {
    const answer = await api("PUT", "/api/profile/nickname", { body: values });
    input.value = answer.nickname;
    if (saved) {
      rememberProfile({ ...saved, nickname: answer.nickname });
    }
    await meAgain();
    toast(t("nickname.saved", { nickname: answer.nickname }));
  };

  onProfile((profile) => {
    const first = saved === undefined;
    if (first || input.value === saved?.nickname) {
      input.value = profile.nickname;
    }
    saved = profile;
    if (first) {
      onSubmit(form, send);
    }
  });
  const who = await me().catch(() => null);
  input.disabled = who !== null && !who.may.includes("change_nickname");
}
