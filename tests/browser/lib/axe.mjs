// What axe and the eye of a narrow screen find wrong with a page as it stands.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The script that a context needs beforehand; its content security policy has to be bypassed for that. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with the page as it stands. */
export async function faults(/** @type {import("playwright-core").Page} */ page) {
  const found = await page.evaluate(async (rules) => {
    // @ts-expect-error axe was put there by the test
    const { violations } = await window.axe.run({ runOnly: rules });
    return violations.map((/** @type {any} */ it) => `${it.id}: ${it.nodes[0].target} ${it.nodes[0].failureSummary}`);
  }, RULES);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return wider ? [...found, "the page is wider than the screen"] : found;
}
