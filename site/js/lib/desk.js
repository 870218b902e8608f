// What people ask of the vendor, in words: on the desk's list and on the page of one request.

import { html } from "./html.js";
import { t } from "./i18n.js";

/** @typedef {import("../types.d.ts").DeskRequest} DeskRequest */

const KINDS = {
  name: "desk.kind_name",
  email: "desk.kind_email",
  company: "desk.kind_company",
  license_contact: "desk.kind_license_contact",
  taken_back: "desk.kind_taken_back",
  claim: "desk.kind_claim",
  dispute: "desk.kind_dispute",
  renewal: "desk.kind_renewal",
  missing_person: "desk.kind_missing_person",
  two_logins: "desk.kind_two_logins",
  access: "desk.kind_access",
};

/** What it is about. */
export const kindName = (/** @type {DeskRequest} */ { kind }) => t(KINDS[kind] ?? "desk.kind_other");

const TAKEN_BACK = /** @type {Record<string, string>} */ ({
  profile: "taken.profile",
  nickname: "taken.nickname",
  email_request: "taken.email_request",
  email: "taken.email",
  password: "taken.password",
  second_factor: "taken.second_factor",
  sign_in: "taken.sign_in",
  closure: "taken.closure",
});

/** What was taken back by the link of a mail. */
export const takenBack = (/** @type {string} */ what) => t(TAKEN_BACK[what] ?? "desk.kind_taken_back");

/** What is wanted, on one line. */
export const wishLine = (/** @type {DeskRequest} */ { kind, wish }) => (kind === "taken_back" ? takenBack(wish) : wish);

/** Who asks. */
export const personLines = (/** @type {DeskRequest["who"]} */ who) =>
  html`<div><b>${who.name ?? "–"}</b><br><span class="small soft long">${who.email}</span></div>`;

/** For which account. */
export const accountLines = (/** @type {DeskRequest["account"]} */ account) =>
  account
    ? html`<div>${account.name}<br><span class="small soft mono">${account.number}</span></div>`
    : html`<div class="soft">–</div>`;
