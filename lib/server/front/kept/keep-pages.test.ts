import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { keepPages } from "./keep-pages.ts";
import { HOLE, MADE_FOR_ALL } from "./made-for-all.ts";

let server: http.Server | undefined;
afterEach(() => server?.close());

/** The cookies a page is made by, for who has chosen neither language nor look. */
const FIRST = "kunci-language=ms; kunci-appearance=device";

const COOKIES = {
  session: "kunci-session",
  language: "kunci-language",
  appearance: "kunci-appearance",
  method: "kunci-method",
  "sign-in": "kunci-sign-in",
  device: "kunci-device",
} as const;

/** Sign-ins under way by their cookie, of which a number is all that shows; of `proven` more does. */
const NUMBERS: Record<string, string> = { aminah: "900101-••-••••", kumar: "A1••••••", odd: "<b>" };

/** A portal that counts the pages it makes; each has its nonce twice, and the number that it is told to show. */
async function portal(extra: http.OutgoingHttpHeaders = {}) {
  let made = 0;
  let slow: Promise<void> | undefined;
  let now = 0;
  let edition = "1";
  const keeping = keepPages(
    async (req, res) => {
      made++;
      await slow;
      // As Next.js begins its answers.
      res.setHeaders(
        new Map(Object.entries({ "content-type": "text/html; charset=utf-8", ...extra })) as Map<string, string>,
      );
      res.flushHeaders();
      res.write(`<script nonce="${req.headers["x-nonce"]}">`);
      const shown = req.headers[MADE_FOR_ALL] ? HOLE : "";
      res.write(shown);
      res.end(`</script><p nonce="${req.headers["x-nonce"]}">muka ${made} — ${req.headers.cookie ?? ""}${shown}</p>`);
    },
    {
      now: () => now,
      edition: () => edition,
      cookies: COOKIES,
      numberShown: async ({ ceremonyToken, deviceToken }) =>
        deviceToken === "has-phrase" ? null : (NUMBERS[ceremonyToken] ?? null),
    },
  );
  server = http.createServer((req, res) => {
    req.headers["x-nonce"] = randomBytes(16).toString("base64url");
    res.setHeader("x-nonce", req.headers["x-nonce"]);
    void keeping.answer(req, res);
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = async (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const answer = await new Promise<http.IncomingMessage>((done) =>
      http.request(origin + path, { method, headers }, done).end(),
    );
    const body = Buffer.concat(await answer.toArray());
    const text = (answer.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    return { text, nonce: String(answer.headers["x-nonce"]), headers: answer.headers };
  };
  const change = () => {
    edition = `${edition}+`;
  };
  const holds = (path: string, headers: http.IncomingHttpHeaders = {}) =>
    keeping.holds({ method: "GET", url: path, headers } as http.IncomingMessage);
  /** Pages take until the function it returns is called. */
  const slowly = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slow = promise;
    return resolve;
  };
  /** Asks, and goes away before the page is made, which is then made to its end. */
  const leave = async (path: string, nth = 1) => {
    const finish = slowly();
    const gone = new Promise<void>((done) => server?.once("request", (_, res) => res.once("close", done)));
    const asked = http.request(origin + path).on("error", () => {});
    asked.end();
    await expect.poll(() => made).toBe(nth);
    asked.destroy();
    await gone;
    finish();
  };
  return { get, holds, leave, slowly, made: () => made, wait: (span: number) => (now += span), change };
}

describe("pages that are the same for all", () => {
  test("are made once a minute, each answer with a nonce of its own", async () => {
    const { get, made, wait } = await portal();
    const answers = [await get("/sign-in"), await get("/sign-in"), await get("/sign-in")];
    expect(made()).toBe(1);
    expect(new Set(answers.map(({ nonce }) => nonce)).size).toBe(3);
    for (const { text, nonce } of answers)
      expect(text).toBe(`<script nonce="${nonce}"></script><p nonce="${nonce}">muka 1 — ${FIRST}</p>`);
    wait(minutes(1));
    expect((await get("/sign-in")).text).toContain("muka 2");
  });

  test("are made anew by one, while everybody else is given the one of before", async () => {
    const { get, made, wait, slowly } = await portal();
    await get("/sign-in");
    wait(minutes(1));
    const finish = slowly();
    const first = get("/sign-in");
    await expect.poll(made).toBe(2);
    const others = await Promise.all([1, 2, 3].map(() => get("/sign-in")));
    for (const { text } of others) expect(text).toContain("muka 1");
    finish();
    expect((await first).text).toContain("muka 2");
    expect((await get("/sign-in")).text).toContain("muka 2");
    expect(made()).toBe(2);
  });

  test("are never given when they are older than that", async () => {
    const { get, wait, slowly, made } = await portal();
    await get("/sign-in");
    wait(minutes(1) + seconds(5));
    const finish = slowly();
    const both = [get("/sign-in"), get("/sign-in")];
    await expect.poll(made).toBe(3);
    finish();
    for (const { text } of await Promise.all(both)) expect(text).not.toContain("muka 1");
  });

  test("lie ready for whoever would be given them, and for nobody else", async () => {
    const { get, holds, wait, change } = await portal();
    expect(holds("/sign-in")).toBe(false);
    await get("/sign-in");
    expect(holds("/sign-in")).toBe(true);
    expect(holds("/sign-in", { cookie: "kunci-session=x" })).toBe(false);
    expect(holds("/home")).toBe(false);
    change();
    expect(holds("/sign-in")).toBe(false);
    await get("/sign-in");
    wait(minutes(1) + seconds(5));
    expect(holds("/sign-in")).toBe(false);
  });

  test("are made anew as soon as an administrator has changed what they say", async () => {
    const { get, made, change } = await portal();
    await get("/register");
    change();
    expect((await get("/register")).text).toContain("muka 2");
    expect((await get("/register")).text).toContain("muka 2");
    expect(made()).toBe(2);
  });

  test("are given no longer than that, however often somebody asks for another one and goes away", async () => {
    const { get, leave, wait } = await portal();
    await get("/sign-in");
    wait(minutes(1));
    await leave("/sign-in", 2);
    wait(seconds(5));
    await leave("/sign-in", 3);
    wait(seconds(4));
    expect((await get("/sign-in")).text).not.toContain("muka 1");
  });

  test("are not kept where who asked has gone away meanwhile", async () => {
    const { leave, get, made } = await portal();
    await leave("/sign-in");
    expect((await get("/sign-in")).text).toContain("muka 2");
    expect(made()).toBe(2);
  });

  test("are kept for each language apart", async () => {
    const { get, made } = await portal();
    await get("/");
    await get("/", { cookie: "kunci-language=en" });
    expect((await get("/", { cookie: "kunci-language=en" })).text).toContain("muka 2");
    expect((await get("/", { cookie: "kunci-language=ms" })).text).toContain("muka 1");
    expect(made()).toBe(2);
  });

  test("are kept for each look apart, and for the three there are only", async () => {
    const { get, made } = await portal();
    await get("/");
    await get("/", { cookie: "kunci-appearance=dark" });
    await get("/", { cookie: "kunci-appearance=light" });
    expect((await get("/", { cookie: "kunci-appearance=dark" })).text).toContain("muka 2");
    expect((await get("/", { cookie: "kunci-appearance=light" })).text).toContain("muka 3");
    for (const strange of ["device", "x", "", "dark%20"])
      expect((await get("/", { cookie: `kunci-appearance=${strange}` })).text).toContain("muka 1");
    expect(made()).toBe(3);
  });

  test.each([
    ["a language written in another way", "kunci-language=%65n", FIRST],
    ["a language said twice", "kunci-language=en; kunci-language=%", FIRST],
    ["a look written in another way", "kunci-appearance=%64ark", FIRST],
    [
      "a cookie of somebody's own",
      "kunci-google-account=x; kunci-language=en",
      "kunci-language=en; kunci-appearance=device",
    ],
  ])("are made by what they are kept under, and not by %s", async (_, cookie, asked) => {
    const { get } = await portal();
    await get("/sign-in", { cookie });
    expect((await get("/sign-in", { cookie: asked })).text).toContain(`muka 1 — ${asked}</p>`);
  });

  test("go out packed to who can unpack them", async () => {
    const { get } = await portal();
    await get("/register", { "accept-encoding": "gzip, br" });
    const { text, nonce, headers } = await get("/register", { "accept-encoding": "gzip, br" });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(text).toContain(`<script nonce="${nonce}">`);
  });

  test.each([
    ["somebody who is signed in", "/sign-in", { cookie: "a=b; kunci-session=x" }, "GET"],
    ["a page with a query", "/sign-in?type=passport", {}, "GET"],
    ["a page of a person's own", "/home", {}, "GET"],
    ["a post", "/sign-in", {}, "POST"],
    ["Next.js's data", "/sign-in", { rsc: "1" }, "GET"],
    ["a prefetch", "/sign-in", { "next-router-prefetch": "1" }, "GET"],
  ] as const)("are not what %s is answered with", async (_, path, headers, method) => {
    const { get, made } = await portal();
    await get(path, headers, method);
    await get(path, headers, method);
    expect(made()).toBe(2);
  });

  test("are not kept where they set a cookie", async () => {
    const { get, made } = await portal({ "set-cookie": "a=b" });
    await get("/sign-in");
    await get("/sign-in");
    expect(made()).toBe(2);
  });
});

describe("pages of a sign-in of which a number is all that shows", () => {
  const of = (who: string, more = "") => ({ cookie: `kunci-sign-in=${who}${more}` });

  test.each(["/sign-in/method", "/sign-in/password", "/sign-in/password?"])(
    "%s is made once, and shows each the number that they typed",
    async (path) => {
      const { get, made } = await portal();
      const first = await get(path, of("aminah"));
      const second = await get(path, of("kumar", "; kunci-device=x"));
      expect(first.text).toBe(
        `<script nonce="${first.nonce}">900101-••-••••</script><p nonce="${first.nonce}">muka 1 — ${FIRST}900101-••-••••</p>`,
      );
      expect(second.text).toBe(
        `<script nonce="${second.nonce}">A1••••••</script><p nonce="${second.nonce}">muka 1 — ${FIRST}A1••••••</p>`,
      );
      expect(made()).toBe(1);
    },
  );

  test("are as long as they say, to who began them and to who comes after", async () => {
    const { get } = await portal({ "content-length": "7" });
    for (const who of ["aminah", "kumar"]) {
      const { text, headers } = await get("/sign-in/method", of(who));
      expect(headers["content-length"]).toBe(String(Buffer.byteLength(text)));
    }
  });

  test("are made in the order that a browser's last method gives them, and by no other word in that cookie", async () => {
    const { get, made } = await portal();
    await get("/sign-in/method", of("aminah"));
    await get("/sign-in/method", of("aminah", "; kunci-method=strange"));
    expect(made()).toBe(1);
    const { text } = await get("/sign-in/method", of("kumar", "; kunci-method=totp"));
    expect(text).toContain(`muka 2 — ${FIRST}; kunci-method=totp`);
  });

  test.each([
    ["a sign-in of which more shows", of("proven")],
    ["a browser that shows a phrase", of("aminah", "; kunci-device=has-phrase")],
    ["a number that is not one as it is masked", of("odd")],
    ["somebody who is signed in", of("aminah", "; kunci-session=x")],
    ["somebody whose sign-in is not under way", {}],
    ["Next.js's data", { ...of("aminah"), rsc: "1" }],
  ])("are not what %s is answered with", async (_, headers) => {
    const { get, made } = await portal();
    await get("/sign-in/method", of("aminah"));
    for (const path of ["/sign-in/method", "/sign-in/method"])
      expect((await get(path, headers)).text).toContain("cookie" in headers ? headers.cookie : "muka");
    expect(made()).toBe(3);
  });

  test("do not go past the line, since each asks the database", async () => {
    const { get, holds } = await portal();
    await get("/sign-in/method", of("aminah"));
    expect(holds("/sign-in/method", of("aminah"))).toBe(false);
  });
});
