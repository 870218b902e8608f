// The site's own rules: types, format and lint of its modules and sheets, and valid markup in every language.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = fileURLToPath(new URL("./", import.meta.url));
const run = promisify(execFile);

/** Runs a program; its words are the failure. */
async function passes(/** @type {string} */ program, /** @type {string[]} */ ...args) {
  const failure = await run(program, args, { cwd: here, maxBuffer: 1 << 24 }).then(
    () => "",
    (error) => `${error.stdout}${error.stderr}`,
  );
  assert.equal(failure, "");
}

const tool = (/** @type {string} */ name) => join(here, "node_modules/.bin", name);

test("types hold", () => passes(tool("tsc"), "-p", "tsconfig.json"));

test("format and lint hold", () => passes(tool("biome"), "ci", "../../site", "."));

test("every page is valid HTML", async () => {
  const folder = await mkdtemp(join(tmpdir(), "portico-site-"));
  try {
    await run("cargo", ["run", "--quiet", "--", "site", "--out", folder], { cwd: join(here, "../..") });
    await passes(tool("html-validate"), "--config", ".htmlvalidate.json", `${folder}/**/*.html`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
