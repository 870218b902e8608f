// One new person: invited by mail, or added with an initial password that is handed over.

import { api, Problem } from "../lib/api.js";
import { onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { language, t } from "../lib/i18n.js";
import { handOver } from "../lib/initial-password.js";
import { refusal } from "../lib/refusal.js";
import { me, showBarred } from "../lib/session.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("invite-form"));
const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
const chosen = (/** @type {string} */ name) => String(new FormData(form).get(name) ?? "");
const PERMISSIONS = ["view_orders", "manage_licenses"];

/** What of a name is typed on any keyboard: Zoë Faß is zoe.fass. */
const plain = (/** @type {string} */ name) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "");

let suggested = "";

/** Suggests a user name as long as nobody typed another. */
function suggest() {
  const field = input("user_name");
  const name = [input("first_name").value, input("last_name").value].map(plain).filter(Boolean).join(".").slice(0, 32);
  if (field.value === suggested) {
    suggested = name;
    field.value = name;
  }
}

/** Shows what belongs to what is chosen. */
function adapt() {
  const byPassword = chosen("way") === "password";
  document.querySelector("[data-when=permissions]")?.toggleAttribute("hidden", chosen("role") !== "member");
  document.querySelector("[data-when=by-password]")?.toggleAttribute("hidden", !byPassword);
  input("user_name").required = byPassword;
  fill(form, "submit", t(byPassword ? "invite.submit_password" : "invite.submit"));
  suggest();
}

async function send(/** @type {Record<string, string>} */ typed) {
  const { first_name, last_name, email, job_title, phone, user_name, password } = typed;
  const role = chosen("role");
  const person = {
    first_name,
    last_name,
    email,
    job_title: job_title || null,
    phone: phone || null,
    role,
    permissions: role === "member" ? PERMISSIONS.filter((it) => input(it).checked) : [],
    language: typed.language,
  };
  if (chosen("way") === "mail") {
    await api("POST", "/api/team/invitations", { body: person });
    fill(document, "sent", t("invite.sent", { name: `${first_name} ${last_name}`, email }));
    showStep(document, "sent");
  } else {
    const given = await api("POST", "/api/team/members", {
      body: { ...person, user_name, password: password || null },
    });
    fill(document, "added-title", t("invite.added", { name: `${first_name} ${last_name}` }));
    // Not by `fill`, which clones: the buttons that copy listen.
    fills(document, "given")[0].replaceChildren(handOver(given));
    showStep(document, "added");
  }
}

/** The form again, for another person; role and permissions stay as they were chosen. */
function another() {
  for (const name of ["first_name", "last_name", "email", "job_title", "phone", "user_name", "password"]) {
    input(name).value = "";
  }
  suggested = "";
  adapt();
  showStep(document, "form");
  input("first_name").focus();
}

export default async function teamInvite() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  if (!who.may.includes("manage_members")) {
    // Why not is the API's to say: it knows whether the area is off, or the person no manager.
    const cause = await api("GET", "/api/team/people").catch((problem) => problem);
    const words = cause instanceof Problem ? refusal(cause) : "";
    document
      .querySelector("[data-step=form]")
      ?.replaceChildren(
        html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-pause"></use></svg><h1>${t("list.refused_title")}</h1>${words}</div>`,
      );
    return;
  }
  const makes = who.may.includes("make_managers");
  document.querySelector("[data-when=make_managers]")?.toggleAttribute("hidden", !makes);
  document.querySelector("[data-when=own_managers]")?.toggleAttribute("hidden", makes);
  fill(document, "user-name-hint", t("team.user_name_hint", { number: who.account?.number ?? "" }));
  /** @type {HTMLInputElement} */ (document.getElementById("company")).value = who.account?.name ?? "";
  input("language").value = language;
  const query = new URLSearchParams(location.search);
  for (const name of ["first_name", "last_name", "email"]) {
    input(name).value ||= query.get(name) ?? "";
  }
  form.addEventListener("input", adapt);
  adapt();
  onSubmit(form, send);
  for (const button of document.querySelectorAll("[data-act=another]")) {
    button.addEventListener("click", another);
  }
}
