// The vendor's people of the sample, at the console: staff need a second factor, which is set up when they first come.

import { codeOf } from "./authenticator.mjs";
import { call } from "./call.mjs";
import { PASSWORD, signIn } from "./portal.mjs";

export const ADMIN = "nina.north@northlight.example";
export const OTHER_ADMIN = "omar.lindqvist@northlight.example";
export const SUPPORT = "greta.hansen@northlight.example";

/** Signs one of them in for the first time, and sets up the second factor; once for each person and portal. */
export async function atConsole(/** @type {import("playwright-core").Page} */ page, /** @type {string} */ name) {
  await signIn(page, name);
  const { secret } = await call(page, "POST", "/api/profile/second-factor", { password: PASSWORD });
  await call(page, "PUT", "/api/profile/second-factor", { code: codeOf(secret) });
}
