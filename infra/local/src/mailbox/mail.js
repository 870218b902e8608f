// One mail, as a person reads it: its HTML part, its text, its headers.

import { element, moment } from "./dom.js";

const place = document.getElementById("mail");
const FATES = {
  bounced: "Bounced: the address does not exist",
  complained: "Marked as spam by the recipient",
  suppressed: "Not delivered: the address is on the suppression list",
};
let chosen = "html";

/** Shows the mail of that name, or why it cannot. */
export async function show(id) {
  const response = await fetch(`/mailbox/mails/${encodeURIComponent(id)}`).catch(() => null);
  if (id !== location.hash.slice(1)) return;
  if (!response?.ok) return say("This mail is gone", "It was deleted, or the portal was started anew without it.");
  const mail = await response.json();
  if (id !== location.hash.slice(1)) return;
  const parts = { html: mail.html && "Mail", text: mail.text && "Plain text", headers: "Headers" };
  const tabs = element("div", { class: "tabs", role: "tablist", "aria-label": "Parts of the mail" });
  const panel = element("div", { class: "part", role: "tabpanel", tabindex: "-1" });
  const names = Object.keys(parts).filter((name) => parts[name]);
  if (!names.includes(chosen)) chosen = names[0];
  const choose = (name) => {
    chosen = name;
    for (const tab of tabs.children) {
      const own = tab.dataset.part === name;
      tab.setAttribute("aria-selected", String(own));
      tab.tabIndex = own ? 0 : -1;
    }
    panel.setAttribute("aria-label", parts[name]);
    panel.replaceChildren(part(name, mail));
  };
  for (const name of names) {
    const tab = element("button", { type: "button", role: "tab", "data-part": name }, parts[name]);
    tab.addEventListener("click", () => choose(name));
    tabs.append(tab);
  }
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    choose(names[(names.indexOf(chosen) + step + names.length) % names.length]);
    tabs.querySelector('[aria-selected="true"]').focus();
  });
  const about = element("dl", { class: "small" });
  line(about, "From", mail.sender.name ? `${mail.sender.name} <${mail.sender.address}>` : mail.sender.address);
  line(about, "To", mail.to.join(", "));
  line(about, "Sent", moment(mail.at, true));
  const head = element("div", { class: "head" });
  head.append(element("a", { class: "back", href: "#" }, "← All mails"), element("h2", {}, mail.subject), about);
  if (FATES[mail.fate]) head.append(element("p", {}, element("span", { class: "tag bad" }, FATES[mail.fate])));
  head.append(tabs);
  place.replaceChildren(head, panel);
  place.scrollTop = 0;
  choose(chosen);
}

/** Says something where a mail would be. */
export function say(title, text) {
  const empty = element("div", { class: "empty" });
  empty.append(element("h2", {}, title), element("p", {}, text), element("a", { class: "back", href: "#" }, "← All mails"));
  place.replaceChildren(empty);
}

/** Leaves the place empty: the list says why. */
export function nothing() {
  place.replaceChildren();
}

function part(name, mail) {
  if (name === "text") return element("pre", {}, mail.text);
  if (name === "headers") {
    const list = element("dl");
    for (const header of mail.lines) line(list, header.name, header.value);
    return list;
  }
  const frame = element("iframe", {
    title: "The mail",
    sandbox: "allow-same-origin allow-top-navigation-by-user-activation",
    src: `/mailbox/mails/${encodeURIComponent(mail.id)}/html`,
  });
  // As high as the mail, so that the page scrolls and not the frame.
  const fit = () => {
    const root = frame.contentDocument?.documentElement;
    if (!root) return;
    frame.style.height = "0";
    frame.style.height = `${root.scrollHeight}px`;
  };
  frame.addEventListener("load", () => {
    fit();
    new ResizeObserver(fit).observe(place);
  });
  return frame;
}

function line(list, name, value) {
  list.append(element("dt", {}, name), element("dd", {}, value));
}
