// Warns two minutes before a session ends for lack of use; one key keeps it. All tabs share the time.

import { api, leaveToSignIn } from "../lib/api.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { me } from "../lib/session.js";

const USED = "portico.used";
const WARN_SECONDS = 120;

/** The seconds of silence after which the session is over, and when it ends in any case. */
const left = (/** @type {import("../types.d.ts").Me["session"]} */ { idle_seconds, expires_at }) => {
  const silent = (Date.now() - Number(localStorage.getItem(USED) ?? Date.now())) / 1000;
  return Math.min(idle_seconds - silent, (Date.parse(expires_at) - Date.now()) / 1000);
};

export default async function sessionClock() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("idle"));
  const used = () => localStorage.setItem(USED, String(Date.now()));
  const who = await me().catch(() => null);
  if (!who) {
    return;
  }
  used();
  document.addEventListener("portico:answered", used);
  dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", async () => {
    if (left(who.session) > 0) {
      who.session = (await api("GET", "/api/session").catch(() => who)).session;
    }
  });
  setInterval(() => {
    const seconds = left(who.session);
    if (seconds <= 0) {
      leaveToSignIn("timed_out");
    } else if (seconds > WARN_SECONDS) {
      dialog.close();
    } else {
      fill(dialog, "text", t("idle.text", { count: Math.ceil(seconds / 60) }));
      if (!dialog.open) {
        dialog.showModal();
      }
    }
  }, 5000);
}
