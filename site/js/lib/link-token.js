// The token of a link from a mail. It stands in the fragment, which no server sees, and leaves the address bar and the
// history as soon as it is read; from then on this page alone has it.

/** The token the page was opened with, or null if there is none. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    // In another language the page begins anew: the link is handed on.
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[hreflang]"))) {
      link.addEventListener("click", () => {
        link.hash = new URLSearchParams({ token }).toString();
      });
    }
  }
  // A link opened in a tab that stands on this page already changes the fragment and nothing else.
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#token=")) {
      location.reload();
    }
  });
  return token;
}
