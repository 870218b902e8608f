// Signing in, and going where the person wanted to go: to one of our pages by name, never to an address. Whoever has a
// second factor sends the same form once more, with a code; nothing is kept on the server between the two.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { root, t, to } from "../lib/i18n.js";

const PLACES = ["overview", "licenses", "claim", "choose-account", "profile", "security", "close-login", "accept"];

const asked = new URLSearchParams(location.search);
const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** The page after sign-in, in the person's language, which wins over the one of this page. */
function target(/** @type {import("../types.d.ts").Me} */ me) {
  const place = PLACES.find((it) => it === asked.get("next")) ?? "overview";
  const search = sessionStorage.getItem(`search.${place}`) ?? "";
  sessionStorage.removeItem(`search.${place}`);
  localStorage.setItem("portico.language", me.user.language);
  const own = document.querySelector(`a[hreflang="${CSS.escape(me.user.language)}"]`);
  const path = to(place).slice(root.length);
  return (own?.getAttribute("data-root") ?? root) + path + search;
}

/** Somebody who is signed in already has no use for this page; asked only where a sign-in is remembered. */
async function skipIfSignedIn() {
  if (localStorage.getItem("portico.signed-in") && !asked.has("because")) {
    const me = await api("GET", "/api/session", { guest: true }).catch(() => null);
    if (me) {
      location.replace(target(me));
    }
  }
}

/** Shows one step of the page; `lib/html.js` could too, but is a request that nobody else here needs. */
function show(/** @type {"name" | "code" | "closing"} */ step) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-step]"))) {
    part.hidden = !part.dataset.step?.split(" ").includes(step);
  }
  for (const notice of document.querySelectorAll("[data-because]")) {
    notice.setAttribute("hidden", "");
  }
  field("code").required = step === "code";
  const place = { name: field("name"), code: field("code"), closing: document.querySelector("h1[tabindex]") };
  /** @type {HTMLElement | null} */ (place[step])?.focus();
}

/** The code of the app or a recovery code: one field, other words. */
function askFor(/** @type {"app" | "recovery"} */ kind) {
  for (const words of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kind]"))) {
    words.hidden = words.dataset.kind !== kind;
  }
  field("code").inputMode = kind === "app" ? "numeric" : "text";
  field("code").value = "";
}

/** Signs in and goes on; for the page where an initial password is changed, too. */
export async function enter(/** @type {Record<string, string>} */ { code, ...proof }) {
  const body = code ? { ...proof, code: code.replace(/\s/g, "") } : proof;
  const me = await api("POST", "/api/session", { body, guest: true });
  localStorage.setItem("portico.signed-in", "yes");
  // Whoever comes from an invitation joins first: that may be the account to work in.
  if (me.account === null && asked.get("next") !== "accept") {
    const { items } = await api("GET", "/api/session/accounts");
    if (items.length > 0) {
      asked.set("next", "choose-account");
    }
  }
  location.assign(target(me));
}

export default function signIn() {
  const name = field("name");
  const because = asked.get("because") ?? "";
  document.querySelector(`[data-because="${CSS.escape(because)}"]`)?.removeAttribute("hidden");
  name.value ||= sessionStorage.getItem("sign-in-name") ?? "";
  sessionStorage.removeItem("sign-in-name");
  // Whoever signs in next must not see for a moment who was here before.
  sessionStorage.removeItem("me");
  skipIfSignedIn();

  onSubmit(
    form,
    async (values) => {
      try {
        await enter(values);
      } catch (cause) {
        const code = cause instanceof Problem ? cause.code : "";
        if (code === "second_factor_needed") {
          askFor("app");
          show("code");
          const who = /** @type {HTMLElement} */ (document.getElementById("who"));
          who.textContent = t("signin.code_lead", { name: values.name });
        } else if (code === "login_closing") {
          form.reset();
          show("closing");
        } else if (code === "new_password_needed" || code === "initial_password_expired") {
          sessionStorage.setItem("sign-in-name", values.name);
          asked.set("because", code);
          location.assign(`${to("new-password")}?${asked}`);
        } else {
          // Changed by now, perhaps: name and password are typed anew, where they can be seen.
          if (code === "sign_in_failed" && field("code").required) {
            show("name");
          }
          throw cause;
        }
      }
    },
    { keepsPassword: () => field("code").required },
  );

  document.querySelector("[data-act=other-kind]")?.addEventListener("click", () => {
    askFor(field("code").inputMode === "numeric" ? "recovery" : "app");
    field("code").focus();
  });
  document.querySelector("[data-act=back]")?.addEventListener("click", () => {
    const typed = name.value;
    form.reset();
    name.value = typed;
    show("name");
    name.select();
  });
  form.querySelector("a")?.addEventListener("click", () => sessionStorage.setItem("sign-in-name", name.value));
}
