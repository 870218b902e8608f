// A product: what it is called, how it may be tried, and its releases.

import { api, Problem } from "../lib/api.js";
import { formDialog } from "../lib/dialog.js";
import { explain, onSubmit } from "../lib/form.js";
import { fill, fills, html, showStep } from "../lib/html.js";
import { bytes, date, t, to } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { today } from "../lib/save.js";
import { me, showBarred } from "../lib/session.js";
import { toast } from "../lib/toast.js";
import { upload } from "../lib/upload.js";

/** @typedef {import("../types.d.ts").ProductDetails} ProductDetails */
/** @typedef {import("../types.d.ts").ReleaseFile} ReleaseFile */
/** @typedef {{version: string, released_on: string, notes: string, state: string, files: ReleaseFile[]}} StaffRelease */

const code = new URLSearchParams(location.search).get("code") ?? "";
const path = `/api/staff/products/${encodeURIComponent(code)}`;
const form = /** @type {HTMLFormElement} */ (document.getElementById("product-form"));
const PLATFORMS = {
  windows: "platform.windows",
  macos: "platform.macos",
  linux: "platform.linux",
  any: "platform.any",
};

/** The revision that a change is made from: what somebody else changed meanwhile is not overwritten. */
let revision = 0;

function show(/** @type {ProductDetails} */ it) {
  revision = it.revision;
  fill(document, "heading", it.name);
  fill(document, "code", it.code);
  document.title = it.name;
  for (const name of /** @type {const} */ (["name", "terms_url", "trial_days", "trial_seats"])) {
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = String(it[name] ?? "");
  }
}

async function save(/** @type {Record<string, string>} */ { name, terms_url, trial_days, trial_seats }) {
  const number = (/** @type {string} */ text) => (text ? Number(text) : null);
  const trial = { trial_days: number(trial_days), trial_seats: number(trial_seats) };
  show(await api("PUT", path, { body: { name, terms_url, ...trial, revision } }));
  fill(document, "heading", name);
  toast(t("catalog.saved", { name }));
}

const fileLine = (/** @type {ReleaseFile} */ it) =>
  html`<li><div><b>${t(PLATFORMS[it.platform] ?? PLATFORMS.any)}</b> <span class="soft long">${it.name}</span> <span class="small soft num">${bytes(it.bytes)}</span></div></li>`;

/** @type {() => void} */
let reload;

async function withdraw(/** @type {Event} */ event, /** @type {string} */ version) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.ariaBusy = "true";
  const said = await api("DELETE", `${path}/releases/${encodeURIComponent(version)}`).then(
    () => t("catalog.withdrawn", { version }),
    explain,
  );
  button.ariaBusy = null;
  reload();
  document.getElementById("releases-title")?.focus();
  toast(said);
}

const releaseLine = (
  /** @type {StaffRelease} */ it,
) => html`<li class="${it.state === "withdrawn" ? "release over" : "release"}">
    <div class="release-head"><h3>${t("downloads.version", { version: it.version })}</h3><time class="small soft num" datetime="${it.released_on}">${date(it.released_on)}</time>
    ${it.state === "withdrawn" ? html`<span class="tag">${t("catalog.is_withdrawn")}</span>` : html`<button class="button small" type="button" aria-label="${t("catalog.withdraw_label", { version: it.version })}" @click="${(/** @type {Event} */ event) => withdraw(event, it.version)}">${t("catalog.withdraw")}</button>`}</div>
    ${it.notes && html`<p class="notes soft">${it.notes}</p>`}
    <ul class="files">${it.files.map(fileLine)}</ul>
  </li>`;

/** The files of the release being made; each is sent as soon as it is chosen. */
function uploads(/** @type {HTMLFormElement} */ within) {
  /** @type {ReleaseFile[]} */
  let sent = [];
  const file = /** @type {HTMLInputElement} */ (within.querySelector("input[type=file]"));
  const platform = /** @type {HTMLSelectElement} */ (within.querySelector("select"));
  const [box] = fills(within, "uploads");
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) {
      return;
    }
    const tell = (/** @type {number} */ share) =>
      fill(within, "progress", t("catalog.sending", { name: chosen.name, share: Math.round(share * 100) }));
    tell(0);
    try {
      const made = await upload(code, chosen, platform.value, tell);
      sent.push(made);
      box.append(fileLine(made));
      fill(within, "progress", t("catalog.sent", { name: chosen.name }));
    } catch (cause) {
      fill(within, "progress", explain(cause));
    }
    file.value = "";
  });
  return {
    files: () => sent,
    clear: () => {
      sent = [];
      box.replaceChildren();
      fill(within, "progress", "");
    },
  };
}

export default async function product() {
  const who = await me().catch(() => null);
  if (!who || showBarred(who)) {
    return;
  }
  onSubmit(form, save);
  const releasing = formDialog(
    "new-release",
    async ({ version, released_on, notes }) => {
      if (sending.files().length === 0) {
        throw new Problem(422, { code: "invalid_fields", errors: [{ pointer: "/files", code: "required" }] });
      }
      const files = sending.files();
      const body = { released_on, notes, files, published: true };
      await api("PUT", `${path}/releases/${encodeURIComponent(version)}`, { body });
      reload();
      toast(t("catalog.published", { version }));
    },
    {
      opened: () => {
        sending.clear();
        /** @type {HTMLInputElement} */ (document.getElementById("released_on")).value = today();
      },
    },
  );
  const sending = uploads(releasing.form);
  try {
    show(await api("GET", path));
    showStep(document, "ready");
    reload = moreList(fills(document, "releases")[0], {
      path: `${path}/releases`,
      row: releaseLine,
      empty: () => html`<li class="soft">${t("catalog.no_release")}</li>`,
    });
  } catch (cause) {
    const back = html`<a class="button" href="${to("console-products")}">${t("catalog.title")}</a>`;
    fill(
      document,
      "instead",
      html`<div class="sheet empty" role="alert"><h1>${t("catalog.none")}</h1><p>${explain(cause)}</p>${back}</div>`,
    );
    fills(document, "instead")[0].hidden = false;
    showStep(document, "");
  }
}
