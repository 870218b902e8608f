// Words, plurals, addresses, numbers and times in the language of the page.

const html = document.documentElement;

/** The language of this page: en, fr or de. */
export const language = html.lang;

/** What the addresses of this language begin with: nothing for English, else /fr or /de. */
export const root = html.dataset.root ?? "";

/** What Intl formats by. English dates are written day first, with the month's name: 14 December 2026. */
export const locale = language === "en" ? "en-GB" : language;

/** @type {Record<string, string>} */
const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

/** Whether the page has words for a key. */
export const has = (/** @type {string} */ key) => key in texts;

/**
 * The words for a key, its {placeholders} filled. With a `count` the plural is chosen.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const form = typeof values.count === "number" && `${key}_${plural(values.count)}`;
  const text = texts[form && form in texts ? form : key] ?? texts[`${key}_other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? value.toLocaleString(locale) : value;
  });
}

const plural = (/** @type {number} */ count) => new Intl.PluralRules(locale).select(count);

/** The address of a page in this language. */
export const to = (/** @type {string} */ page) => (page === "overview" ? `${root}/` : `${root}/${page}`);

/** A calendar day such as 2026-12-14, the month by name: nobody has to guess whether 03 is a day. */
export function date(/** @type {string} */ day) {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** The size of a file, as people read it: 48 MB. */
export function bytes(/** @type {number} */ size) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), units.length - 1);
  const style = /** @type {const} */ ({ style: "unit", unit: units[power], maximumFractionDigits: power > 1 ? 1 : 0 });
  return new Intl.NumberFormat(locale, style).format(size / 1000 ** power);
}

/** A time to wait, in words: seconds up to a minute and a half, then minutes. */
export function wait(/** @type {number} */ seconds) {
  const unit = seconds > 90 ? "minute" : "second";
  const count = unit === "minute" ? Math.ceil(seconds / 60) : seconds;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
