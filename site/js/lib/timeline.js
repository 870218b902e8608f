// What ends in each of the next twelve months, as columns; the same figures stand in a table beside it.

import { html } from "./html.js";
import { locale, t } from "./i18n.js";
import { svg } from "./svg.js";

const MONTHS = 12;
const WIDTH = 720;
const HEIGHT = 168;
const BASE = 132;
const TOP = 18;
const STEP = WIDTH / MONTHS;

/** The months from this one on, as 2026-11. */
export function monthsFrom(now = new Date()) {
  return Array.from({ length: MONTHS }, (_, index) => {
    const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() + index, 1));
    return month.toISOString().slice(0, 7);
  });
}

const name = (/** @type {string} */ month, /** @type {"short" | "long"} */ length) =>
  new Intl.DateTimeFormat(locale, {
    month: length,
    timeZone: "UTC",
    ...(length === "long" && { year: "numeric" }),
  }).format(new Date(`${month}-01T00:00:00Z`));

/** A round number to measure by: the least of 1, 2, 5, 10, 20, 50 … that is no less. */
function roundUp(/** @type {number} */ most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return ([1, 2, 5, 10].find((it) => it * power >= most) ?? 10) * power;
}

function column(
  /** @type {string} */ month,
  /** @type {number} */ index,
  /** @type {number} */ count,
  /** @type {number} */ top,
) {
  const [x, width, middle] = [index * STEP + STEP * 0.22, STEP * 0.56, index * STEP + STEP / 2];
  const height = count === 0 ? 0 : Math.max(3, ((BASE - TOP) * count) / top);
  const year = index === 0 || month.endsWith("-01") ? month.slice(0, 4) : "";
  return svg(
    "g",
    {},
    svg("title", {}, t("usage.month", { month: name(month, "long"), count })),
    svg("rect", { class: "ground", x, y: TOP, width, height: BASE - TOP, rx: 4 }),
    svg("rect", { class: "column", x, y: BASE - height, width, height, rx: 4 }),
    svg("text", { class: "figure", x: middle, y: BASE - height - 5 }, count === 0 ? "" : count.toLocaleString(locale)),
    svg("text", { x: middle, y: BASE + 16 }, name(month, "short")),
    svg("text", { class: "year", x: middle, y: BASE + 31 }, year),
  );
}

/**
 * The figure of what ends when.
 * @param {Map<string, number>} counts Licenses by month.
 */
export function timeline(counts) {
  const months = monthsFrom();
  const figures = months.map((month) => counts.get(month) ?? 0);
  const top = roundUp(Math.max(...figures));
  const rows = months.map(
    (month, index) => html`<tr><th scope="row">${name(month, "long")}</th><td>${figures[index]}</td></tr>`,
  );
  const picture = svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("line", { class: "base", x1: 0, x2: WIDTH, y1: BASE, y2: BASE }),
    ...months.map((month, index) => column(month, index, figures[index], top)),
  );
  const table = html`<div class="unseen"><table><caption>${t("usage.timeline")}</caption><thead><tr><th scope="col">${t("usage.col_month")}</th><th scope="col">${t("usage.col_licenses")}</th></tr></thead><tbody></tbody></table></div>`;
  // A slot in a table would be moved out of it when the template is read.
  table.querySelector("tbody")?.append(...rows);
  return html`${picture}${table}`;
}
