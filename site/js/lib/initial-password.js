// An initial password, shown once to whoever hands it over by other means: name, password, until when.

import { copyButton } from "./copy.js";
import { html } from "./html.js";
import { t } from "./i18n.js";
import { moment } from "./time.js";

/**
 * What is to be handed over. The password is null where the person who reads this typed it themselves.
 * @param {{user_name: string | null, password: string | null, expires_at: string}} given
 */
export const handOver = ({
  user_name,
  password,
  expires_at,
}) => html`<p>${t("initial.text", { until: moment(expires_at) })}</p>
  <dl class="facts">
  ${user_name && html`<div><dt>${t("team.user_name")}</dt><dd><span class="mono serial">${user_name}</span> ${copyButton(user_name)}</dd></div>`}
  ${password && html`<div><dt>${t("initial.password")}</dt><dd><span class="mono serial">${password}</span> ${copyButton(password)}</dd></div>`}
  </dl>
  <p class="notice warn"><svg class="icon" aria-hidden="true"><use href="#icon-warn"></use></svg><span>${password ? t("initial.once") : t("initial.typed")}</span></p>`;
