// An order at the console: recording one; and one that is there, with what can be done about it.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { contractEnd, stateTag, typeName } from "../lib/license.js";
import { today } from "../lib/save.js";
import { me, showBarred } from "../lib/session.js";
import { toast, toastLater } from "../lib/toast.js";
import { addLine, typedLines } from "../parts/order-lines.js";

/** @typedef {import("../types.d.ts").OrderDetails} OrderDetails */
/** @typedef {import("../types.d.ts").OrderLine} OrderLine */

const query = new URLSearchParams(location.search);
const number = query.get("number") ?? "";
// A `/` of a number is written `~` in a path.
const path = `/api/staff/orders/${encodeURIComponent(number.replaceAll("/", "~"))}`;
const form = /** @type {HTMLFormElement} */ (document.getElementById("order-form"));
const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

const CODES = { unused: "orders.code_unused", used: "orders.code_used", cancelled: "orders.code_cancelled" };

async function products() {
  /** @type {{code: string, name: string}[]} */
  const all = [];
  let cursor = "";
  do {
    /** @type {{items: {code: string, name: string}[], next: string | null}} */
    const { items, next } = await api("GET", `/api/staff/products${cursor && `?cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...items);
    cursor = next ?? "";
  } while (cursor);
  return all;
}

async function record() {
  const known = await products();
  input("account").value = query.get("account") ?? "";
  input("date").value = today();
  addLine(known);
  document.querySelector("[data-act=add-line]")?.addEventListener("click", () => addLine(known));
  onSubmit(form, async ({ number: of, account, date: on, purchase_order, invoice_url }) => {
    const whole = { number: of, account, date: on, lines: typedLines() };
    const body = { ...whole, ...(purchase_order && { purchase_order }), ...(invoice_url && { invoice_url }) };
    await api("POST", "/api/staff/orders", { body });
    toastLater(t("orders.recorded", { number: of }));
    location.assign(`${to("console-order")}?number=${encodeURIComponent(of)}`);
  });
}

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value}</dd></div>`;

/** @type {OrderLine} */
let chosen;

/** The revision that a change is made from: what somebody else changed meanwhile is not overwritten. */
let revision = 0;

const row = (
  /** @type {OrderLine} */ it,
  /** @type {boolean} */ alive,
) => html`<tr class="${it.state === "cancelled" ? "over" : ""}">
    <td class="lead"><b>${it.product.name}</b><br><span class="small soft">${typeName(it)}</span></td>
    <td data-label="${t("licenses.col_serial")}"><span class="mono">${it.serial_number}</span></td>
    <td class="num" data-label="${t("licenses.col_seats")}">${t("licenses.seats", { used: it.seats.used, total: it.seats.total })}</td>
    <td data-label="${t("licenses.col_end")}">${contractEnd(it)}</td>
    <td data-label="${t("licenses.col_state")}">${stateTag(it)}</td>
    <td class="acts"><div>${alive && it.state !== "cancelled" && html`<button class="button small" type="button" aria-label="${t("orders.amend_label", { serial: it.serial_number })}" @click="${() => openLine(it)}">${t("orders.amend")}</button>`}</div></td>
  </tr>`;

const amend = formDialog("amend-line", async ({ seats, ends_on, maintenance_ends_on }) => {
  const line = {
    line: chosen.line,
    seats: Number(seats),
    ends_on: ends_on || null,
    maintenance_ends_on: maintenance_ends_on || null,
  };
  await api("PATCH", path, { body: { revision, lines: [line] } });
  await load();
  toast(t("orders.amended", { serial: chosen.serial_number }));
});

/** @type {OrderDetails} */
let shown;

const amendOrder = formDialog(
  "amend-order",
  async ({ purchase_order, invoice_url }) => {
    await api("PATCH", path, { body: { revision, purchase_order, invoice_url } });
    await load();
    toast(t("orders.order_amended", { number: shown.number }));
  },
  {
    opened: () => {
      for (const name of /** @type {const} */ (["purchase_order", "invoice_url"])) {
        /** @type {HTMLInputElement} */ (amendOrder.form.elements.namedItem(name)).value = shown[name] ?? "";
      }
    },
  },
);

function openLine(/** @type {OrderLine} */ it) {
  chosen = it;
  amend.open();
  fill(document, "amend-title", t("orders.amend_label", { serial: it.serial_number }));
  const of = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (amend.form.elements.namedItem(name));
  of("seats").value = String(it.seats.total);
  of("ends_on").value = it.ends_on ?? "";
  of("maintenance_ends_on").value = it.maintenance_ends_on ?? "";
}

function show(/** @type {OrderDetails} */ it) {
  const alive = !it.cancelled_on;
  revision = it.revision;
  shown = it;
  fill(document, "title", t("orders.title", { number: it.number }));
  fill(document, "lead", it.cancelled_on ? t("orders.was_cancelled", { date: date(it.cancelled_on) }) : "");
  fills(document, "facts")[0].replaceChildren(
    fact(
      t("desk.col_account"),
      html`<a href="${to("console-account")}?id=${it.account.id}">${it.account.name}</a> <span class="mono soft">${it.account.number}</span>`,
    ),
    fact(t("orders.date"), date(it.date)),
    ...(it.purchase_order ? [fact(t("orders.purchase_order"), it.purchase_order)] : []),
    ...(it.invoice_url
      ? [
          fact(
            t("license.invoice"),
            html`<a href="${it.invoice_url}" rel="noreferrer">${t("license.invoice_open")}</a>`,
          ),
        ]
      : []),
    ...(it.cancelled_because ? [fact(t("request.reason"), it.cancelled_because)] : []),
    ...(it.activation_code ? [fact(t("orders.code"), t(CODES[it.activation_code]))] : []),
  );
  fills(document, "shown-lines")[0].replaceChildren(...it.lines.map((line) => row(line, alive)));
  fill(document, "cancel-title", t("orders.cancel_title", { number: it.number }));
  document.querySelector("[data-when=alive]")?.toggleAttribute("hidden", !alive);
  document.querySelector("[data-when=unused]")?.toggleAttribute("hidden", it.activation_code !== "unused");
  document.title = t("orders.title", { number: it.number });
}

async function load() {
  show(await api("GET", path));
  showStep(document, "shown");
}

async function mailAgain(/** @type {Event} */ event) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  toast(await api("POST", `${path}/activation-mail`, { body: {} }).then(() => t("orders.mailed_again"), explain));
  button.ariaBusy = null;
}

export default async function order() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  document.querySelector("[data-act=mail-again]")?.addEventListener("click", mailAgain);
  formDialog("cancel-order", async ({ reason }) => {
    await api("PUT", `${path}/cancellation`, { body: { reason } });
    await load();
    toast(t("orders.cancelled", { number }));
  });
  try {
    await (number ? load() : record());
  } catch (cause) {
    const back = html`<a class="button" href="${to("console-order")}">${t("orders.record")}</a>`;
    fill(
      document,
      "instead",
      html`<div class="sheet empty" role="alert"><h2>${number ? t("orders.none", { number }) : t("list.error_title")}</h2><p>${explain(cause)}</p>${back}</div>`,
    );
    fills(document, "instead")[0].hidden = false;
    showStep(document, "");
  }
}
