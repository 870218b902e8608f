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

/** A page that lost a part says so instead of standing still. */
function fail(/** @type {unknown} */ cause) {
  console.error(cause);
  document.getElementById("page-failed")?.removeAttribute("hidden");
}

/** Loads a module and starts it; done as soon as it listens, while what it fetches may still be under way. */
const start = (/** @type {string} */ path, /** @type {HTMLElement} */ element) =>
  import(path)
    .then((module) => {
      Promise.resolve(module.default(element)).catch(fail);
    })
    .catch(fail);

/** @type {HTMLFormElement | undefined} */
let early;

/** A form that is sent before its module listens must not leave for the server as plain HTML would: it waits. */
function hold(/** @type {SubmitEvent} */ event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  early = /** @type {HTMLFormElement} */ (event.target);
}

async function startAll() {
  document.addEventListener("submit", hold, { capture: true });
  const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-module]")]);
  const starting = parts.flatMap((part) =>
    (part.dataset.module ?? "").split(" ").map((name) => start(`./parts/${name}.js`, part)),
  );
  if (document.body.dataset.script) {
    starting.push(start(`./pages/${document.body.dataset.script}.js`, document.body));
  }
  await Promise.all(starting);
  document.removeEventListener("submit", hold, { capture: true });
  early?.requestSubmit();
}

if (!movedToOwnLanguage()) {
  startAll();
}
