// Moments: exact for whoever needs it, and how long ago, as people say it.

import { html } from "./html.js";
import { locale } from "./i18n.js";

/** Seconds in each unit, largest first. */
const UNITS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
]);

const FORMAT = /** @type {const} */ ({
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** 22 Nov 2026, 09:12, in the person's own time zone. */
export const moment = (/** @type {string} */ time) => new Intl.DateTimeFormat(locale, FORMAT).format(new Date(time));

/** 20 Feb 2027: the day of a moment, in the person's own time zone. */
export const day = (/** @type {string} */ time) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }).format(new Date(time));

/** How long ago, in the largest unit that fits; less than a minute is now. */
function ago(/** @type {string} */ time) {
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000);
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ["second", Number.POSITIVE_INFINITY];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}

/** How long ago something was; the exact moment shows where the pointer rests. */
export const since = (/** @type {string} */ time) =>
  html`<time datetime="${time}" title="${moment(time)}">${ago(time)}</time>`;
