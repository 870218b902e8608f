// One member: who they are, what they may, what they have, what they did.

import { api } from "../lib/api.js";
import { staying } from "../lib/customer.js";
import { formDialog } from "../lib/dialog.js";
import { explain } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { date, t, to } from "../lib/i18n.js";
import { handOver } from "../lib/initial-password.js";
import { stateTag } from "../lib/license.js";
import { moreList } from "../lib/more-list.js";
import { refusal } from "../lib/refusal.js";
import { me, showBarred } from "../lib/session.js";
import { actedBy, activityLine, fullName, personState, seen } from "../lib/team.js";
import { since } from "../lib/time.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").MemberDetails} MemberDetails */

const id = new URLSearchParams(location.search).get("id") ?? "";
const path = `/api/team/members/${encodeURIComponent(id)}`;
const ACTS = ["edit", "invite", "give_password", "deactivate", "reactivate", "unlink", "link", "remove"];
const PERMISSIONS = ["view_orders", "manage_licenses"];

/** @type {MemberDetails} */
let member;
let number = "";
let makesManagers = false;

const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  html`<div><dt>${name}</dt><dd class="long">${value ?? html`<span class="soft">–</span>`}</dd></div>`;

function when(/** @type {string} */ name, /** @type {boolean} */ is) {
  for (const part of document.querySelectorAll(`[data-when="${name}"]`)) {
    part.toggleAttribute("hidden", !is);
  }
}

/** Owners and managers may do all of it. */
function permissions() {
  if (member.role !== "member") return t("member.may_all");
  const named = PERMISSIONS.filter((it) => member.permissions.includes(it)).map((it) =>
    t(it === "view_orders" ? "team.view_orders" : "team.manage_licenses"),
  );
  return named.length > 0 ? named.join(" · ") : t("member.may_own");
}

function show(/** @type {MemberDetails} */ it) {
  member = it;
  const name = fullName(it);
  fill(document, "heading", name);
  document.title = name;
  fill(
    document,
    "line",
    html`<span>${it.role && t(`role.${it.role}`)}</span> ${personState(it)} ${it.you && html`<span class="tag plain">${t("member.you")}</span>`}`,
  );
  fills(document, "facts")[0].replaceChildren(
    fact(t("signup.email"), it.email),
    fact(t("team.user_name"), it.user_name && html`<span class="mono">${it.user_name}</span>`),
    fact(t("about.job_title"), it.job_title),
    fact(t("about.phone"), it.phone),
    fact(t("team.permissions"), permissions()),
    fact(t("team.col_seen"), seen(it)),
  );
  for (const act of ACTS) {
    when(act, it.may.includes(act));
  }
  when(
    "access",
    ACTS.some((act) => act !== "edit" && it.may.includes(act)),
  );
  when("owner", it.role === "owner" && !it.you);
  when("manager", it.role === "manager" && !it.you && !it.guest && !makesManagers);
  when("you", it.you && it.role !== "owner");
}

/** Does something and shows what they are then. */
async function change(/** @type {string} */ method, /** @type {string} */ below, /** @type {string} */ said) {
  await api(method, `${path}${below}`);
  show(await api("GET", path));
  activity();
  /** @type {HTMLElement} */ (document.querySelector("h1")).focus();
  toast(t(said, { name: fullName(member) }));
}

/** A button that acts at once. */
function onPress(/** @type {string} */ act, /** @type {() => Promise<void>} */ does) {
  const button = /** @type {HTMLElement} */ (document.querySelector(`[data-act="${act}"]`));
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    await does().catch((cause) => toast(explain(cause)));
    button.ariaBusy = null;
  });
}

const titled = (/** @type {string} */ name, /** @type {string} */ key) => () =>
  fill(document, name, t(key, { name: fullName(member) }));

const input = (/** @type {HTMLFormElement} */ form, /** @type {string} */ name) =>
  /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** Permissions by name are a member's; a manager has them all. */
function showPermissions(/** @type {HTMLFormElement} */ form) {
  const role = new FormData(form).get("role") ?? member.role;
  when("permissions", role === "member");
}

