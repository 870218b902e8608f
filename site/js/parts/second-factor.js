// The second factor: set up with an authenticator app, moved to another device, its recovery codes, switched off.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { onProfile, profileAgain } from "../lib/profile.js";
import { prove } from "../lib/prove.js";
import { drawQr } from "../lib/qr.js";
import { copy, forgetCodes, showCodes } from "../lib/recovery-codes.js";
import { meAgain } from "../lib/session.js";
import { toast } from "../lib/toast.js";

/** @typedef {"off" | "on" | "scan" | "codes"} Stage */
/** @typedef {import("../types.d.ts").Enrolment} Enrolment */
/** @typedef {import("../types.d.ts").Profile} Profile */

/** So few recovery codes left deserve a word. */
const FEW = 3;

/** @param {HTMLElement} part */
export default function secondFactor(part) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("#factor-form"));
  const keptForm = /** @type {HTMLFormElement} */ (part.querySelector("#codes-form"));
  /** @type {Stage} */
  let stage = "off";
  /** Where the page stands when nothing is under way. @type {"off" | "on"} */
  let rest = "off";

  function goTo(/** @type {Stage} */ next) {
    stage = next;
    for (const it of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-stage]"))) {
      it.hidden = it.dataset.stage !== next;
    }
    /** @type {HTMLElement | null} */ (part.querySelector(`[data-stage=${next}][tabindex]`))?.focus();
  }

  function show(/** @type {Profile["second_factor"]} */ { on, required, recovery_codes_left: left }) {
    rest = on ? "on" : "off";
    fill(part, "codes-left", t("factor.codes_left", { count: left }));
    fill(part, "few", left === 0 ? t("factor.none_left") : t("factor.few_left", { count: left }));
    part.querySelector("[data-when=few]")?.toggleAttribute("hidden", left > FEW);
    part.querySelector("[data-when=required]")?.toggleAttribute("hidden", !required);
    part.querySelector("[data-when=not-required]")?.toggleAttribute("hidden", required);
    // What is being set up is not taken away by news.
    if (stage === "off" || stage === "on") {
      goTo(rest);
    }
  }

  function scan(/** @type {Enrolment} */ { secret, uri, qr }) {
    fill(part, "qr", drawQr(qr, t("factor.qr")));
    fill(part, "secret", secret);
    part.querySelector("[data-link=uri]")?.setAttribute("href", uri);
    form.reset();
    goTo("scan");
  }

  function forget() {
    fill(part, "qr", null);
    fill(part, "secret", null);
    part.querySelector("[data-link=uri]")?.removeAttribute("href");
  }

  /** @returns {Promise<void>} */
  const news = () => Promise.all([meAgain(), profileAgain()]).then(() => {});
  const words = (/** @type {string} */ title, /** @type {string} */ why, /** @type {string} */ submit) => ({
    title,
    why,
    submit,
  });
  const acts = {
    "set-up": () =>
      prove(words(t("factor.set_up_title"), t("factor.set_up_why"), t("factor.go_on")), async (proof) =>
        scan(await api("POST", "/api/profile/second-factor", { body: proof })),
      ),
    move: () =>
      prove(words(t("factor.move_title"), t("factor.move_why"), t("factor.go_on")), async (proof) =>
        scan(await api("POST", "/api/profile/second-factor", { body: proof })),
      ),
    "new-codes": () =>
      prove(words(t("factor.new_codes_title"), t("factor.new_codes_why"), t("factor.new_codes")), async (proof) => {
        const { recovery_codes } = await api("POST", "/api/profile/recovery-codes", { body: proof });
        showCodes(part, recovery_codes);
        goTo("codes");
      }),
    "switch-off": () =>
      prove(words(t("factor.off_title"), t("factor.off_why"), t("factor.switch_off")), async (proof) => {
        await api("POST", "/api/profile/second-factor/removals", { body: proof });
        document.dispatchEvent(new Event("portico:sessions-ended"));
        await news();
        toast(t("factor.switched_off"));
      }),
    "copy-secret": () => {
      const shown = /** @type {HTMLElement} */ (part.querySelector("[data-fill=secret]"));
      return copy((shown.textContent ?? "").replaceAll(" ", ""), shown);
    },
    "give-up": () => {
      forget();
      goTo(rest);
    },
  };
  for (const [act, doIt] of Object.entries(acts)) {
    part.querySelector(`[data-act=${act}]`)?.addEventListener("click", doIt);
  }

  onSubmit(form, async ({ code }) => {
    try {
      const body = { code: code.replace(/\s/g, "") };
      const { recovery_codes } = await api("PUT", "/api/profile/second-factor", { body });
      forget();
      showCodes(part, recovery_codes);
      goTo("codes");
      document.dispatchEvent(new Event("portico:sessions-ended"));
      await news();
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "link_expired") {
        forget();
        goTo(rest);
        toast(t("factor.expired"));
        return;
      }
      throw cause;
    }
  });

  onSubmit(keptForm, async () => {
    forgetCodes(part);
    keptForm.reset();
    await profileAgain();
    goTo(rest);
    toast(t("factor.finished"));
    document.dispatchEvent(new Event("portico:factor-kept"));
  });

  let leaving = false;
  document.addEventListener("portico:leave", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (stage === "codes" && !leaving) {
      event.preventDefault();
    }
  });
  onProfile(({ second_factor }) => show(second_factor));
}
