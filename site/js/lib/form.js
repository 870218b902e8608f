// A form's way: check, send, and on refusal a summary with the focus and the same words at each field.

import { Problem } from "./api.js";
import { date, has, t, wait } from "./i18n.js";

/** @typedef {HTMLInputElement & {form: HTMLFormElement}} Input */

const title = document.title;

/** The words for a refusal as a whole. */
export function explain(/** @type {unknown} */ cause) {
  if (!(cause instanceof Problem)) {
    console.error(cause);
    return t("problem.internal");
  }
  const seconds = Number(cause.params.seconds);
  const key = `problem.${cause.code}`;
  const on = cause.params.ended_on ? date(String(cause.params.ended_on)) : "";
  const until = cause.params.until ? date(String(cause.params.until)) : "";
  return t(has(key) ? key : "problem.internal", { ...cause.params, wait: seconds ? wait(seconds) : "", on, until });
}

/** The words for a refused field: those for this very field (its name, or its `data-words`) if there are some. */
export function explainField(/** @type {string} */ name, /** @type {import("../types.d.ts").FieldError} */ error) {
  const keys = [`field.${error.code}.${name}`, `field.${error.code}`, "field.wrong_type"];
  return t(keys.find(has) ?? keys[0], error.params);
}

const inputs = (/** @type {HTMLFormElement} */ form) =>
  /** @type {Input[]} */ ([...form.querySelectorAll(":is(input, select, textarea)[name]")]);

/** Whether it is typed anew each time: a password, or a code that is good once. */
const isSecret = (/** @type {Input} */ input) => input.type === "password" || input.autocomplete === "one-time-code";

/** What can be said without asking the server. */
function check(/** @type {Input} */ input) {
  const empty = input.type === "checkbox" ? !input.checked : input.value.trim() === "";
  if (input.required && empty) {
    return { code: "required" };
  }
  if (!empty && input.type === "email" && input.validity.typeMismatch) {
    return { code: "email_invalid" };
  }
  const min = Number(input.dataset.min);
  return !empty && [...input.value].length < min ? { code: "password_too_short", params: { min } } : null;
}

function clear(/** @type {HTMLFormElement} */ form, /** @type {HTMLElement | null} */ summary) {
  document.title = title;
  summary?.setAttribute("hidden", "");
  for (const input of inputs(form)) {
    const error = document.getElementById(`${input.id}-error`);
    if (error) {
      error.remove();
      input.removeAttribute("aria-invalid");
      input.closest(".field")?.classList.remove("wrong");
      input.setAttribute("aria-describedby", (input.getAttribute("aria-describedby") ?? "").replace(/\S+-error ?/, ""));
    }
  }
}

function markField(/** @type {Input} */ input, /** @type {string} */ words) {
  const field = input.closest(".field");
  const error = document.createElement("span");
  error.className = "error";
  error.id = `${input.id}-error`;
  error.textContent = words;
  field?.classList.add("wrong");
  if (input.type === "checkbox") {
    field?.prepend(error);
  } else {
    field?.querySelector("label")?.after(error);
  }
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", `${error.id} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
}

/** Shows errors in the summary and at their fields. A pointer that is no field of this form is told in the summary. */
function show(
  /** @type {HTMLFormElement} */ form,
  /** @type {HTMLElement | null} */ summary,
  /** @type {import("../types.d.ts").FieldError[]} */ errors,
  /** @type {string} */ whole,
) {
  const lines = errors.map((error) => {
    const name = error.pointer.slice(1);
    const input = inputs(form).find((it) => it.name === name);
    const words = explainField(input?.dataset.words ?? name, error);
    const line = document.createElement("li");
    if (!input) {
      line.textContent = words;
      return line;
    }
    markField(input, words);
    const link = document.createElement("a");
    link.href = `#${input.id}`;
    link.textContent = words;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    line.append(link);
    return line;
  });
  if (lines.length === 0) {
    lines.push(Object.assign(document.createElement("li"), { textContent: whole }));
  }
  document.title = t("app.error_title", { title });
  summary?.querySelector("ul")?.replaceChildren(...lines);
  summary?.removeAttribute("hidden");
  summary?.focus();
}

/** Keeps what was typed, but no secret, while a person has to sign in again, and gives it back where it was. */
function keepTyped(/** @type {HTMLFormElement} */ form) {
  const key = `typed.${document.body.dataset.page}.${[...document.forms].indexOf(form)}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  const keepable = inputs(form).filter((it) => !isSecret(it) && it.type !== "checkbox" && it.type !== "radio");
  let typed = kept !== null;
  for (const input of keepable.filter((it) => kept && it.name in kept)) {
    input.value = kept[input.name];
  }
  if (kept) {
    form.closest("details")?.setAttribute("open", "");
    form.closest("dialog")?.showModal();
  }
  sessionStorage.removeItem(key);
  form.addEventListener("input", ({ target }) => {
    typed ||= keepable.some((it) => it === target);
  });
  form.addEventListener("reset", () => {
    typed = false;
  });
  document.addEventListener("portico:leave", () => {
    if (typed) {
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(keepable.map((it) => [it.name, it.value]))));
    }
  });
}

/**
 * Gives a form its way. `send` gets the trimmed values (passwords as typed) and may throw a Problem; then secrets are
 * typed anew, except passwords after a refusal of which `keepsPassword` says that they were right.
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, string>) => Promise<void>} send
 * @param {{keepsPassword?: (problem: Problem) => boolean}} [options]
 */
export function onSubmit(form, send, { keepsPassword = () => false } = {}) {
  const summary = /** @type {HTMLElement | null} */ (
    form.querySelector("[data-summary]") ?? form.parentElement?.querySelector(":scope > [data-summary]") ?? null
  );
  const button = form.querySelector("button[type=submit]");
  keepTyped(form);
  form.addEventListener("reset", () => clear(form, summary));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button?.ariaBusy === "true") {
      return;
    }
    clear(form, summary);
    const missing = inputs(form).flatMap((input) => {
      const error = check(input);
      return error ? [{ pointer: `/${input.name}`, ...error }] : [];
    });
    if (missing.length > 0) {
      show(form, summary, missing, "");
      return;
    }
    button?.setAttribute("aria-busy", "true");
    try {
      const pairs = inputs(form).map((it) => [it.name, it.type === "password" ? it.value : it.value.trim()]);
      await send(Object.fromEntries(pairs));
    } catch (cause) {
      if (cause instanceof Problem && cause.status > 0) {
        const kept = keepsPassword(cause) ? "password" : "";
        for (const input of inputs(form).filter((it) => isSecret(it) && it.type !== kept)) {
          input.value = "";
          input.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
      show(form, summary, cause instanceof Problem ? cause.errors : [], explain(cause));
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });
}
