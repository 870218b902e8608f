// The API, called as the page's own scripts call it: with its cookie, from its origin.

/**
 * Returns the answer's JSON, null if it has none.
 * @param {import("playwright-core").Page} page
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function call(page, method, path, body) {
  const { status, text } = await page.evaluate(
    async ({ method, path, body }) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
      return { status: answer.status, text: await answer.text() };
    },
    { method, path, body },
  );
  if (status >= 300) {
    throw new Error(`${method} ${path} answered ${status}: ${text}`);
  }
  return text ? JSON.parse(text) : null;
}
