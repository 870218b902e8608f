// What list and mail share: making elements, and saying when.

/** An element with attributes and what it contains; text stays text. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** When something was, in words near enough; the whole moment when asked. */
export function moment(at, whole = false) {
  const then = new Date(at);
  if (whole) return then.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" });
  const minutes = Math.round((Date.now() - then) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min ago`;
  const today = new Date().toDateString() === then.toDateString();
  return then.toLocaleString("en-GB", today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" });
}
