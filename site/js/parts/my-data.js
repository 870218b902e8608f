// Everything the portal holds about the person, as a file.

import { api } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { prove } from "../lib/prove.js";
import { save, today } from "../lib/save.js";
import { toast } from "../lib/toast.js";

/** @param {HTMLElement} part */
export default function myData(part) {
  part.querySelector("[data-act=download]")?.addEventListener("click", () => {
    const words = { title: t("mydata.prove_title"), why: t("mydata.prove"), submit: t("mydata.submit") };
    prove(words, async (proof) => {
      const held = await api("POST", "/api/profile/export", { body: proof });
      save(`portico-my-data-${today()}.json`, "application/json", `${JSON.stringify(held, null, 2)}\n`);
      toast(t("mydata.done"));
    });
  });
}
