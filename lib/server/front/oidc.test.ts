import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { frontAtWork } from "#lib/testing/front-at-work.ts";

const FORM = "application/x-www-form-urlencoded";

/** A provider that tells what reached it. */
function provider() {
  const reached: { url: string; host: string; forwarded: unknown; body: string }[] = [];
  const oidc = async (req: IncomingMessage, res: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    reached.push({
      url: req.url ?? "",
      host: String(req.headers.host),
      forwarded: [req.headers["x-forwarded-host"], req.headers["x-forwarded-proto"]],
      body: Buffer.concat(parts).toString(),
    });
    if (req.url === "/oidc/jwks") res.setHeader("Cache-Control", "public, max-age=300");
    res.setHeader("Content-Type", "application/json");
    res.end("{}");
  };
  return { oidc, reached };
}

test("what comes below /oidc is the provider’s, under the portal’s own host whatever is said", async () => {
  const { oidc, reached } = provider();
  await using front = await frontAtWork({ oidc });
  const asked = await front.ask({
    path: "/oidc/auth?x=1",
    headers: { "x-forwarded-host": "evil.example.org", "x-forwarded-proto": "https" },
  });
  expect([asked.status, asked.headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(reached).toEqual([
    { url: "/oidc/auth?x=1", host: new URL(front.origin).host, forwarded: [undefined, "http"], body: "" },
  ]);
  expect(front.reached).toEqual([]);
  await front.ask({ path: "/oidcx" });
  expect(front.reached).toHaveLength(1);
});

test("what is published there may be kept as long as it says", async () => {
  await using front = await frontAtWork({ oidc: provider().oidc });
  expect((await front.ask({ path: "/oidc/jwks" })).headers["cache-control"]).toBe("public, max-age=300");
});

test("other systems post there, forms and nothing else, and from any page", async () => {
  const { oidc, reached } = provider();
  await using front = await frontAtWork({ oidc });
  const post = (body: string | Buffer, headers: Record<string, string>) =>
    front.ask({ method: "POST", path: "/oidc/token", headers, body }).then(({ status }) => status);
  expect(await post("code=1", { "content-type": FORM })).toBe(200);
  expect(
    await post("code=1", { "content-type": `${FORM}; charset=UTF-8`, origin: "https://cuti.contoh.example.gov.my" }),
  ).toBe(200);
  expect(await post("", {})).toBe(200);
  expect(reached.map(({ body }) => body)).toEqual(["code=1", "code=1", ""]);

  expect(await post('{"code":', { "content-type": "application/json" })).toBe(415);
  expect(await post('{"code":1}', { "content-type": "application/json" })).toBe(415);
  expect(await post("code=1", {})).toBe(415);
  expect(await post(Buffer.from([0xff, 0xfe]), { "content-type": FORM })).toBe(400);
  expect(await post(`code=${"x".repeat(1_000_000)}`, { "content-type": FORM })).toBe(413);
  expect(reached).toHaveLength(3);
});

test("what goes no further is said to a system as OAuth says it, and to a browser on a page", async () => {
  await using front = await frontAtWork({ oidc: provider().oidc });
  const push = (accept: string) =>
    front.ask({
      method: "POST",
      path: "/oidc/request",
      headers: { "content-type": FORM, accept },
      body: `authorization_details=${"x".repeat(1_000_000)}`,
    });
  const told = await push("application/json");
  expect([told.status, told.headers["content-type"]]).toEqual([413, "application/json"]);
  expect(JSON.parse(told.body)).toEqual({ error: "invalid_request", error_description: "That was too large" });
  expect((await push("text/html,*/*;q=0.8")).headers["content-type"]).toBe("text/html; charset=utf-8");
  for (const [asked, status] of [
    [{ method: "PUT", path: "/oidc/token" }, 405],
    [{ path: `/oidc/auth?claims=${"x".repeat(9_000)}` }, 414],
    [{ path: "/oidc/auth/../../admin" }, 400],
  ] as const) {
    const refused = await front.ask({ ...asked, headers: { accept: "application/json" } });
    expect([refused.status, refused.headers["content-type"]]).toEqual([status, "application/json"]);
    expect(JSON.parse(refused.body)).toMatchObject({ error: "invalid_request" });
  }
});

test("an address of a megabyte is too long, one that names some claims is not", async () => {
  const { oidc, reached } = provider();
  await using front = await frontAtWork({ oidc });
  expect((await front.ask({ path: `/oidc/auth?claims=${"x".repeat(6_000)}` })).status).toBe(200);
  expect((await front.ask({ path: `/oidc/auth?claims=${"x".repeat(9_000)}` })).status).toBe(414);
  expect((await front.ask({ path: `/sign-in?x=${"x".repeat(6_000)}` })).status).toBe(414);
  expect((await front.ask({ path: "/oidc/auth/../../admin" })).status).toBe(400);
  expect(reached).toHaveLength(1);
});

test("a page that Next.js fetches beforehand never reaches it: it would be given the browser’s code", async () => {
  const { oidc, reached } = provider();
  await using front = await frontAtWork({ oidc });
  expect((await front.ask({ path: "/oidc/auth", headers: { rsc: "1" } })).status).toBe(204);
  expect(reached).toEqual([]);
});

test("what systems ask by themselves is counted apart from what browsers do", async () => {
  const counted: string[] = [];
  const counting = (name: string) => ({
    count: () => {
      counted.push(name);
      return name === "systems" ? 7 : null;
    },
  });
  await using front = await frontAtWork({
    oidc: provider().oidc,
    counter: counting("browsers"),
    systemsCounter: counting("systems"),
  });
  const statuses = [];
  for (const path of [
    "/oidc/token",
    "/oidc/me",
    "/oidc/jwks",
    "/oidc/.well-known/openid-configuration",
    "/oidc/auth",
    "/oidc/session/end",
  ])
    statuses.push((await front.ask({ path })).status);
  expect(counted).toEqual(["systems", "systems", "systems", "systems", "browsers", "browsers"]);
  expect(statuses).toEqual([429, 429, 429, 429, 200, 200]);
});

test("before the provider is there, systems are told to come again", async () => {
  await using front = await frontAtWork();
  expect((await front.ask({ path: "/oidc/token" })).status).toBe(503);
});

test("a fault of the provider’s stays data, but for want of the database, when to come back is told", async () => {
  const oidc = (_: IncomingMessage, res: ServerResponse) => {
    res.writeHead(500, { "Content-Type": "application/json" }).end('{"error":"server_error"}');
  };
  await using front = await frontAtWork({ oidc });
  const asked = await front.ask({ path: "/oidc/token" });
  expect([asked.status, asked.body]).toEqual([500, '{"error":"server_error"}']);

  // As it is: the provider knows addresses below its own mount alone.
  const below = (req: IncomingMessage, res: ServerResponse) => {
    req.url = req.url?.slice("/oidc".length) ?? "/";
    res.statusMessage = "Internal Server Error";
    oidc(req, res);
  };
  await using cutOff = await frontAtWork({ oidc: below, metNoDatabase: () => true });
  const later = await cutOff.ask({ path: "/oidc/me" });
  expect(later).toMatchObject({
    status: 503,
    statusText: "Service Unavailable",
    headers: { "content-type": "application/json" },
  });
  expect(Number(later.headers["retry-after"])).toBeGreaterThanOrEqual(3);
  expect(JSON.parse(later.body)).toMatchObject({ error: "temporarily_unavailable" });
  const browser = await cutOff.ask({ path: "/oidc/auth?client_id=x", headers: { accept: "text/html" } });
  expect(browser.body).toContain("Portal terputus sebentar");
  expect(browser.body).toContain('href="/oidc/auth?client_id=x"');
  const headers = { "content-type": FORM, accept: "text/html" };
  const posted = await cutOff.ask({ method: "POST", path: "/oidc/auth", headers, body: "client_id=x" });
  expect(posted.body, "nothing is there without what was posted").toContain('href="/"');
});
