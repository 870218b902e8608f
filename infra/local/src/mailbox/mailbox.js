// The list of mails: asks for news every other second, filters by recipient, opens what the address names.

import { element, moment } from "./dom.js";
import { nothing, say, show } from "./mail.js";

const EVERY = 1500;
const READ = "portico-mailbox-read";
const $ = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 46.01rem)");
const read = new Set(JSON.parse(localStorage.getItem(READ) ?? "[]"));
let mails = [];
let version = "";
let opened = null;

async function look() {
  if (!document.hidden) {
    for (const time of document.querySelectorAll(".entry time")) time.textContent = moment(time.dateTime);
    try {
      const known = version;
      const response = await fetch("/mailbox/mails", { headers: known ? { "if-none-match": known } : {}, cache: "no-store" });
      const items = response.status === 200 ? (await response.json()).items : null;
      // An answer from before the mailbox was emptied is no news.
      if (items && version === known) {
        if (known && items.length > mails.length) $("told").textContent = `New mail: ${items[0].subject}`;
        version = response.headers.get("etag") ?? "";
        mails = items;
        draw();
      } else if (!response.ok && response.status !== 304) throw new Error(response.statusText);
      $("lost").hidden = true;
    } catch {
      $("lost").hidden = false;
      version = "";
    }
  }
  setTimeout(look, EVERY);
}

function draw() {
  const wanted = $("to").value.trim().toLowerCase();
  const shown = mails.filter((mail) => mail.to.some((to) => to.toLowerCase().includes(wanted)));
  const focused = document.activeElement?.closest?.(".entry")?.hash;
  $("list").replaceChildren(...shown.map(entry));
  if (focused) $("list").querySelector(`[href="${focused}"]`)?.focus();
  $("none").hidden = mails.length > 0;
  $("no-match").hidden = shown.length > 0 || mails.length === 0;
  $("empty").hidden = mails.length === 0;
  $("known").replaceChildren(...[...new Set(mails.flatMap((mail) => mail.to))].sort().map((to) => element("option", { value: to })));
  const unread = mails.filter((mail) => !read.has(mail.id)).length;
  document.title = `${unread ? `(${unread}) ` : ""}Mailbox · Portico`;
  if (!location.hash && wide.matches && shown.length) open(shown[0].id);
  else if (!opened) rest();
}

function entry(mail) {
  const link = element("a", { class: "entry", href: `#${mail.id}` });
  if (!read.has(mail.id)) link.classList.add("unread");
  if (mail.id === opened) link.setAttribute("aria-current", "true");
  link.append(
    element("span", { class: "to" }, mail.to.join(", ")),
    element("time", { datetime: mail.at, title: moment(mail.at, true) }, moment(mail.at)),
    element("span", { class: "subject" }, mail.subject),
    element("span", { class: "preview" }, mail.preview),
  );
  if (mail.fate !== "delivered") link.append(element("span", { class: "tag bad" }, mail.fate[0].toUpperCase() + mail.fate.slice(1)));
  return element("li", {}, link);
}

/** Opens a mail without leaving a step to go back to: nobody asked for it. */
function open(id) {
  history.replaceState(null, "", `${location.pathname}${location.search}#${id}`);
  follow();
}

function follow() {
  opened = location.hash.slice(1) || null;
  document.body.toggleAttribute("data-open", Boolean(opened));
  if (opened) {
    read.add(opened);
    localStorage.setItem(READ, JSON.stringify([...read].slice(-2000)));
    show(opened);
  } else rest();
  draw();
  $("list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function rest() {
  if (mails.length) say("Choose a mail", "It is shown here as its reader sees it.");
  else nothing();
}

$("to").value = new URLSearchParams(location.search).get("to") ?? "";
$("to").addEventListener("input", () => {
  const query = $("to").value.trim() ? `?to=${encodeURIComponent($("to").value.trim())}` : "";
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
  draw();
});
$("all").addEventListener("click", () => {
  $("to").value = "";
  $("to").dispatchEvent(new Event("input"));
  $("to").focus();
});
$("list").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const entries = [...$("list").querySelectorAll(".entry")];
  const next = step && entries[entries.indexOf(document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
$("empty").addEventListener("click", () => $("sure").showModal());
$("sure").addEventListener("close", async () => {
  if ($("sure").returnValue !== "yes") return;
  $("sure").returnValue = "";
  await fetch("/mailbox/mails", { method: "DELETE" });
  mails = [];
  version = "emptied";
  open("");
});
addEventListener("hashchange", follow);
if (location.hash) follow();
look();
