// Where the person is signed in: this session and the others, each of which can be ended.

import { api } from "../lib/api.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { moment, since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").SessionRow} SessionRow */

const BROWSERS = {
  firefox: "sessions.firefox",
  chrome: "sessions.chrome",
  edge: "sessions.edge",
  safari: "sessions.safari",
  opera: "sessions.opera",
  other: "sessions.other_browser",
};

const SYSTEMS = {
  windows: "sessions.windows",
  macos: "sessions.macos",
  linux: "sessions.linux",
  android: "sessions.android",
  ios: "sessions.ios",
  other: "sessions.other_system",
};

const IN_THE_HAND = ["android", "ios"];

/** Firefox on Windows. */
const device = (/** @type {SessionRow} */ { browser, system }) =>
  t("sessions.device", {
    browser: t(BROWSERS[browser] ?? BROWSERS.other),
    system: t(SYSTEMS[system] ?? SYSTEMS.other),
  });

/** @param {HTMLElement} part */
export default async function sessionList(part) {
  const [list] = fills(part, "sessions");
  const others = /** @type {HTMLElement} */ (part.querySelector("[data-when=others]"));
  const heading = /** @type {HTMLElement} */ (part.querySelector("h2"));
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("end-all"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));

  async function end(/** @type {SessionRow} */ session, /** @type {Event} */ event) {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    if (button.ariaBusy === "true") {
      return;
    }
    button.ariaBusy = "true";
    const said = await api("DELETE", `/api/session/sessions/${encodeURIComponent(session.id)}`).then(
      () => t("sessions.ended", { device: device(session) }),
      explain,
    );
    await load();
    // Its button went with the session.
    heading.tabIndex = -1;
    heading.focus();
    toast(said);
  }

  function row(/** @type {SessionRow} */ it) {
    const icon = IN_THE_HAND.includes(it.system)
      ? html`<svg class="icon" aria-hidden="true"><use href="#icon-phone"></use></svg>`
      : html`<svg class="icon" aria-hidden="true"><use href="#icon-computer"></use></svg>`;
    const act =
      !it.current &&
      html`<button class="button" type="button" aria-label="${t("sessions.end_label", { device: device(it), time: moment(it.started_at) })}" @click="${(/** @type {Event} */ event) => end(it, event)}">${t("sessions.end")}</button>`;
    const here = it.current && html`<span class="tag good">${t("sessions.current")}</span>`;
    return html`<li>${icon}<div><b>${device(it)}</b> ${here}
      <p class="small soft num"><span>${t("sessions.started", { time: moment(it.started_at) })}</span> <span>${t("sessions.seen")} ${since(it.seen_at)}</span></p></div>${act}</li>`;
  }

  async function load() {
    list.ariaBusy = "true";
    try {
      /** @type {{items: SessionRow[]}} */
      const { items } = await api("GET", "/api/session/sessions");
      // This session first, then the one used last.
      items.sort(
        (one, other) => Number(other.current) - Number(one.current) || other.seen_at.localeCompare(one.seen_at),
      );
      list.replaceChildren(...items.map(row));
      others.hidden = items.every((it) => it.current);
      fill(part, "sessions-said", t("sessions.count", { count: items.length }));
    } catch (cause) {
      others.hidden = true;
      list.replaceChildren(
        html`<li><span class="words">${explain(cause)}</span><button class="button" type="button" @click="${load}">${t("app.retry")}</button></li>`,
      );
    }
    list.ariaBusy = null;
  }

  others.addEventListener("click", () => {
    form.reset();
    dialog.showModal();
  });
  dialog.querySelector("[data-act=cancel]")?.addEventListener("click", () => dialog.close());
  onSubmit(form, async () => {
    await api("DELETE", "/api/session/sessions");
    dialog.close();
    await load();
    heading.tabIndex = -1;
    heading.focus();
    toast(t("sessions.all_ended"));
  });
  document.addEventListener("portico:sessions-ended", load);
  await load();
}
