import { once } from "node:events";
import http from "node:http";
import { expect, test } from "./harness/fixtures.ts";
import { startPortal } from "./harness/portal.ts";
import { field, isAtWork } from "./harness/steps.ts";

const AT_ONCE = 250;

/** As from browsers with an address each, on connections that the portal has taken already: it takes new ones one by one. */
function browsersOf(origin: string, count: number) {
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: count });
  const { host, port } = new URL(origin);
  const ask = async (path: string, n: number) => {
    const headers = { host, "x-forwarded-for": `10.98.${n >> 8}.${n & 255}` };
    const asked = http.get({ host: "127.0.0.1", port, path, headers, agent });
    const [answer] = (await once(asked, "response")) as [http.IncomingMessage];
    const body = Buffer.concat(await answer.toArray()).toString();
    return { status: answer.statusCode ?? 0, retryAfter: String(answer.headers["retry-after"] ?? ""), body };
  };
  const askAll = (path: string) => Promise.all(Array.from({ length: count }, (_, n) => ask(path, n)));
  return { ask, askAll, close: () => agent.destroy() };
}

test("more than it does well with is put off in plain words, while what lies ready is served, and then all is as before", async () => {
  test.setTimeout(120_000);
  // Its own, or whatever else is tried beside it would be put off, too.
  const portal = await startPortal();
  const browsers = browsersOf(portal.origin, AT_ONCE);
  try {
    // It lies ready once somebody has asked for it.
    expect((await browsers.ask("/", 0)).status).toBe(200);
    await browsers.askAll("/api/health");
    // With a query it is made anew each time.
    const crowd = browsers.askAll("/register?type=passport");
    const meanwhile = await Promise.all([browsers.ask("/", 1), browsers.ask("/api/health", 2)]);
    expect(meanwhile.map(({ status }) => status)).toEqual([200, 200]);

    const answers = await crowd;
    const putOff = answers.filter(({ status }) => status === 503);
    expect(putOff.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length + putOff.length).toBe(AT_ONCE);
    for (const { retryAfter, body } of putOff) {
      expect(Number(retryAfter)).toBeGreaterThanOrEqual(3);
      expect(body).toContain("Portal sedang sangat sibuk");
      expect(body).toContain('href="/register?type=passport"');
    }
    expect((await browsers.ask("/register?type=passport", 3)).status).toBe(200);
  } finally {
    browsers.close();
    await portal.stop();
  }
});

test("a form that is put off is sent again by itself, with what was typed", async ({ page, somebody, trouble }) => {
  const person = somebody();
  await page.goto("/sign-in");
  let posts = 0;
  await page.route("**/sign-in", async (route) => {
    if (route.request().headers()["next-action"] === undefined) return route.fallback();
    posts += 1;
    if (posts > 1) return route.fallback();
    await route.fulfill({ status: 503, headers: { "retry-after": "1", "content-type": "text/html" }, body: "busy" });
  });
  await isAtWork(field(page, "identityNumber"));
  await field(page, "identityNumber").fill(person.identity.number);
  await field(page, "identityNumber").press("Enter");
  await page.waitForURL("**/sign-in/method");
  expect(posts).toBe(2);
  // What the browser itself notes of the one that was put off.
  expect(trouble.splice(0)).toEqual([expect.stringContaining("503")]);
});
