// How hard a new password is to guess, told while it is typed. A help, not a judge: the server decides, with a list of
// common words that would be too long for a page.

import { t } from "../lib/i18n.js";

/** The least bits of each step; below the first the server refuses (credentials::guessable). */
const STEPS = [33, 50, 66];
const WORDS = ["password.weak", "password.enough", "password.strong", "password.very_strong"];

/** What a piece is worth in bits: something known or said before, a run such as `aaaa` or `1234`, a letter of a word. */
const KNOWN = 3;
const AGAIN = 1;
const RUN = 7;
const LETTER = 2.25;
const DIGIT = 3.3;
const SIGN = 4.7;

/** A reader hears the step once typing rests. */
const REST_MS = 700;

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjklzxcvbnm",
];
const WAYS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(""))];

/** How long a run begins here. */
function run(/** @type {string} */ rest) {
  const same = rest.match(/^(.)\1*/u)?.[0].length ?? 0;
  const along = WAYS.map((row) => {
    const from = row.indexOf(rest[0]);
    let length = 1;
    while (from >= 0 && length < rest.length && row[from + length] === rest[length]) {
      length += 1;
    }
    return length;
  });
  return Math.max(same, ...along);
}

/** The longest that begins here and was there before. */
function again(/** @type {string} */ text, /** @type {number} */ at) {
  let length = 0;
  while (at + length < text.length && text.slice(0, at).includes(text.slice(at, at + length + 1))) {
    length += 1;
  }
  return length;
}

/** The bits it takes somebody to guess a text who knows some words of this person. */
export function bits(/** @type {string} */ password, /** @type {string[]} */ known) {
  const text = password.toLowerCase();
  let sum = 0;
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const named = Math.max(0, ...known.filter((word) => rest.startsWith(word)).map((word) => word.length));
    const letter = /^\d/.test(rest) ? DIGIT : /^\p{Script=Latin}/u.test(rest) ? LETTER : SIGN;
    const pieces = [
      { length: named, worth: KNOWN },
      { length: again(text, at), worth: AGAIN },
      { length: run(rest), worth: RUN },
    ].filter(({ length }) => length >= 3);
    const piece = pieces.sort((one, other) => other.length - one.length)[0] ?? { length: 1, worth: letter };
    sum += piece.worth;
    at += piece.length;
  }
  return sum;
}

/** What anybody would try first: what form and page say of the person, and the vendor's name. */
function known(/** @type {HTMLInputElement} */ input) {
  const fields = /** @type {HTMLInputElement[]} */ ([...(input.form?.elements ?? [])]);
  const typed = fields.filter((it) => ["text", "email"].includes(it.type)).map((it) => it.value);
  const shown = [...document.querySelectorAll(".mark, [data-fill=name], [data-fill=email]")].map(
    (it) => it.textContent,
  );
  return [...typed, ...shown]
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 3);
}

/** @param {HTMLElement} part */
export default function passwordMeter(part) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById(part.dataset.of ?? ""));
  const [track, words, said] = ["track", "words", "unseen"].map((name) => {
    const span = document.createElement("span");
    span.className = name;
    return span;
  });
  words.ariaHidden = "true";
  said.setAttribute("role", "status");
  part.append(track, words, said);
  const least = Number(input.dataset.min);
  /** @type {number | undefined} */
  let resting;

  function measure() {
    const missing = least - [...input.value].length;
    const step = STEPS.filter((it) => bits(input.value, known(input)) >= it).length;
    const level = input.value === "" ? 0 : missing > 0 ? 1 : step + 1;
    part.dataset.level = String(level);
    part.hidden = level === 0;
    words.textContent = missing > 0 ? t("password.missing", { count: missing }) : t(WORDS[step]);
    clearTimeout(resting);
    resting = setTimeout(() => {
      said.textContent = level === 0 ? "" : words.textContent;
    }, REST_MS);
  }
  input.form?.addEventListener("input", measure);
  input.form?.addEventListener("reset", () => queueMicrotask(measure));
  window.addEventListener("pageshow", measure);
  measure();
}
