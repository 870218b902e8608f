// The first sign-in to a login that was made a moment ago.

import { api } from "./api.js";

/** Signs in with what was just proven; where that fails the sign-in page is the way on. */
export async function signInFirst(/** @type {string} */ email, /** @type {string} */ password) {
  try {
    await api("POST", "/api/session", { body: { name: email, password }, guest: true });
    localStorage.setItem("portico.signed-in", "yes");
    sessionStorage.removeItem("me");
    return true;
  } catch {
    sessionStorage.setItem("sign-in-name", email);
    return false;
  }
}
