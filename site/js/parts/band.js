// Where one is, and as what, whenever that is not one's own account: as a customer's partner, or as a guest (R512).

import { customer, customerList, customerPage } from "../lib/customer.js";
import { fill, fills, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { lastKnown, me } from "../lib/session.js";
import { day } from "../lib/time.js";

/** @typedef {import("../types.d.ts").Me} Me */

/** Where the entry that leads home from here leads on a customer's pages: to what one sees of it first. */
function leadToCustomer() {
  for (const link of document.querySelectorAll(`.nav a[href="${to("overview")}"]`)) {
    link.setAttribute("href", customerPage());
    link.toggleAttribute("aria-current", document.body.dataset.page === "customer");
  }
}

const link = (/** @type {string} */ href, /** @type {string} */ words) =>
  html`<a class="button small" href="${href}">${words}</a>`;

function partnerBand(/** @type {Me} */ { account }) {
  const here = document.body.dataset.page === "customer";
  return {
    words: t("band.partner", { account: account?.name ?? "", number: account?.number ?? "" }),
    links: [here ? link(customerList(), t("customers.all")) : link(customerPage(), t("band.customer"))],
  };
}

function guestBand(/** @type {Me} */ { account, home, guest_until }) {
  const names = { account: account?.name ?? "", home: home?.name ?? "" };
  return {
    words: guest_until ? t("band.guest", { ...names, date: day(guest_until) }) : t("band.guest_open", names),
    links: [link(to("choose-account"), t("band.back")), link(`${to("choose-account")}#leave`, t("guests.leave"))],
  };
}

/** What the band says, if anything. */
function bandOf(/** @type {Me} */ who) {
  if (customer && (who.standing === "looking_after" || who.standing === "customer_suspended")) {
    return partnerBand(who);
  }
  return who.capacity === "guest" && who.standing !== "guest_ended" ? guestBand(who) : null;
}

/** @param {HTMLElement} part */
export default async function band(part) {
  function show(/** @type {Me} */ who) {
    const said = bandOf(who);
    part.hidden = said === null;
    if (said) {
      fill(part, "where", said.words);
      fills(part, "ways")[0].replaceChildren(...said.links);
    }
  }
  if (customer) {
    leadToCustomer();
  }
  const known = lastKnown();
  if (known) {
    show(known);
  }
  document.addEventListener("portico:me", (event) => show(/** @type {CustomEvent<Me>} */ (event).detail));
  await me().catch(() => null);
}
