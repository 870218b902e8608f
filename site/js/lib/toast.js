// A short word after a small act; large ones are confirmed on the page itself.

const KEPT = "toast";

/** Shows a line for a while; it stays as long as the pointer or the focus is on it. */
export function toast(/** @type {string} */ words) {
  const element = /** @type {HTMLElement} */ (document.getElementById("toast"));
  const line = /** @type {HTMLElement} */ (element.querySelector("[role=status]"));
  element.showPopover();
  // Written after the region is there: only a change is read out.
  requestAnimationFrame(() => {
    line.textContent = words;
  });
  const close = () => {
    if (element.matches(":hover, :focus-within")) {
      setTimeout(close, 2000);
    } else if (line.textContent === words) {
      element.hidePopover();
    }
  };
  setTimeout(close, 6000 + words.length * 40);
  element.querySelector("button")?.addEventListener("click", () => element.hidePopover(), { once: true });
}

/** Says it on the page that comes next. */
export function toastLater(/** @type {string} */ words) {
  sessionStorage.setItem(KEPT, words);
}

/** Says what the page before left to say. */
export function toastKept() {
  const words = sessionStorage.getItem(KEPT);
  if (words) {
    sessionStorage.removeItem(KEPT);
    toast(words);
  }
}
