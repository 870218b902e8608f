// The function that CloudFront runs, run here: `node --test infra/aws/viewer.test.js`.
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { test } = require('node:test');
const vm = require('node:vm');

const code = readFileSync(`${__dirname}/viewer.js`, 'utf8');
const addresses = JSON.parse(readFileSync(`${__dirname}/addresses.json`, 'utf8'));
const world = vm.createContext({});
vm.runInContext(code, world);

function event(eventType, uri, more) {
  const request = { method: 'GET', uri, querystring: {}, headers: {}, cookies: {} };
  return { version: '1.0', context: { eventType }, viewer: { ip: '203.0.113.7' }, request, ...more };
}

const asked = (uri) => world.handler(event('viewer-request', uri));

function answered(uri, statusCode) {
  const response = { statusCode, statusDescription: 'OK', headers: {}, cookies: {} };
  return world.handler(event('viewer-response', uri, { response })).statusCode;
}

for (const { address, file, moved, missing } of addresses) {
  test(`${address} is ${file ?? moved ?? 'not found'}`, () => {
    const became = asked(address);
    if (moved) {
      assert.equal(became.statusCode, 308);
      assert.equal(became.headers.location.value, moved);
      return;
    }
    assert.equal(became.uri, `/${file ?? missing}`);
    const status = missing ? 404 : 200;
    assert.equal(answered(address, 200), status, 'as it was asked');
    assert.equal(answered(became.uri, 200), status, 'as the file it became');
    assert.equal(answered(address, 304), 304, 'what the browser has stays');
  });
}

test('an API call keeps its path and names the caller, whatever the caller claims', () => {
  const call = event('viewer-request', '/api/session');
  call.request.headers['true-client-ip'] = { value: '198.51.100.1' };
  const request = world.handler(call);
  assert.equal(request.uri, '/api/session');
  assert.deepEqual({ ...request.headers['true-client-ip'] }, { value: '203.0.113.7' });
});

test('it fits what CloudFront takes', () => {
  assert.ok(Buffer.byteLength(code) < 10_240);
});
