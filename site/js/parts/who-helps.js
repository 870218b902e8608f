// Whom somebody can ask who was switched off in an account: those who look after it (R306).

import { helpers } from "../lib/refusal.js";

/** @param {HTMLElement} box In the notice that stands in place of the page. */
export default function whoHelps(box) {
  const show = () => helpers(box, "membership_deactivated");
  if (box.hidden) {
    document.addEventListener("portico:barred", (event) => {
      if (/** @type {CustomEvent<string>} */ (event).detail === "deactivated") {
        show();
      }
    });
  } else {
    show();
  }
}
