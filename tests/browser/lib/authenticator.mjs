// What an authenticator app computes (RFC 6238: HMAC-SHA-1, six digits, 30 seconds), from the secret as it is shown.

import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

function bytes(/** @type {string} */ secret) {
  const bits = [...secret.replaceAll(" ", "")].map((it) => ALPHABET.indexOf(it).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((it) => Number.parseInt(it, 2)));
}

/** The code of now, or of some steps ahead: each is good once, and the portal takes one step ahead of its clock. */
export function codeOf(/** @type {string} */ secret, ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + ahead));
  const hash = createHmac("sha1", bytes(secret)).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
