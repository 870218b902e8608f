// The customer that a page is about where a partner's person looks after it (R502): the address names it, and so does
// every call and every link of the page.

import { lookAfter } from "./api.js";
import { root, to } from "./i18n.js";

/** Pages of an account that its partner's people use too. */
const PAGES = [
  "certificate",
  "invitations",
  "license",
  "licenses",
  "member",
  "summary",
  "team",
  "team-bulk",
  "team-invite",
];

/** Where the list of customers keeps what was looked at last. */
export const LIST = "customers";

const asked = new URLSearchParams(location.search);
const page = document.body.dataset.page ?? "";

/** Its id; "" where the page is about one's own account. */
export const customer = (page === "customer" ? asked.get("id") : PAGES.includes(page) && asked.get("customer")) || "";

/** An address of the portal that stays with the customer, if it leads to a page that can. */
export function staying(/** @type {string} */ address) {
  const url = new URL(address, location.href);
  const leads = url.origin === location.origin && url.pathname.startsWith(`${root}/`);
  if (customer && leads && PAGES.includes(url.pathname.slice(root.length + 1))) {
    url.searchParams.set("customer", customer);
  }
  return url.pathname + url.search + url.hash;
}

/** The customer's own page. */
export const customerPage = () => `${to("customer")}?id=${encodeURIComponent(customer)}`;

/** The list of customers, as it was looked at last. */
export const customerList = () => to("customers") + (sessionStorage.getItem(LIST) ?? "");

/** No link of the page is forgotten, whoever made it, and whether it is followed here or in a new tab. */
function keepLinks() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href]"))) {
    const address = link.origin === location.origin ? staying(link.href) : "";
    if (address && address !== link.pathname + link.search + link.hash) {
      link.setAttribute("href", address);
    }
  }
}

if (customer) {
  lookAfter(customer);
  keepLinks();
  const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ["href"] };
  new MutationObserver(keepLinks).observe(document.body, changes);
}
