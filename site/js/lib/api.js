// The only file that calls fetch: every request and every way it can fail passes through here.

import { to } from "./i18n.js";

/** A refusal: its `code` has words in the catalogue as problem.<code>; `errors` belong to fields. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, params?: Record<string, string | number>, errors?: import("../types.d.ts").FieldError[]}} body
   */
  constructor(status, body = {}) {
    super(body.code ?? "internal");
    this.status = status;
    this.code = body.code ?? "internal";
    this.params = body.params ?? {};
    this.errors = body.errors ?? [];
  }
}

const SIGNED_OUT = /** @type {Record<string, string>} */ ({
  sign_in_needed: "needed",
  session_ended: "ended",
  session_timed_out: "timed_out",
});

let tag = "";

/** Remembers the account this page works in; from now on each call names it, so that a tab left behind is noticed. */
export function workIn(/** @type {{tag: string} | null} */ account) {
  tag = account?.tag ?? "";
}

let customer = "";

/** From now on each call is about a customer of the account's, whom a partner's person looks after. */
export function lookAfter(/** @type {string} */ id) {
  customer = id;
}

const tell = (/** @type {string} */ what) => document.dispatchEvent(new Event(`portico:${what}`));

/** Goes to sign-in and comes back here afterwards; forms keep what was typed when they hear `leave`. */
export function leaveToSignIn(/** @type {string} */ because) {
  tell("leave");
  const page = document.body.dataset.page ?? "overview";
  sessionStorage.setItem(`search.${page}`, location.search + location.hash);
  location.replace(`${to("sign-in")}?${new URLSearchParams({ next: page, because })}`);
}

/**
 * Calls the API and returns the answer's JSON. Fails with a Problem, except where the person has to sign in first:
 * then it leaves the page and never answers (a page open to `guest`s gets the Problem). With `raw` the answer is given as
 * it came, for what is no JSON; `anywhere` asks for whatever account one is in by now.
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, signal?: AbortSignal, guest?: boolean, raw?: boolean, anywhere?: boolean}} [options]
 * @returns {Promise<any>}
 */
export async function api(method, path, { body, signal, guest = false, raw = false, anywhere = false } = {}) {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) {
    headers.set("content-type", "application/json");
  }
  if (tag && !anywhere) {
    headers.set("x-portico-account", tag);
  }
  if (customer && !anywhere) {
    headers.set("x-portico-customer", customer);
  }
  const response = await fetch(path, { method, headers, body: JSON.stringify(body), signal }).catch((cause) => {
    throw cause.name === "AbortError" ? cause : new Problem(0, { code: "offline" });
  });
  if (response.ok) {
    tell("answered");
    if (raw) {
      return response;
    }
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  }
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (problem.code === "too_many_tries") {
    problem.params.seconds ??= Number(response.headers.get("retry-after")) || 60;
  }
  if (problem.code === "account_changed") {
    tell("account-changed");
  }
  if (response.status === 401 && problem.code in SIGNED_OUT && !guest) {
    leaveToSignIn(SIGNED_OUT[problem.code]);
    return new Promise(() => {});
  }
  throw problem;
}
