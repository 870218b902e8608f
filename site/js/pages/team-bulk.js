// Inviting many people by a table: checked first, line by line; then invited one by one, so that it can be stopped and
// gone on with, and nobody is invited twice.

import { api, Problem } from "../lib/api.js";
import { explain, explainField, onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { refusal } from "../lib/refusal.js";
import { save } from "../lib/save.js";
import { me, showBarred } from "../lib/session.js";
import { fullName } from "../lib/team.js";
import { csvField } from "../parts/csv-field.js";

/** @typedef {import("../types.d.ts").BulkRow} Row */
/** @typedef {import("../types.d.ts").FieldError} FieldError */

const LANGUAGES = /** @type {Record<string, string>} */ ({ en: "English", fr: "Français", de: "Deutsch" });

const result = /** @type {HTMLElement} */ (document.getElementById("result"));
const csv = /** @type {HTMLTextAreaElement} */ (document.getElementById("csv"));
const button = (/** @type {string} */ act) =>
  /** @type {HTMLButtonElement} */ (document.querySelector(`[data-act=${act}]`));

/** Who was invited from this page, by address: a table that is checked again must not count them as mistakes. */
const invited = new Set();
/** Those of the table who can be invited and are not yet, and those whom the API refused then. */
/** @type {Row[]} */
let waiting = [];
/** @type {{row: Row, why: string}[]} */
let failed = [];
/** How many were invited since the table was checked. */
let done = 0;
let running = false;

const key = (/** @type {Row} */ { email }) => email.toLowerCase();

function when(/** @type {string} */ name, /** @type {boolean} */ is) {
  for (const part of result.querySelectorAll(`[data-when=${name}]`)) {
    part.toggleAttribute("hidden", !is);
  }
}

/** Which column, and what is wrong there. */
function problemLine(/** @type {string} */ field, /** @type {Omit<FieldError, "pointer">} */ error) {
  const words = explainField("", { pointer: "", ...error });
  return html`<li><b>${t(`bulk.field.${field}`)}</b> <span class="soft">·</span> ${words}</li>`;
}

const person = (/** @type {Row} */ row) =>
  html`<b>${fullName(row).trim() || "–"}</b><br><span class="small soft long">${row.email || "–"}</span>`;

const line = (/** @type {Row} */ row, /** @type {string} */ label, /** @type {unknown} */ what) => html`<tr>
    <td class="lead">${person(row)}</td>
    <td class="num" data-label="${t("bulk.col_line")}">${row.line}</td>
    <td class="words" data-label="${label}"><div>${what}</div></td>
  </tr>`;

const goodLine = (/** @type {Row} */ row) => html`<tr>
    <td class="lead">${person(row)}</td>
    <td class="num" data-label="${t("bulk.col_line")}">${row.line}</td>
    <td data-label="${t("bulk.col_role")}">${t(`role.${row.role}`)}</td>
    <td data-label="${t("bulk.col_language")}">${LANGUAGES[row.language]}</td>
  </tr>`;

/** What the page says of the people who can be invited, before, while and after they are. */
function showGood() {
  const count = waiting.length;
  const begun = done > 0 || failed.length > 0;
  fill(result, "title", t(begun ? "bulk.happened" : "bulk.result"));
  when("good", running || count > 0);
  when("running", running);
  when("done", done > 0 && !running);
  when("failed", failed.length > 0);
  fill(result, "good", t("bulk.good", { count }));
  fill(result, "invite", t(begun ? "bulk.rest" : "bulk.invite", { count }));
  fill(result, "done", t("bulk.done", { count: done }));
  fill(result, "failed", t("bulk.failed", { count: failed.length }));
  fills(result, "good-rows")[0].replaceChildren(...waiting.map(goodLine));
  fills(result, "failed-rows")[0].replaceChildren(...failed.map(({ row, why }) => line(row, t("bulk.col_why"), why)));
  button("invite").hidden = running || count === 0;
  button("stop").hidden = !running;
  csv.readOnly = running;
}

async function check(/** @type {Record<string, string>} */ { csv: text }) {
  /** @type {{rows: Row[]}} */
  const { rows } = await api("POST", "/api/team/invitations/dry-runs", { body: { csv: text } });
  const others = rows.filter((it) => !invited.has(key(it)));
  const bad = others.filter((it) => it.problems.length > 0);
  waiting = others.filter((it) => it.problems.length === 0);
  failed = [];
  done = 0;
  when("nobody", rows.length === 0);
  when("bad", bad.length > 0);
  fill(result, "bad", t("bulk.bad", { count: bad.length }));
  fill(result, "bad-help", t(waiting.length > 0 ? "bulk.bad_help" : "bulk.none_good"));
  fills(result, "bad-rows")[0].replaceChildren(
    ...bad.map((row) =>
      line(
        row,
        t("bulk.col_problem"),
        html`<ul>${row.problems.map(({ field, ...it }) => problemLine(field, it))}</ul>`,
      ),
    ),
  );
  fill(result, "already", t("bulk.already", { count: rows.length - others.length }));
  fills(result, "already")[0].hidden = rows.length === others.length;
  fill(result, "progress", "");
  showGood();
  result.hidden = false;
  document.getElementById("result-title")?.focus();
}

/** Why one could not be invited: what is wrong at its fields, else with the whole. */
function why(/** @type {unknown} */ cause) {
  return cause instanceof Problem && cause.errors.length > 0
    ? cause.errors.map((it) => explainField("", it)).join(" ")
    : explain(cause);
}

/** Refusals that are about this one person; any other would meet the next person too. */
const isTheirs = (/** @type {unknown} */ cause) => cause instanceof Problem && [409, 422].includes(cause.status);

async function invite() {
  const count = waiting.length;
  const [bar] = /** @type {NodeListOf<HTMLProgressElement>} */ (result.querySelectorAll("progress"));
  const hold = (/** @type {Event} */ event) => event.preventDefault();
  const release = () => window.removeEventListener("beforeunload", hold);
  window.addEventListener("beforeunload", hold);
  document.addEventListener("portico:leave", release, { once: true });
  running = true;
  showGood();
  button("stop").focus();
  bar.max = count;
  let halted = "";
  for (let tried = 0; running && waiting.length > 0; ) {
    bar.value = tried;
    fill(result, "progress", t("bulk.progress", { done: tried, count }));
    const [row] = waiting;
    const { line: _, problems: __, job_title, phone, ...body } = row;
    try {
      await api("POST", "/api/team/invitations", {
        body: { ...body, job_title: job_title || null, phone: phone || null },
      });
      invited.add(key(row));
      done += 1;
    } catch (cause) {
      if (!isTheirs(cause)) {
        halted = explain(cause);
        break;
      }
      failed.push({ row, why: why(cause) });
    }
    waiting.shift();
    tried += 1;
  }
  running = false;
  release();
  const left = { count: waiting.length, why: halted };
  fill(result, "progress", left.count > 0 ? t(halted ? "bulk.halted" : "bulk.stopped", left) : "");
  showGood();
  document.getElementById("result-title")?.focus();
}

export default async function teamBulk() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  if (!who.may.includes("manage_members")) {
    // Why not is the API's to say: it knows whether the area is off, or the person no manager.
    const cause = await api("GET", "/api/team/people").catch((problem) => problem);
    fills(document, "instead")[0].replaceChildren(
      html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-pause"></use></svg><h1>${t("list.refused_title")}</h1>${cause instanceof Problem && refusal(cause)}</div>`,
    );
    fills(document, "instead")[0].hidden = false;
    showStep(document, "");
    return;
  }
  onSubmit(/** @type {HTMLFormElement} */ (document.getElementById("bulk-form")), check);
  csvField(csv);
  // What was said of the table before is true no longer.
  csv.addEventListener("input", () => {
    result.hidden = true;
  });
  button("invite").addEventListener("click", invite);
  button("stop").addEventListener("click", () => {
    running = false;
  });
  button("example").addEventListener("click", () =>
    save("invite-example.csv", "text/csv", document.getElementById("example")?.textContent ?? ""),
  );
}
