// The people of the account: members, who is invited, and contacts.

import { api } from "../lib/api.js";
import { customer } from "../lib/customer.js";
import { formDialog } from "../lib/dialog.js";
import { fill, html } from "../lib/html.js";
import { t, to } from "../lib/i18n.js";
import { listPage } from "../lib/list-page.js";
import { me } from "../lib/session.js";
import { fullName, personLines, personState, seen } from "../lib/team.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").Person} Person */
/** @typedef {import("../lib/list-page.js").View} View */

const SORTS = ["name", "-name", "last_sign_in", "-last_sign_in"];
const GROUPS = ["managers", "members", "guests", "invited", "contacts", "inactive"];

const section = /** @type {HTMLElement} */ (document.getElementById("people"));
const form = /** @type {HTMLFormElement} */ (section.querySelector(".list-bar form"));
const search = /** @type {HTMLInputElement} */ (document.getElementById("search"));
const group = /** @type {HTMLSelectElement} */ (document.getElementById("group"));
const exporting = /** @type {HTMLElement} */ (document.querySelector("[data-module=export-list]"));

/** @type {Person | null} */
let contact = null;
/** @type {ReturnType<typeof listPage>} */
let list;

/** What the API is asked for: what it does not know is left out. By sign-in there is one list, of all members. */
function queryOf(/** @type {View} */ view) {
  const query = new URLSearchParams();
  if (GROUPS.includes(view.group)) query.set("group", view.group);
  if (view.search) query.set("search", view.search);
  const whole = !query.has("group") && !view.search;
  const sort = SORTS.includes(view.sort) && (whole || !view.sort.endsWith("last_sign_in")) ? view.sort : SORTS[0];
  if (sort !== SORTS[0]) query.set("sort", sort);
  return { query, sort };
}

function acts(/** @type {Person} */ it) {
  const name = fullName(it);
  if (it.contact === null) return null;
  if (it.invitation !== null) {
    return html`<a class="button small" href="${to("invitations")}">${t("person.see_invitation")}</a>`;
  }
  const invite = `${to("team-invite")}?contact=${encodeURIComponent(it.contact)}&email=${encodeURIComponent(it.email)}&first_name=${encodeURIComponent(it.first_name)}&last_name=${encodeURIComponent(it.last_name)}`;
  return html`<a class="button small" href="${invite}" aria-label="${t("person.invite_label", { name })}">${t("person.invite")}</a>
    <button class="button small" type="button" aria-label="${t("person.edit_label", { name })}" @click="${() => open(it, edit)}">${t("person.edit")}</button>`;
}

function open(/** @type {Person} */ it, /** @type {{open: () => void}} */ dialog) {
  contact = it;
  dialog.open();
}

const row = (/** @type {Person} */ it) => html`<tr>
    <td class="lead person">${personLines(it, it.user && `${to("member")}?id=${it.user}`)}</td>
    <td data-label="${t("team.col_role")}">${it.role ? t(`role.${it.role}`) : html`<span class="soft">–</span>`}</td>
    <td data-label="${t("licenses.col_state")}">${personState(it)}</td>
    <td class="num" data-label="${t("team.col_seen")}">${seen(it)}</td>
    <td class="num" data-label="${t("team.col_licenses")}">${it.user ? String(it.seats) : "–"}</td>
    <td class="acts"><div>${acts(it)}</div></td>
  </tr>`;

function controls(/** @type {View} */ view) {
  const { query, sort } = queryOf(view);
  search.value = view.search;
  group.value = GROUPS.includes(view.group) ? view.group : "";
  exporting.dataset.path = `/api/team/people/export${query.size > 0 ? `?${query}` : ""}`;
  const whole = !group.value && !view.search;
  document.querySelector("[data-when=show-inactive]")?.toggleAttribute("hidden", !whole);
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-sort]"))) {
    const by = head.dataset.sort ?? "";
    const current = sort === by || sort === `-${by}`;
    head.ariaSort = current ? (sort.startsWith("-") ? "descending" : "ascending") : null;
    // The latest sign-ins come first; names from the beginning.
    const first = by === "last_sign_in" ? `-${by}` : by;
    const next = sort === first ? (first === by ? `-${by}` : by) : first;
    const wanted = new URLSearchParams(by === "name" ? query : undefined);
    wanted.set("sort", next);
    head.querySelector("a")?.setAttribute("href", `?${wanted}`);
  }
}