const edit = formDialog(
  "edit-member",
  async ({ first_name, last_name, job_title, phone, user_name }) => {
    const role = new FormData(edit.form).get("role") ?? member.role;
    const named = PERMISSIONS.filter((it) => input(edit.form, it).checked);
    const body = {
      first_name,
      last_name,
      job_title: job_title || null,
      phone: phone || null,
      user_name: user_name || null,
      role,
      permissions: role === "member" ? named : [],
      version: member.version,
    };
    await api("PUT", path, { body });
    show(await api("GET", path));
    activity();
    toast(t("member.saved", { name: fullName(member) }));
  },
  {
    opened: () => {
      titled("edit-title", "member.edit_title")();
      fill(document, "user-name-hint", t("team.user_name_hint", { number }));
      for (const name of /** @type {const} */ (["first_name", "last_name", "job_title", "phone"])) {
        input(edit.form, name).value = member[name] ?? "";
      }
      input(edit.form, "user_name").value = member.user_name?.split("/")[1] ?? "";
      for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (edit.form.querySelectorAll("[name=role]"))) {
        radio.checked = radio.value === member.role;
      }
      for (const permission of PERMISSIONS) {
        input(edit.form, permission).checked = member.permissions.includes(permission);
      }
      when("names", member.role !== "owner");
      when("set_role", member.may.includes("set_role"));
      when("make_managers", makesManagers);
      when("own_managers", !makesManagers);
      showPermissions(edit.form);
    },
  },
);

/** @type {() => void} */
let activity = () => {};

const licenseRow = (/** @type {import("../types.d.ts").License} */ it) => html`<tr>
    <td class="lead"><a class="name" href="${to("license")}?id=${it.id}">${it.product.name}</a></td>
    <td data-label="${t("licenses.col_serial")}"><span class="mono">${it.serial_number}</span></td>
    <td class="num" data-label="${t("licenses.col_end")}">${it.ends_on ? date(it.ends_on) : t("licenses.no_end")}</td>
    <td data-label="${t("licenses.col_state")}">${stateTag(it)}</td>
  </tr>`;

const entry = (/** @type {import("../types.d.ts").Activity} */ it) =>
  html`<li><div><b>${activityLine(it)}</b><p class="small soft"><span>${since(it.at)}</span>${it.by && it.by.id !== id && actedBy(it.by)}</p></div></li>`;

function lists() {
  moreList(fills(document, "licenses")[0], {
    path: `${path}/licenses`,
    row: licenseRow,
    empty: () => html`<tr class="none"><td colspan="4"><p class="soft">${t("member.no_licenses")}</p></td></tr>`,
  });
  activity = moreList(fills(document, "activity")[0], {
    path: `${path}/activity`,
    row: entry,
    empty: () => html`<li class="soft">${t("member.no_activity")}</li>`,
  });
}

function dialogs() {
  formDialog("deactivate", () => change("PUT", "/deactivation", "member.deactivated"), {
    opened: titled("deactivate-title", "member.deactivate_title"),
  });
  formDialog("unlink", () => change("DELETE", "/link", "member.unlinked"), {
    opened: titled("unlink-title", "member.unlink_title"),
  });
  formDialog(
    "remove",
    async () => {
      await api("DELETE", path);
      sessionStorage.setItem("said", t("member.removed", { name: fullName(member) }));
      location.assign(staying(to("team")));
    },
    {
      opened: () => {
        titled("remove-title", "member.remove_title")();
        fill(document, "remove-what", t("member.remove_what", { name: fullName(member), count: member.seats }));
      },
    },
  );
  const given = /** @type {HTMLDialogElement} */ (document.getElementById("password-given"));
  formDialog("give-password", async () => {
    const answer = await api("POST", `${path}/password`, { body: {} });
    // Not by `fill`, which clones: the buttons that copy listen.
    fills(given, "password-given")[0].replaceChildren(handOver({ user_name: member.user_name, ...answer }));
    given.showModal();
  });
  given.querySelector("[data-act=done]")?.addEventListener("click", () => given.close());
  onPress("reactivate", () => change("DELETE", "/deactivation", "member.reactivated"));
  onPress("link", () => change("PUT", "/link", "member.relinked"));
  onPress("invite", async () => {
    await api("POST", `${path}/invitation`);
    toast(t("member.invited", { name: fullName(member) }));
  });
  edit.form.addEventListener("change", () => showPermissions(edit.form));
}

function showInstead(/** @type {unknown} */ cause) {
  const back = html`<a class="button" href="${to("team")}">${t("member.back")}</a>`;
  fills(document, "instead")[0].replaceChildren(
    html`<div class="sheet empty" role="alert"><svg class="icon" aria-hidden="true"><use href="#icon-person"></use></svg><h1>${t("member.none")}</h1>${refusal(cause)}${back}</div>`,
  );
  fills(document, "instead")[0].hidden = false;
  showStep(document, "");
}

export default async function page() {
  dialogs();
  try {
    /** @type {[MemberDetails, import("../types.d.ts").Me | null]} */
    const [found, who] = await Promise.all([api("GET", path), me()]);
    number = who?.account?.number ?? "";
    makesManagers = who?.may.includes("make_managers") ?? false;
    show(found);
    showStep(document, "ready");
    lists();
  } catch (cause) {
    const who = await me().catch(() => null);
    if (!who || !showBarred(who)) {
      showInstead(cause);
    }
  }
}
