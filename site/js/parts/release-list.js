// What a license lets one download: each release with its files, newest first.

import { api } from "../lib/api.js";
import { explain } from "../lib/form.js";
import { fills, html } from "../lib/html.js";
import { bytes, date, t } from "../lib/i18n.js";
import { moreList } from "../lib/more-list.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").LicenseDetails} LicenseDetails */
/** @typedef {import("../types.d.ts").Release} Release */
/** @typedef {import("../types.d.ts").ReleaseFile} ReleaseFile */

const PLATFORMS = {
  windows: "platform.windows",
  macos: "platform.macos",
  linux: "platform.linux",
  any: "platform.any",
};

/** @param {LicenseDetails} license */
export function releaseList(license) {
  const path = `/api/licenses/${encodeURIComponent(license.id)}`;

  async function download(/** @type {Event} */ event, /** @type {Release} */ release, /** @type {ReleaseFile} */ file) {
    const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
    if (button.ariaBusy === "true") {
      return;
    }
    button.ariaBusy = "true";
    try {
      const body = { release: release.version, file: file.id, product: license.product.code };
      /** @type {{url: string}} */
      const { url } = await api("POST", `${path}/downloads`, { body });
      // The address is good for minutes only and names the file: the browser keeps this page and saves it.
      location.assign(url);
      toast(t("downloads.started", { name: file.name }));
    } catch (cause) {
      toast(explain(cause));
    }
    button.ariaBusy = null;
  }

  const fileRow = (/** @type {Release} */ release, /** @type {ReleaseFile} */ file) => html`<li>
      <div><b>${t(PLATFORMS[file.platform] ?? PLATFORMS.any)}</b> <span class="soft long">${file.name}</span> <span class="small soft num">${bytes(file.bytes)}</span>
      <details class="sum"><summary class="small">${t("downloads.sum")}</summary><code class="mono">${file.sha256}</code></details></div>
      ${release.covered && html`<button class="button" type="button" aria-label="${t("downloads.label", { name: file.name })}" @click="${(/** @type {Event} */ event) => download(event, release, file)}"><svg class="icon" aria-hidden="true"><use href="#icon-download"></use></svg>${t("downloads.submit")}</button>`}
    </li>`;

  const row = (/** @type {Release} */ it) => html`<li class="${it.covered ? "release" : "release over"}">
      <div class="release-head"><h3>${t("downloads.version", { version: it.version })}</h3><time class="small soft num" datetime="${it.released_on}">${date(it.released_on)}</time>
      ${!it.covered && html`<span class="tag">${t("downloads.not_covered")}</span>`}</div>
      ${it.notes && html`<details><summary class="small">${t("downloads.notes")}</summary><p class="notes">${it.notes}</p></details>`}
      ${it.terms_url && html`<p class="small"><a href="${it.terms_url}" rel="noreferrer">${t("downloads.terms")}</a></p>`}
      <ul class="files">${it.files.map((file) => fileRow(it, file))}</ul>
    </li>`;

  moreList(fills(document, "releases")[0], {
    path: `${path}/releases?product=${encodeURIComponent(license.product.code)}`,
    row,
    empty: () => html`<li class="soft">${t("downloads.none")}</li>`,
  });
}
