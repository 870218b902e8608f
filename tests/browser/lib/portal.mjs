// A running portal and a browser before it. PORTICO_URL names a portal that runs already; else one is started, with
// the sample vendor and nothing kept.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** The password of everybody in the sample vendor, and some of them. */
export const PASSWORD = "northlight sample door";
export const OWNER = "eleanor.harlow@harlowfinch.example";
export const IN_TWO_ACCOUNTS = "priya.raman@harlowfinch.example";
export const SEES_ASSIGNED_ONLY = "tom.ashworth@harlowfinch.example";
export const OWNER_OF_MANY = "sabine.aydin@ift-albstadt.example";
export const SUSPENDED = "marcus.harlow@penrose-trust.example";

/**
 * Starts a portal of its own, in memory unless a folder is named, and so many days ahead.
 * @param {{data?: string, ahead?: number}} options
 * @returns {Promise<{url: string, code: string, stop: () => void}>}
 */
async function startPortal({ data, ahead = 0 }) {
  const kept = data ? ["--data", data] : ["--ephemeral"];
  const args = ["run", "--quiet", "--", ...kept, "--port", "0", "--ahead", `${ahead}`];
  // A group of its own: stopping it stops cargo and the portal that cargo runs.
  const child = spawn("cargo", args, { cwd: ROOT, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const started = await new Promise((resolve, reject) => {
    const hear = (/** @type {Buffer} */ bytes) => {
      said += bytes;
      const url = said.match(/Portal\s+(http:\S+)/)?.[1];
      const code = said.match(/^\s+(\w{5}(?:-\w{5}){3})\s*$/m)?.[1];
      if (url && code) {
        resolve({ url, code });
      }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => reject(new Error(`the portal did not start:\n${said}`)));
  });
  return { ...started, stop: () => process.kill(-(/** @type {number} */ (child.pid)), "SIGTERM") };
}

/**
 * A portal and a browser, for a file of tests.
 * @param {{data?: string, ahead?: number}} options
 */
export async function openPortal(options = {}) {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`no browser at ${CHROMIUM}: install Chromium, or name one in CHROMIUM`);
  }
  const given = process.env.PORTICO_URL;
  const portal = given
    ? { url: given, code: process.env.PORTICO_CODE ?? "", stop: () => {} }
    : await startPortal(options);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  return {
    ...portal,
    browser,
    /** A person at a fresh browser; what the page complains of is kept in `complaints`. */
    person: (options = {}) => person(browser, portal.url, options),
    close: async () => {
      await browser.close();
      portal.stop();
    },
  };
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions} options
 */
async function person(browser, url, options) {
  const context = await browser.newContext({ baseURL: url, locale: "en-GB", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refusal of the API is no fault of the page: the browser notes each.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  return { context, page, complaints };
}

/** Signs in and waits for the page after. */
export async function signIn(
  /** @type {import("playwright-core").Page} */ page,
  /** @type {string} */ name,
  root = "",
) {
  await page.goto(`${root}/sign-in`);
  await settle(page);
  await page.fill("#name", name);
  await page.fill("#password", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("/sign-in")), page.click("button[type=submit]")]);
  await settle(page);
}

/** Waits until the overview has all it asked for: what it still asks after signing out would lead away. */
export async function atHome(/** @type {import("playwright-core").Page} */ page) {
  await page.waitForURL((url) => url.pathname === "/");
  await settle(page);
}

/** Waits until the page has all it asked for. */
export async function settle(/** @type {import("playwright-core").Page} */ page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[aria-busy=true]")].every((it) => !it.checkVisibility()),
  );
}

/** The newest link mailed to an address, to one page if it is named; waited for: mails are written after the answer. */
export async function linkMailedTo(
  /** @type {import("playwright-core").Page} */ page,
  /** @type {string} */ address,
  path = "",
) {
  const wanted = new RegExp(`https?:\\S+${path}#token=\\S+`);
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await page.request.get(`/mailbox/mails?to=${encodeURIComponent(address)}`);
    /** @type {{items: {text: string}[]}} */
    const { items } = await answer.json();
    const links = items.map((mail) => mail.text.match(wanted)?.[0]);
    const link = path ? links.find((it) => it !== undefined) : links[0];
    if (link) {
      return link;
    }
    await page.waitForTimeout(250);
  }
  throw new Error(`no mail to ${address}`);
}
