// The lines of an order being recorded: what is bought, of what type, for how many, until when.

import { fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";

const TYPES = ["subscription", "perpetual", "trial", "demo"];

/** How many lines were made; each field's id is its own. */
let made = 0;

const field = (
  /** @type {number} */ n,
  /** @type {string} */ name,
  /** @type {string} */ label,
  /** @type {string} */ type,
  optional = true,
) => html`<div class="field">
    <label for="${`line-${n}-${name}`}">${label} ${optional && html`<span class="soft">${t("app.optional")}</span>`}</label>
    <input class="input" id="${`line-${n}-${name}`}" type="${type}" data-of="${name}" autocomplete="off" min="${type === "number" ? "1" : null}" required="${!optional}">
  </div>`;

/**
 * Adds a line; the products are those of the vendor.
 * @param {{code: string, name: string}[]} products
 */
export function addLine(products) {
  const n = made;
  made += 1;
  const options = products.map((it) => html`<option value="${it.code}">${it.name}</option>`);
  const types = TYPES.map((it) => html`<option value="${it}">${t(`type.${it}`)}</option>`);
  const line = html`<fieldset class="order-line stack-s">
      <legend><h2>${t("orders.line")}</h2></legend>
      <div class="pair">
        <div class="field"><label for="${`line-${n}-product`}">${t("licenses.col_product")}</label><select class="input" id="${`line-${n}-product`}" data-of="product">${options}</select></div>
        <div class="field"><label for="${`line-${n}-type`}">${t("usage.col_type")}</label><select class="input" id="${`line-${n}-type`}" data-of="type">${types}</select></div>
      </div>
      <div class="pair">${field(n, "seats", t("licenses.col_seats"), "number", false)}${field(n, "serial_number", t("licenses.col_serial"), "text")}</div>
      ${field(n, "converts", t("orders.converts"), "text")}
      <div class="triple">${field(n, "starts_on", t("license.starts"), "date", false)}${field(n, "ends_on", t("licenses.col_end"), "date")}${field(n, "maintenance_ends_on", t("license.maintenance"), "date")}</div>
      <div><button class="button small" type="button" @click="${remove}">${t("orders.remove_line")}</button></div>
    </fieldset>`;
  const [box] = fills(document, "lines");
  box.append(line);
  name();
}

function remove(/** @type {Event} */ event) {
  const [box] = fills(document, "lines");
  if (box.childElementCount > 1) {
    /** @type {HTMLElement} */ (event.currentTarget).closest("fieldset")?.remove();
    name();
  }
}

/** The fields are named by where the line stands, as the API's refusals point at them. */
function name() {
  for (const [index, line] of [...fills(document, "lines")[0].children].entries()) {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (line.querySelectorAll("[data-of]"))) {
      input.name = `lines/${index}/${input.dataset.of}`;
      input.dataset.words = input.dataset.of;
    }
  }
}

/** The lines as the API takes them. */
export function typedLines() {
  return [...fills(document, "lines")[0].children].map((line) => {
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (line.querySelectorAll("[data-of]"));
    const typed = [...inputs].map((it) => [it.dataset.of, it.type === "number" ? Number(it.value) : it.value.trim()]);
    return Object.fromEntries(typed.filter(([, value]) => value !== ""));
  });
}
