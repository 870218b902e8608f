// The one script every page starts: it keeps the language, then gives the page and its parts their life.

import { language, root } from "./lib/i18n.js";

const CHOSEN = "portico.language";
const languages = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[hreflang]"));

/** A page without a language in its address belongs to whoever opens it: the language chosen before, else the browser's. */
function movedToOwnLanguage() {
  if (root !== "") {
    return false;
  }
  const wanted = localStorage.getItem(CHOSEN) ?? navigator.languages[0]?.slice(0, 2) ?? language;
  const link = [...languages].find((it) => it.hreflang === wanted && wanted !== language);
  if (link) {
    location.replace(link.pathname + location.search + location.hash);
  }
  return link !== undefined;
}

for (const link of languages) {
  link.addEventListener("click", () => {
    localStorage.setItem(CHOSEN, link.hreflang);
    link.search = location.search;
    link.hash = location.hash;
  });
}

/** Loads a module and starts it; a page that lost one says so instead of standing still. */
async function start(/** @type {string} */ path, /** @type {HTMLElement} */ element) {
  try {
    const module = await import(path);
    await module.default(element);
  } catch (cause) {
    console.error(cause);
    document.getElementById("page-failed")?.removeAttribute("hidden");
  }
}

if (!movedToOwnLanguage()) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-module]"))) {
    for (const name of (element.dataset.module ?? "").split(" ")) {
      start(`./parts/${name}.js`, element);
    }
  }
  if (document.body.dataset.script) {
    start(`./pages/${document.body.dataset.script}.js`, document.body);
  }
}
