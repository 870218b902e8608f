// Finding an account: by name, customer number, serial number or e-mail address. And inviting every owner at once.

import { api } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").AccountRow} AccountRow */

const section = /** @type {HTMLElement} */ (document.getElementById("accounts"));
const form = /** @type {HTMLFormElement} */ (section.querySelector(".list-bar form"));
const query = /** @type {HTMLInputElement} */ (document.getElementById("query"));

/** The state of an account as a tag. */
function state(/** @type {AccountRow["status"]} */ status) {
  return status === "active"
    ? html`<span class="tag good">${t("account.active")}</span>`
    : html`<span class="${status === "suspended" ? "tag bad" : "tag"}">${t(status === "suspended" ? "account.suspended" : "account.closed")}</span>`;
}

const row = (/** @type {AccountRow} */ it) => html`<tr>
    <td class="mark-cell" data-label="${t("console.col_choose")}"><input type="checkbox" value="${it.id}" aria-label="${t("console.choose_label", { name: it.name })}"></td>
    <td class="lead"><a class="name" href="${to("console-account")}?id=${it.id}">${it.name}</a></td>
    <td data-label="${t("console.col_number")}"><span class="mono">${it.number}</span></td>
    <td data-label="${t("console.col_kind")}">${t(`kind.${it.kind}`)}</td>
    <td data-label="${t("licenses.col_state")}">${state(it.status)}</td>
  </tr>`;

/** Who has the address that was looked for; they may belong to several accounts, or to none. */
function showPerson(/** @type {import("../types.d.ts").StaffPerson | null} */ person) {
  const [line] = fills(document, "person");
  line.hidden = person === null;
  if (person) {
    const name = `${person.first_name} ${person.last_name}`;
    line.textContent = t("console.person", { name, email: person.email });
  }
}

/** Page by page, so that no call is long and a broken one goes on where it stopped. */
async function inviteAll() {
  let cursor = null;
  const sum = { invited: 0, already: 0 };
  do {
    /** @type {{invited: number, already: number, next: string | null}} */
    const done = await api("POST", "/api/staff/invitations", { body: { all: true, ...(cursor && { cursor }) } });
    sum.invited += done.invited;
    sum.already += done.already;
    cursor = done.next;
    fill(document, "invite-progress", t("console.invited", { count: sum.invited }));
  } while (cursor);
  toast(t("console.invited", { count: sum.invited }));
}

/** As many as one call takes. */
const MOST = 25;

/** The owners of the accounts that are marked on this page. */
function invitingChosen() {
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-act=invite-chosen]"));
  const marked = () => /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll("tbody input:checked")]);
  const show = () => {
    const count = marked().length;
    button.hidden = count === 0;
    fill(document, "invite-chosen", t("console.invite_chosen", { count }));
  };
  section.addEventListener("change", show);
  button.addEventListener("click", async () => {
    button.ariaBusy = "true";
    const ids = marked().map((it) => it.value);
    let invited = 0;
    try {
      for (let from = 0; from < ids.length; from += MOST) {
        const body = { accounts: ids.slice(from, from + MOST) };
        /** @type {{invited: number}} */
        const done = await api("POST", "/api/staff/invitations", { body });
        invited += done.invited;
      }
      for (const it of marked()) {
        it.checked = false;
      }
      toast(t("console.invited", { count: invited }));
    } catch (cause) {
      toast(explain(cause));
    }
    button.ariaBusy = null;
    show();
  });
  return show;
}

export default async function accounts() {
  const showChosen = invitingChosen();
  const list = listPage({
    within: section,
    usual: { query: "" },
    path: (view) => `/api/staff/accounts${view.query ? `?query=${encodeURIComponent(view.query)}` : ""}`,
    rows: ({ items, person }) => {
      showPerson(person);
      queueMicrotask(showChosen);
      return items.map(row);
    },
    count: ({ items }) => t("console.count", { count: items.length }),
    controls: (view) => {
      query.value = view.query;
    },
    empty: ({ person }, view) => {
      showPerson(person);
      return view.query
        ? html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-search"></use></svg><h2>${t("console.none_title", { query: view.query })}</h2><p>${t("console.none")}</p><a class="button" href="${location.pathname}">${t("console.all")}</a></div>`
        : html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="#icon-people"></use></svg><h2>${t("console.empty_title")}</h2><p>${t("console.empty")}</p></div>`;
    },
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.go({ query: query.value.trim() });
  });
  formDialog("invite-all", inviteAll, { opened: () => fill(document, "invite-progress", "") });
  await list.loaded;
}
