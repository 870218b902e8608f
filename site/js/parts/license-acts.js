// What can be asked for a license: its renewal, and another serial number for one that leaked.

import { api } from "../lib/api.js";
import { copyButton } from "../lib/copy.js";
import { formDialog } from "../lib/dialog.js";
import { fill, html } from "../lib/html.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

/** @typedef {import("../types.d.ts").LicenseDetails} LicenseDetails */

/** One click and, if wanted, a word: the vendor's desk has it. */
export function askRenewal(/** @type {LicenseDetails} */ license) {
  formDialog("ask-renewal", async ({ note }) => {
    await api("POST", `/api/licenses/${encodeURIComponent(license.id)}/renewal-requests`, { body: { note } });
    toast(t("license.renewal_asked", { product: license.product.name }));
  });
}

/** The old number is refused from then on, so what it costs is said before. */
export function replaceSerial(/** @type {LicenseDetails} */ license) {
  formDialog("replace-serial", async () => {
    const path = `/api/licenses/${encodeURIComponent(license.id)}/serial-number`;
    /** @type {{serial_number: string}} */
    const { serial_number: serial } = await api("POST", path, { body: {} });
    fill(document, "serial", html`<span class="mono serial">${serial}</span> ${copyButton(serial)}`);
    document.title = `${license.product.name} · ${serial}`;
    toast(t("license.replaced", { serial }));
  });
}
