// What CloudFront runs for each request that is not for an asset: which file an address is, and who
// asks. One function for both ends: before the cache it names the file, after it the page "not
// found" gets its status. API answers are not touched, so their 404s stay as they are.
//
// addresses.json holds this rule and the runner's (infra/local/src/site) to the same answers.
var ROOTS = ['', '/de', '/fr'];
var PAGES = [
  '404', '500', 'accept', 'access-review', 'certificate', 'choose-account', 'claim', 'claimants', 'close-login',
  'confirm', 'confirm-email', 'console', 'console-account', 'console-accounts', 'console-order', 'console-product',
  'console-products', 'console-request', 'customer', 'customer-new', 'customers', 'first-sign-in', 'forgot', 'index',
  'invitations', 'license', 'licenses', 'member', 'new-password', 'outsiders', 'profile', 'reset', 'security',
  'sign-in', 'sign-up', 'summary', 'take-back', 'team', 'team-bulk', 'team-invite'
];

function handler(event) {
  var request = event.request;
  if (event.context.eventType === 'viewer-response') {
    var response = event.response;
    // The address is as it was asked, or the file it became: both tell.
    if (response.statusCode === 200 && fileOf(request.uri).endsWith('/404.html')) {
      response.statusCode = 404;
      response.statusDescription = 'Not Found';
    }
    return response;
  }
  if (request.uri.startsWith('/api/')) {
    // Whatever the caller claims is overwritten; the functions believe it beside the origin's secret only.
    request.headers['true-client-ip'] = { value: event.viewer.ip };
    return request;
  }
  var better = betterAddress(request.uri);
  if (better) {
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: better } } };
  }
  request.uri = fileOf(request.uri);
  return request;
}

// The file of an address; if there is none, the page that says so in the address's language.
function fileOf(address) {
  var file = candidate(address);
  if (exists(file)) {
    return file;
  }
  var root = '/' + address.split('/')[1];
  return (ROOTS.includes(root) ? root : '') + '/404.html';
}

// `/fr` means `/fr/`, and `/licenses/` means `/licenses`: one address a page.
function betterAddress(address) {
  var other;
  if (address.endsWith('/') && address !== '/' && !address.startsWith('//')) {
    other = address.slice(0, -1);
  } else if (address && ROOTS.includes(address)) {
    other = address + '/';
  } else {
    return undefined;
  }
  return exists(candidate(other)) && !exists(candidate(address)) ? other : undefined;
}

function candidate(address) {
  var last = address.slice(address.lastIndexOf('/') + 1);
  if (last === '') {
    return address + 'index.html';
  }
  return last.includes('.') ? address : address + '.html';
}

function exists(file) {
  return ROOTS.some(root => PAGES.some(page => file === root + '/' + page + '.html'));
}
