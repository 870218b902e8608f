// Somebody with a login of their own and no account, whom no other test knows.

import { call } from "./call.mjs";
import { linkMailedTo, PASSWORD, settle, signIn } from "./portal.mjs";

/** @typedef {import("playwright-core").Page} Page */

let count = 0;

/** Signs somebody up, with the password of everybody, and in; the page is the overview. Returns the address. */
export async function newcomer(/** @type {Page} */ page) {
  count += 1;
  const email = `newcomer.${process.pid}.${count}@engine.example`;
  await page.goto("/sign-up");
  await settle(page);
  const terms_version = await page.getAttribute("form[data-terms]", "data-terms");
  await call(page, "POST", "/api/sign-up/registrations", {
    first_name: "Ada",
    last_name: "Lovelace",
    email,
    password: PASSWORD,
    language: "en",
    terms_version,
  });
  const token = (await linkMailedTo(page, email, "/confirm")).split("#token=")[1];
  await call(page, "POST", "/api/sign-up/confirmations", { token, password: PASSWORD });
  await signIn(page, email);
  return email;
}