/** Nobody found, nobody of that kind, and nobody at all are different things. */
function empty(/** @type {unknown} */ _, /** @type {View} */ view) {
  const icon = view.search ? "#icon-search" : "#icon-people";
  const words = view.search ? t("team.none_title", { search: view.search }) : t("team.empty_title");
  const why = view.search ? t("team.none") : t("team.empty");
  const all = html`<a class="button" href="${location.pathname}">${t("team.all")}</a>`;
  return html`<div class="empty"><svg class="icon" aria-hidden="true"><use href="${icon}"></use></svg><h2>${words}</h2><p>${why}</p>${all}</div>`;
}

const value = (/** @type {HTMLFormElement} */ it, /** @type {string} */ name) =>
  /** @type {HTMLInputElement} */ (it.elements.namedItem(name));

const edit = formDialog(
  "add-contact",
  async ({ first_name, last_name, email, job_title, phone }) => {
    const body = { first_name, last_name, email, job_title: job_title || null, phone: phone || null };
    const known = contact?.contact;
    if (known) {
      const { version } = /** @type {Person} */ (contact);
      await api("PUT", `/api/team/contacts/${encodeURIComponent(known)}`, { body: { ...body, version } });
    } else {
      await api("POST", "/api/team/contacts", { body });
    }
    await list.load();
    toast(t("team.contact_saved", { name: `${first_name} ${last_name}` }));
  },
  {
    opened: () => {
      fill(
        document,
        "contact-title",
        contact ? t("team.contact_edit", { name: fullName(contact) }) : t("team.add_contact"),
      );
      document.querySelector("[data-when=new-contact]")?.toggleAttribute("hidden", contact !== null);
      document.querySelector("[data-when=known-contact]")?.toggleAttribute("hidden", contact === null);
      for (const name of /** @type {const} */ (["first_name", "last_name", "email", "job_title", "phone"])) {
        value(edit.form, name).value = contact?.[name] ?? "";
      }
    },
  },
);

const remove = formDialog(
  "remove-contact",
  async () => {
    const it = /** @type {Person} */ (contact);
    await api("DELETE", `/api/team/contacts/${encodeURIComponent(it.contact ?? "")}`);
    await list.load();
    toast(t("team.contact_removed", { name: fullName(it) }));
  },
  {
    opened: () =>
      fill(
        document,
        "remove-contact-title",
        t("team.contact_remove_title", { name: fullName(/** @type {Person} */ (contact)) }),
      ),
  },
);

export default async function team() {
  document.querySelector("[data-opens=add-contact]")?.addEventListener(
    "click",
    () => {
      contact = null;
    },
    { capture: true },
  );
  edit.form.querySelector("[data-act=remove-contact]")?.addEventListener("click", () => {
    edit.dialog.close();
    remove.open();
  });
  // What was done on a page that is gone with whom it was about.
  const said = sessionStorage.getItem("said");
  if (said) {
    sessionStorage.removeItem("said");
    toast(said);
  }
  list = listPage({
    within: section,
    usual: { group: "", search: "", sort: SORTS[0] },
    path: (view) => {
      const { query } = queryOf(view);
      return `/api/team/people${query.size > 0 ? `?${query}` : ""}`;
    },
    rows: ({ items }) => items.map(row),
    count: ({ items, next }) => t(next ? "team.count_more" : "team.count", { count: items.length }),
    controls,
    empty,
  });
  group.addEventListener("change", () => {
    const { search: looked } = list.view();
    // An address is looked for among everyone: choosing a group lists that.
    list.go({ group: group.value, search: looked.includes("@") ? "" : looked });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = search.value.trim();
    list.go({ group: wanted.includes("@") ? "" : group.value, search: wanted });
  });
  if (customer) {
    const account = (await me().catch(() => null))?.account?.name ?? "";
    fill(document, "lead", t("customer.team_lead", { account }));
  }
  await list.loaded;
}
