// Who has a seat of a license; giving seats, taking them back, and passing one on.

import { api, Problem } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { fill, fills, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").LicenseDetails} LicenseDetails */
/** @typedef {{id: string, name: string, email: string}} Person */
/** @typedef {Person & {assigned: boolean, active: boolean}} Candidate */

/** Who is chosen in a dialog: nobody is a mistake, told like any. */
function chosen(/** @type {HTMLFormElement} */ form) {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input:checked"));
  if (inputs.length === 0) {
    throw new Problem(422, { code: "invalid_fields", errors: [{ pointer: "/users", code: "required" }] });
  }
  return [...inputs].map((it) => it.value);
}

/** @param {LicenseDetails} license */
export function seatList(license) {
  const path = `/api/licenses/${encodeURIComponent(license.id)}`;
  const [holders] = fills(document, "holders");
  const [bar] = /** @type {HTMLProgressElement[]} */ (fills(document, "seats-bar"));
  const heading = /** @type {HTMLElement} */ (document.getElementById("seats-title"));
  const assign = /** @type {HTMLButtonElement} */ (document.querySelector("[data-opens=assign-seats]"));
  const seats = { used: license.seats?.used ?? 0, total: license.seats?.total ?? 1 };
  /** @type {Person} */
  let person;

  function count() {
    const free = seats.total - seats.used;
    fill(document, "seats-words", t(free > 0 ? "seats.used" : "licenses.seats_full", { ...seats, count: free }));
    fill(document, "free", t("seats.free", { count: free }));
    bar.max = seats.total;
    bar.value = seats.used;
    bar.classList.toggle("full", free <= 0);
    assign.hidden = free <= 0 || license.state === "ended";
  }

  /** After a change: what is in use now, said by the license itself. */
  async function again(/** @type {string} */ said) {
    const [{ seats: now }] = await Promise.all([api("GET", path), reload()]);
    Object.assign(seats, now);
    count();
    heading.focus();
    toast(said);
  }

  const act = (/** @type {Person} */ it, /** @type {{open: () => void}} */ to) => () => {
    person = it;
    to.open();
  };

  const row = (/** @type {Person} */ it) => html`<tr>
      <td class="lead"><b>${it.name}</b><br><span class="small soft long">${it.email}</span></td>
      <td class="acts"><div><button class="button small" type="button" aria-label="${t("seats.move_label", { name: it.name })}" @click="${act(it, move)}">${t("seats.move")}</button>
      <button class="button small" type="button" aria-label="${t("seats.release_label", { name: it.name })}" @click="${act(it, release)}">${t("seats.release")}</button></div></td>
    </tr>`;

  const release = formDialog(
    "release-seat",
    async () => {
      await api("POST", `${path}/seats/releases`, { body: { users: [person.id] } });
      await again(t("seats.released", { name: person.name }));
    },
    { opened: () => fill(document, "release-title", t("seats.release_title", { name: person.name })) },
  );

  const move = formDialog(
    "move-seat",
    async () => {
      const [receiver] = chosen(move.form);
      await api("POST", `${path}/seats/moves`, { body: { from: person.id, to: receiver } });
      await again(t("seats.moved", { name: person.name }));
    },
    {
      opened: () => {
        fill(document, "move-title", t("seats.move_title", { name: person.name }));
        moreList(fills(document, "receivers")[0], { path: `${path}/candidates`, row: choice("radio"), empty: nobody });
      },
    },
  );

  const nobody = () => html`<li class="soft">${t("seats.nobody")}</li>`;

  const choice = (/** @type {"radio" | "checkbox"} */ type) => (/** @type {Candidate} */ it) =>
    html`<li>
      <label class="choice"><input type="${type}" name="${type === "radio" ? "to" : `user-${it.id}`}" value="${it.id}" disabled="${it.assigned || !it.active}">
      <span><b>${it.name}</b><span class="small soft long">${it.email}</span></span>
      ${it.assigned && html`<span class="tag plain">${t("seats.has_one")}</span>`}${!it.active && html`<span class="tag plain">${t("seats.inactive")}</span>`}</label></li>`;

  const assigning = formDialog(
    "assign-seats",
    async () => {
      const users = chosen(assigning.form);
      await api("PUT", `${path}/seats`, { body: { users } });
      await again(t("seats.assigned", { count: users.length }));
    },
    {
      opened: () => {
        const [candidates] = fills(document, "candidates");
        moreList(candidates, { path: `${path}/candidates`, row: choice("checkbox"), empty: nobody });
      },
    },
  );

  const reload = moreList(holders, {
    path: `${path}/seats`,
    row,
    empty: () => html`<tr class="none"><td colspan="2"><p class="soft">${t("seats.none")}</p></td></tr>`,
  });
  count();
}
