import { Agent, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { ACTION, BARE_ACTION, FORM, form, frontAtWork, hidden } from "#lib/testing/front-at-work.ts";
import { answerWith } from "../answer.ts";
import type { Handler } from "./create-front.ts";

const register = form([...hidden(), ["identityNumber", "900101-14-0000"]]);

describe("changes of state", () => {
  test("from a page of the portal reach it, with their body unread", async () => {
    await using front = await frontAtWork();
    const answer = await front.post(register, { "sec-fetch-site": "same-origin" });
    expect(answer).toMatchObject({ status: 200, body: "a page" });
    expect(front.reached).toMatchObject([{ method: "POST", url: "/register", body: register }]);
  });

  const foreign = [
    ["no origin", { origin: "" }],
    ["the origin null", { origin: "null" }],
    ["another host", { origin: "https://elsewhere.example" }],
    ["another port", { origin: "http://localhost:1" }],
    ["our host inside another's", { origin: "http://localhost.elsewhere.example" }],
    ["our origin, by a page of another site", { "sec-fetch-site": "cross-site" }],
    ["our origin, by a page of another host of the domain", { "sec-fetch-site": "same-site" }],
  ] as const;
  test.each(foreign)("with %s are refused before the portal sees them", async (_, headers) => {
    await using front = await frontAtWork();
    expect((await front.post(register, headers)).status).toBe(403);
    expect(front.reached).toEqual([]);
  });

  test("without any Origin header are refused", async () => {
    await using front = await frontAtWork();
    expect((await front.ask({ method: "POST", headers: { "content-type": FORM }, body: register })).status).toBe(403);
  });

  test.each(["/api/webhooks/any", "/api/auth/session", "/_next/static/a.js"])(
    "need the portal's origin wherever they go: %s",
    async (path) => {
      await using front = await frontAtWork();
      const asked = { method: "POST", path, headers: { "content-type": "application/json" }, body: "{}" };
      expect((await front.ask(asked)).status).toBe(403);
      expect(front.reached).toEqual([]);
    },
  );
});

test("what other systems post needs no origin of ours, since it is signed; there alone", async () => {
  await using front = await frontAtWork();
  const post = (path: string) =>
    front.ask({ method: "POST", path, headers: { "content-type": "application/json" }, body: "{}" });
  expect((await post("/api/webhooks/resend")).status).toBe(200);
  for (const path of ["/api/webhooks/resend/", "/api/webhooks/resend2", "/api/session"])
    expect((await post(path)).status).toBe(403);
});

describe("bodies", () => {
  test("arriving a byte at a time reach the portal whole", async () => {
    await using front = await frontAtWork();
    const head = `POST /register HTTP/1.1\r\nHost: x\r\nOrigin: ${front.origin}\r\nContent-Type: ${FORM}\r\nContent-Length: ${register.length}\r\nConnection: close\r\n\r\n`;
    const heard = await new Promise<string>((done) => {
      const socket = connect(front.port, "127.0.0.1");
      let said = "";
      socket
        .setNoDelay()
        .on("data", (part) => {
          said += part;
        })
        .on("close", () => done(said));
      socket.write(head);
      for (const byte of Buffer.from(register)) socket.write(Buffer.from([byte]));
    });
    expect(heard).toContain("200 OK");
    expect(front.reached[0]?.body).toBe(register);
  });

  test("reach route handlers and pages untouched, so that Next.js takes them", async () => {
    const asked: Request[] = [];
    await using front = await frontAtWork({
      handler: async (req, res) => {
        // As Next.js does it, which gives the request itself for a body: one that somebody has read from is refused.
        const init = { method: "POST", body: req as unknown as ReadableStream, duplex: "half" };
        const request = new Request(`http://localhost${req.url}`, init as RequestInit);
        asked.push(request);
        res.end(await request.text());
      },
    });
    for (const [body, kind, path] of [
      [register, FORM, "/register"],
      ["a=b", "application/x-www-form-urlencoded", "/api/any"],
      ["", "application/x-www-form-urlencoded", "/api/any"],
    ] as const)
      expect(await front.post(body, { "content-type": kind }, path)).toMatchObject({ status: 200, body });
    expect(asked).toHaveLength(3);
  });

  test("that nobody reads do not keep the connection from its next request", async () => {
    await using front = await frontAtWork({ handler: (_, res) => res.end("unread") });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const body of [register, form([...hidden(), ["fullName", "a".repeat(60 * 1024)]]), register])
      expect((await front.post(body, {}, "/register", agent)).body).toBe("unread");
    agent.destroy();
  });

  test.each(["/mailbox.json", "/icon-192.png", "/api/health", "/_next/static/a.js"])(
    "for an action are refused at %s, which is no page",
    async (path) => {
      await using front = await frontAtWork({ isPage: (asked) => asked === "/register" });
      const bare = { "content-type": "text/plain", "next-action": BARE_ACTION };
      expect((await front.post("[]", bare, path)).status).toBe(400);
      expect(front.reached).toEqual([]);
      expect((await front.post("[]", bare, "/register")).status).toBe(200);
    },
  );

  test.each(["b", "1234567", '"a boundary"', "abcdefgh,:", "abcdefgh:"])(
    "parted by %s, as no browser does, are refused",
    async (boundary) => {
      await using front = await frontAtWork();
      const plain = boundary.replaceAll('"', "");
      const body = register.replaceAll(FORM.slice(FORM.indexOf("=") + 1), plain);
      const answer = await front.post(body, { "content-type": `multipart/form-data; boundary=${boundary}` });
      expect(answer.status).toBe(400);
    },
  );

  test("of unknown size are refused", async () => {
    await using front = await frontAtWork();
    const { status } = await front.ask({
      method: "POST",
      headers: { origin: front.origin, "content-type": FORM, "transfer-encoding": "chunked" },
    });
    expect(status).toBe(411);
  });

  test.each(["/api/agency-crest", "/api/system-logo"])(
    "with a file go through to %s, up to 256 KB, and to no page",
    async (PATH) => {
      await using front = await frontAtWork();
      const boundary = FORM.slice(FORM.indexOf("=") + 1);
      const fileOf = (size: number) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="crest"; filename="jata.png"\r\ncontent-type: image/png\r\n\r\n${"x".repeat(size)}\r\n--${boundary}--\r\n`;
      expect((await front.post(fileOf(100 * 1024), {}, PATH)).status).toBe(200);
      expect((await front.post(fileOf(256 * 1024), {}, PATH)).status).toBe(413);
      expect((await front.post(fileOf(100), { "content-type": "application/json" }, PATH)).status).toBe(415);
      expect((await front.post(fileOf(100), { "next-action": BARE_ACTION }, PATH)).status).toBe(400);
      expect((await front.post(fileOf(100), {}, "/register")).status).toBe(400);
      expect((await front.post(fileOf(100), { origin: "https://lain.example" }, PATH)).status).toBe(403);
      expect(front.reached).toHaveLength(1);
    },
  );

  test("over 64 KB are refused, 10 MB without being kept", async () => {
    await using front = await frontAtWork();
    expect((await front.post(form([...hidden(), ["fullName", "a".repeat(64 * 1024)]]))).status).toBe(413);
    expect((await front.post("a".repeat(10_000_000))).status).toBe(413);
    expect((await front.post(form([...hidden(), ["fullName", "a".repeat(60 * 1024)]]))).status).toBe(200);
    expect(front.reached).toHaveLength(1);
  });

  test.each([
    "text/html",
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "",
    "Multipart/Form-Data; boundary=x",
  ])("of the kind %j are no form of a page", async (kind) => {
    await using front = await frontAtWork();
    expect((await front.post("a=b", { "content-type": kind })).status).toBe(415);
  });

  const malformed = [
    ["cut off", register.slice(0, -20)],
    ["without a form's hidden fields", form([["identityNumber", "900101-14-0000"]])],
    ["with a file", register.replace('name="identityNumber"', 'name="identityNumber"; filename="a.txt"')],
    ["that are no UTF-8", Buffer.from(register.replace("900101", "\u00ff\u00fe"), "latin1")],
    ["with an action's id that is none", form([...hidden(null, "toString"), ["identityNumber", "1"]])],
    ["empty", ""],
  ] as const;
  test.each(malformed)("%s are refused before the portal sees them", async (_, body) => {
    await using front = await frontAtWork();
    expect((await front.post(body)).status).toBe(400);
    expect(front.reached).toEqual([]);
  });

  test("for an action of an earlier build lead back to the page", async () => {
    await using front = await frontAtWork({ knowsAction: () => false });
    const answer = await front.post(register);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('href="/register"');
  });

  test("below /api that ask for an action are malformed: an address that there is not is a page to Next.js", async () => {
    await using front = await frontAtWork();
    for (const path of ["/api/nothing", "/api/webhooks/resend"])
      expect((await front.post(register, {}, path)).status).toBe(400);
    expect(front.reached).toEqual([]);
    expect((await front.post(form([["fullName", "a"]]), {}, "/api/nothing")).status).toBe(200);
  });

  test.each([
    ["{}", 200],
    ["{", 400],
  ])("of JSON below /api: %s is answered %i", async (body, status) => {
    await using front = await frontAtWork();
    expect((await front.post(body, { "content-type": "application/json" }, "/api/auth/csrf")).status).toBe(status);
  });
});

describe("requests", () => {
  const malformed = [
    ...["/%", "/a/%ff", "/%00", "/a%0d%0ab", "/a%5cb", "//elsewhere.example/", "/\\elsewhere", "/a\\..\\b"],
    ...["/..", "/.", "/a/./b", "/a/..", "/api/webhooks/../../sign-in", "/_next/static/../../sign-in"],
    ...["/_next/static/%2e%2e/%2E./sign-in", "/_next/static/.%2e/", "/a//b", "/a//", "/%2f", "/_next/static%2f..%2fa"],
    ...["/%252e%252e/a", "/a%252fb", "/a%255cb", "/a#b", "/_next/static/%5c../a", "http://elsewhere.example/"],
    // To Next.js these are no webhook, upload or probe, but the page that says that there is none; and it takes actions.
    ...["/api/webhooks/rese%6Ed", "/api/staff%2Dregister", "/%61pi/heal%74h", "/%5fnext/static/a.js", "/%7e"],
  ];
  test.each(malformed)("for %s are malformed, whoever would resolve it", async (path) => {
    await using front = await frontAtWork({ counter: { count: () => null } });
    expect(await front.raw(path)).toContain("400 Bad Request");
    expect(front.reached).toEqual([]);
  });

  test.each(["/a.b", "/a..b", "/register/", "/a?b=../..//%2f%252e", "/%20", "/.well-known/security.txt", "/%E2%80%A6"])(
    "for %s are taken as they are",
    async (path) => {
      await using front = await frontAtWork();
      expect((await front.ask({ path })).status).toBe(200);
    },
  );

  test.each(["/_global-error", "/_not-found", "/_error", "/_next/image?url=a", "/_next/data/x"])(
    "for %s find nothing: that is Next.js's own",
    async (path) => {
      await using front = await frontAtWork();
      expect((await front.ask({ path })).status).toBe(404);
      expect(front.reached).toEqual([]);
    },
  );

  test.each(["TRACE", "PUT", "DELETE", "PATCH"])("by %s are refused with what is allowed", async (method) => {
    await using front = await frontAtWork();
    expect(await front.ask({ method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, POST, OPTIONS" } });
  });

  test("for an address beyond 4,096 characters are refused", async () => {
    await using front = await frontAtWork();
    expect((await front.ask({ path: `/${"a".repeat(4_096)}` })).status).toBe(414);
  });

  test("to another name of the demonstration are led to the one its cookies know", async () => {
    await using front = await frontAtWork();
    const answer = await front.ask({ path: "/register?a=b", headers: { host: "127.0.0.1:3000" } });
    expect(answer).toMatchObject({ status: 308, headers: { location: `${front.origin}/register?a=b` } });
    expect((await front.ask({ path: "/api/health", headers: { host: "127.0.0.1:3000" } })).status).toBe(200);
  });

  test("to another name in production reach the portal under the configured one", async () => {
    await using front = await frontAtWork({ mode: "production", origin: "https://kunci.contoh.example.gov.my" });
    expect((await front.ask({ headers: { host: "10.0.0.7" } })).status).toBe(200);
    expect(front.reached[0]?.headers).toMatchObject({
      host: "kunci.contoh.example.gov.my",
      "x-forwarded-proto": "https",
    });
  });

  test("over the limit are told how long to wait, files of the build and probes are not counted", async () => {
    await using front = await frontAtWork({ counter: { count: () => 119 } });
    const answer = await front.ask();
    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "119" } });
    expect(answer.body).toContain("Tunggu 2 minit");
    expect((await front.ask({ path: "/_next/static/chunks/a.js" })).status).toBe(200);
    expect((await front.ask({ path: "/api/ready" })).status).toBe(200);
    // With a body to be read, and nobody who monitors does that.
    for (const probe of ["/api/ready", "/api/health", "/api/metrics"])
      expect((await front.post("{}", { "content-type": "application/json" }, probe)).status, probe).toBe(429);
  });

  test("say nothing in the portal's own words: what a client claims to be is taken out", async () => {
    await using front = await frontAtWork({ isRouterState: () => false });
    const claimed = {
      "x-kunci-ip": "198.51.100.1",
      "x-kunci-request-id": "mine",
      "x-kunci-inner": "guessed",
      "x-kunci-made-for-all": "1",
      "x-forwarded-host": "elsewhere.example",
      "x-forwarded-for": "198.51.100.1",
      "x-middleware-subrequest": "middleware",
      "x-nonce": "mine",
      "content-security-policy": "script-src *",
      "next-router-state-tree": "malformed",
      "x-action-forwarded": "1",
    };
    await front.ask({ path: "/register?type=passport", headers: claimed });
    const headers = front.reached[0]?.headers ?? {};
    expect(headers).toMatchObject({ "x-kunci-ip": "127.0.0.1", "x-kunci-path": "/register?type=passport" });
    expect(headers["x-kunci-request-id"]).toMatch(/^[\w-]{16}$/);
    expect(headers["content-security-policy"]).toContain(`'nonce-${headers["x-nonce"]}'`);
    for (const gone of [
      "x-forwarded-host",
      "x-forwarded-for",
      "x-middleware-subrequest",
      "next-router-state-tree",
      "x-action-forwarded",
    ])
      expect(headers).not.toHaveProperty(gone);
  });

  test("by way of a trusted proxy come from the address it vouches for", async () => {
    await using front = await frontAtWork({ trust: "127.0.0.0/8" });
    await front.ask({ headers: { "x-forwarded-for": "198.51.100.66, 203.0.113.9" } });
    expect(front.reached[0]?.headers["x-kunci-ip"]).toBe("203.0.113.9");
  });

  test("of the portal to itself keep whose they are and are not counted again", async () => {
    await using front = await frontAtWork({ counter: { count: () => 60 } });
    const inner = {
      host: "127.0.0.1:1",
      "x-kunci-inner": "a secret of this process",
      "x-kunci-ip": "203.0.113.9",
      "x-kunci-request-id": "abc",
    };
    expect((await front.ask({ headers: inner })).status).toBe(200);
    expect(front.reached[0]?.headers).toMatchObject({ "x-kunci-ip": "203.0.113.9", "x-kunci-request-id": "abc" });
  });

  test("that a page makes by itself are told from a person's, whatever a client says of it", async () => {
    await using front = await frontAtWork();
    const asked = { host: "127.0.0.1:1", "x-kunci-inner": "a secret of this process", rsc: "1" };
    for (const [headers, said] of [
      [{ rsc: "1" }, "1"],
      [{ "x-by-itself": "1" }, "1"],
      [{}, undefined],
      [{ "x-kunci-by-itself": "1" }, undefined],
      [asked, undefined],
    ] as const) {
      await front.ask({ path: "/home", headers });
      expect(front.reached.at(-1)?.headers["x-kunci-by-itself"]).toBe(said);
    }
  });

  test("of the portal to itself for the way to a system are left to the browser, which has its cookie", async () => {
    await using front = await frontAtWork();
    const asked = { host: "127.0.0.1:1", "x-kunci-inner": "a secret of this process", rsc: "1" };
    const path = "/interaction/a-way";
    expect((await front.ask({ path, headers: asked })).status).toBe(204);
    expect((await front.ask({ path, headers: { rsc: "1" } })).status).toBe(200);
    expect((await front.ask({ path: "/home", headers: asked })).status).toBe(200);
  });
});

describe("answers", () => {
  test("carry the security headers, whoever gives them", async () => {
    await using front = await frontAtWork();
    for (const answer of [
      await front.ask(),
      await front.post(""),
      await front.ask({ path: "/%" }),
      await front.ask({ headers: { host: "other" } }),
    ]) {
      expect(answer.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
      });
      expect(answer.headers["content-security-policy"]).toMatch(
        /script-src 'nonce-[\w-]{22}' 'strict-dynamic';.*object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/,
      );
      expect(answer.headers["permissions-policy"]).toContain("camera=()");
      expect(answer.headers).not.toHaveProperty("strict-transport-security");
    }
  });

  test("demand https for good where the portal is on https", async () => {
    await using front = await frontAtWork({ mode: "production", origin: "https://kunci.contoh.example.gov.my" });
    expect((await front.ask()).headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
  });

  test("let forms lead to Google from the pages that offer it, and from nowhere else", async () => {
    const leadsTo = async (front: Awaited<ReturnType<typeof frontAtWork>>, path: string) =>
      /form-action ([^;]+)/.exec(String((await front.ask({ path })).headers["content-security-policy"]))?.[1];
    await using offered = await frontAtWork({ googleOrigin: "https://accounts.google.com" });
    for (const path of ["/sign-in", "/sign-in?returnTo=/home", "/register", "/settings/google"])
      expect(await leadsTo(offered, path)).toBe("'self' https://accounts.google.com");
    for (const path of ["/", "/home", "/sign-in/password", "/activate"])
      expect(await leadsTo(offered, path)).toBe("'self'");
    await using without = await frontAtWork();
    expect(await leadsTo(without, "/sign-in")).toBe("'self'");
  });

  test("never carry the same nonce twice", async () => {
    await using front = await frontAtWork();
    const policies = await Promise.all(
      [1, 2, 3].map(async () => (await front.ask()).headers["content-security-policy"]),
    );
    expect(new Set(policies).size).toBe(3);
  });

  test("of the build may be kept, pages never, whatever they say themselves", async () => {
    const kept = "public, max-age=31536000, immutable";
    await using front = await frontAtWork({
      handler: (req, res) =>
        res
          .writeHead(200, {
            "Cache-Control": kept,
            "Content-Type": req.url?.endsWith(".js") ? "text/javascript" : "text/html",
            "X-Powered-By": "x",
          })
          .end(),
    });
    expect((await front.ask({ path: "/_next/static/a.js" })).headers["cache-control"]).toBe(kept);
    expect((await front.ask({ path: "/altcha-worker.js" })).headers["cache-control"]).toBe(kept);
    const page = await front.ask({ path: "/home" });
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.headers).not.toHaveProperty("x-powered-by");
  });

  test("that refuse are plain pages in both languages, styled by the nonce alone", async () => {
    await using front = await frontAtWork();
    const { body, headers } = await front.ask({ path: "/%" });
    const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1];
    expect(body).toContain('<html lang="ms">');
    expect(body).toContain('<section lang="en">');
    expect(body).toContain(`<style nonce="${nonce}">`);
    expect(body).toContain("Jabatan &#60;Contoh&#62;");
    expect(body).not.toMatch(/ style=|<script/);
  });

  test("take the status and headers an action asked for, with the page", async () => {
    await using front = await frontAtWork({
      handler: async (_, res) => {
        await Promise.resolve();
        answerWith(429, { "Retry-After": "60" });
        res.statusCode = 200;
        res.setHeader("Content-Type", "text/html");
        res.write("a ");
        res.end("page");
      },
    });
    expect(await front.post(register)).toMatchObject({ status: 429, headers: { "retry-after": "60" }, body: "a page" });
    const fetched = form([
      ["_1_identityNumber", "1"],
      ["0", '[null,"$K1"]'],
    ]);
    expect(await front.post(fetched, { "next-action": ACTION })).toMatchObject({
      status: 429,
      headers: { "retry-after": "60" },
      body: "a page",
    });
  });

  test("that send elsewhere keep their own status, but none makes the browser post again", async () => {
    await using front = await frontAtWork({
      handler: (req, res) => {
        answerWith(429);
        res.writeHead(req.url === "/again" ? 307 : 303, { Location: "/" }).end();
      },
    });
    expect((await front.post(register)).status).toBe(303);
    expect((await front.post(register, {}, "/again")).status).toBe(303);
    expect((await front.ask({ path: "/again" })).status).toBe(307);
  });

  test("to a page that throws are a plain page of words, whoever runs no scripts can read it", async () => {
    const failing: Handler = (_, res) => {
      res.statusCode = 500;
      for (const [name, value] of [
        ["Content-Type", "text/html; charset=utf-8"],
        ["Content-Encoding", "gzip"],
        ["ETag", "x"],
      ] as const)
        res.setHeader(name, value);
      res.write("<html id=__next_error__>");
      res.end("</html>");
    };
    await using front = await frontAtWork({ handler: failing });
    for (const asked of [await front.ask({ path: "/register" }), await front.post(register)]) {
      expect(asked.status).toBe(500);
      expect(asked.body).toContain("Ada masalah di pihak kami");
      expect(asked.body).not.toContain("__next_error__");
      expect(asked.headers).not.toHaveProperty("content-encoding");
      expect(asked.headers).toMatchObject({
        "cache-control": "no-store",
        "content-length": String(Buffer.byteLength(asked.body)),
      });
    }
    expect(await front.ask({ method: "HEAD" })).toMatchObject({ status: 500, body: "" });
    for (const asked of [
      await front.ask({ path: "/api/ready" }),
      await front.ask({ path: "/register", headers: { rsc: "1" } }),
    ])
      expect(asked).toMatchObject({ status: 500, body: "<html id=__next_error__></html>" });
  });

  test("to a page that throws are words where Next.js sends nothing at all, too", async () => {
    await using front = await frontAtWork({ handler: (_, res) => res.writeHead(500).end() });
    expect((await front.ask()).body).toContain("Ada masalah di pihak kami");
  });

  test("to a fault for want of the database tell when to come back, and give back what was typed", async () => {
    await using front = await frontAtWork({ handler: (_, res) => res.writeHead(500).end(), metNoDatabase: () => true });
    const page = await front.ask({ path: "/register?type=passport" });
    expect(page.status).toBe(503);
    expect(Number(page.headers["retry-after"])).toSatisfy((after: number) => after >= 3 && after <= 9);
    expect(page.body).toContain("Portal terputus sebentar");
    expect(page.body).toContain("The portal is cut off for a moment");
    expect(page.body).toContain('<a href="/register?type=passport">Buka semula halaman</a>');
    expect(page.body).toMatch(/Rujukan: [\w-]{16}\./);
    expect(await front.ask({ method: "HEAD" })).toMatchObject({ status: 503, body: "" });
    const byScript = await front.ask({ path: "/register", headers: { rsc: "1" } });
    expect(byScript.status, "of a script, which asks again by itself").toBe(503);
    expect(byScript.headers).toHaveProperty("retry-after");
    const file = await front.ask({ path: "/api/staff-register", headers: { accept: "text/html,*/*;q=0.8" } });
    expect(file.body, "a browser that is led to /api").toContain("Portal terputus sebentar");
    const posted = await front.post(register);
    expect(posted.status).toBe(503);
    expect(posted.body, "what it was for may have been done").toContain("mungkin sudah atau belum disimpan");
    expect(posted.body).toContain('<input type="hidden" name="identityNumber" value="900101-14-0000">');
    const secret = await front.post(form([...hidden(), ["password", "Rahsia-Besar-7"]]), {}, "/settings/password");
    expect(secret.status).toBe(503);
    expect(secret.body).not.toContain("Rahsia");
  });

  test("to a fault for want of the database are counted, each once", async () => {
    const refused: string[] = [];
    const watch = { began: () => undefined, ended: () => undefined, refused: (why: string) => void refused.push(why) };
    const throwing: Handler = () => {
      throw new Error("no connection");
    };
    for (const handler of [throwing, ((_, res) => res.writeHead(500).end()) satisfies Handler]) {
      await using front = await frontAtWork({ handler, watch, metNoDatabase: () => true });
      await front.ask();
      await front.post(register);
    }
    expect(refused).toEqual(["away", "cutOff", "away", "cutOff"]);
  });

  test("to a fault that a script is told of say nothing of coming back: it would do by itself what may have been done", async () => {
    const throwing = () => {
      throw new Error("no connection");
    };
    for (const handler of [throwing, (_: unknown, res: ServerResponse) => res.writeHead(500).end()]) {
      await using front = await frontAtWork({ handler, metNoDatabase: () => true });
      for (const asked of [
        await front.post(
          form([
            ["_1_code", "1"],
            ["0", '[null,"$K1"]'],
          ]),
          { "next-action": ACTION },
        ),
        await front.ask({ path: "/api/session" }),
      ]) {
        expect(asked.status).toBe(500);
        expect(asked.headers).not.toHaveProperty("retry-after");
      }
    }
  });

  test("to a fault name the request that the log has it under, and are shown as their reader chose", async () => {
    await using front = await frontAtWork({ handler: (_, res) => res.writeHead(500).end() });
    const { body } = await front.ask({ headers: { cookie: "a=b; kunci-appearance=dark" } });
    await expect.poll(() => front.lines).toHaveLength(1);
    expect(body).toContain(`Rujukan: ${front.lines[0]?.request}.`);
    expect(body).toContain(`Reference: ${front.lines[0]?.request}.`);
    expect(body).toContain('<html lang="ms" data-theme="dark">');
    const others = ["kunci-appearance=%22%3E", "xkunci-appearance=dark", "kunci-appearance=device"];
    for (const cookie of others) expect((await front.ask({ headers: { cookie } })).body).toContain('<html lang="ms">');
  });

  test("to what the portal itself stumbles over are a plain page, and the fault is recorded", async () => {
    await using front = await frontAtWork({
      handler: () => {
        throw new Error("a stumble");
      },
    });
    const answer = await front.ask();
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("stumble");
    expect(front.faults).toEqual([new Error("a stumble")]);
    await using cutOff = await frontAtWork({
      handler: () => {
        throw new Error("no connection");
      },
      metNoDatabase: () => true,
    });
    expect((await cutOff.ask()).status).toBe(503);
  });

  test("leave one line in the log, without query or secret", async () => {
    await using front = await frontAtWork();
    await front.ask({ path: "/_next/static/chunks/a.js" });
    await front.ask({ path: "/activate/q0Zr8mW1c9sTn3vKxY7hLg?x=900101140000" });
    await expect
      .poll(() => front.lines)
      .toEqual([
        { method: "GET", route: "/activate/:id", status: 200, ms: expect.any(Number), request: expect.any(String) },
      ]);
  });
});
