// Handing a person a file that the page made itself.

/** Saves text as a file of the browser's downloads. */
export function save(/** @type {string} */ name, /** @type {string} */ type, /** @type {string} */ text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is long for text.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The day as files are named by: 2026-11-22, where the person is. */
export function today(now = new Date()) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
