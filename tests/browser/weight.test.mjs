// Sign-in is light: at most 8 requests, one level deep, and 15 kB on the wire, headers and all.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPortal, settle } from "./lib/portal.mjs";

const MOST_REQUESTS = 8;
const MOST_BYTES = 15_000;

/** @type {Awaited<ReturnType<typeof openPortal>>} */
let portal;
before(async () => {
  portal = await openPortal();
});
after(() => portal.close());

for (const address of ["/sign-in", "/fr/sign-in", "/de/sign-in"]) {
  test(`${address} is light`, async (run) => {
    const { page, context } = await portal.person();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    /** @type {string[]} */
    const asked = [];
    const foundByOthers = [];
    let bytes = 0;
    wire.on("Network.requestWillBeSent", ({ request, initiator }) => {
      if (request.url.startsWith("data:")) {
        return;
      }
      asked.push(request.url);
      // What the parser of the page finds is one level deep; what a script or a sheet asks for is two.
      if (initiator.type === "script" || initiator.url?.includes("/assets/")) {
        foundByOthers.push(request.url);
      }
    });
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(address);
    await settle(page);
    run.diagnostic(`${asked.length} requests, ${bytes} bytes with headers`);
    assert.ok(asked.length <= MOST_REQUESTS, asked.join("\n"));
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
    assert.deepEqual(foundByOthers, []);
  });
}
