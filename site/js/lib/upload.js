// Sending a file to the vendor's storage: its SHA-256 is made here and bound into the address it is sent to, so that
// nothing but these bytes can arrive.

import { api, Problem } from "./api.js";

/** The SHA-256 of a file, in hexadecimal. */
async function sha256(/** @type {Blob} */ file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends the bytes and tells how many have gone; `fetch` could not tell. */
function send(
  /** @type {{url: string, method: string, headers: Record<string, string>}} */ to,
  /** @type {File} */ file,
  /** @type {(share: number) => void} */ tell,
) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(to.method, to.url);
    for (const [name, value] of Object.entries(to.headers)) {
      if (name.toLowerCase() !== "content-length") request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (event) => tell(event.loaded / event.total));
    request.addEventListener("load", () =>
      request.status < 300 ? resolve(null) : reject(new Problem(request.status, { code: "try_again" })),
    );
    request.addEventListener("error", () => reject(new Problem(0, { code: "offline" })));
    request.send(file);
  });
}

/**
 * Uploads a file of a product. Returns what a release names it by.
 * @param {string} product
 * @param {File} file
 * @param {string} platform
 * @param {(share: number) => void} tell Hears how much has gone, 0 to 1.
 * @returns {Promise<import("../types.d.ts").ReleaseFile>}
 */
export async function upload(product, file, platform, tell) {
  const body = { name: file.name, bytes: file.size, sha256: await sha256(file), platform };
  const { upload: to, file: made } = await api("POST", `/api/staff/products/${encodeURIComponent(product)}/uploads`, {
    body,
  });
  await send(to, file, tell);
  return made;
}
