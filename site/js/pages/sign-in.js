// Signing in, and going where the person wanted to go: to one of our pages by name, never to an address.

import { api } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { root, to } from "../lib/i18n.js";

const PLACES = ["overview", "licenses", "claim", "choose-account"];

const asked = new URLSearchParams(location.search);

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

export default function signIn() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
  const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
  const because = asked.get("because") ?? "";
  document.querySelector(`[data-because="${CSS.escape(because)}"]`)?.removeAttribute("hidden");
  name.value ||= sessionStorage.getItem("sign-in-name") ?? "";
  sessionStorage.removeItem("sign-in-name");
  // Whoever signs in next must not see for a moment who was here before.
  sessionStorage.removeItem("me");
  skipIfSignedIn();
  onSubmit(form, async (values) => {
    const me = await api("POST", "/api/session", { body: values, guest: true });
    localStorage.setItem("portico.signed-in", "yes");
    if (me.account === null) {
      const { items } = await api("GET", "/api/session/accounts");
      if (items.length > 0) {
        asked.set("next", "choose-account");
      }
    }
    location.assign(target(me));
  });
}
