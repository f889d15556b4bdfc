import { randomUUID } from "node:crypto";
import net from "node:net";
import tls from "node:tls";
import { digest } from "#lib/kernel/digest.ts";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { expect, test } from "./harness/fixtures.ts";
import { plainForm } from "./harness/plain-form.ts";

const FORM = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW";
const URLENCODED = "application/x-www-form-urlencoded";
/** An action that takes nothing, and is none of the portal's. */
const ACTION = `00${"ef".repeat(20)}`;

test("posts to what takes none are refused plainly, without a fault of the portal", async ({ origin, address }) => {
  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(origin + path, {
      method: "POST",
      redirect: "manual",
      headers: { origin, "x-forwarded-for": address, ...headers },
      body,
    });
  const bodies: [kind: string, body: string][] = [
    ["application/json", "{}"],
    [URLENCODED, "csrfToken=x&callbackUrl=%2F"],
    [FORM, "------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n"],
  ];
  const paths = [
    ...["/api/health", "/api/ready", "/api/captcha", "/api/auth/signout", "/api/auth/callback/ceremony"],
    ...["/api/auth/session", "/api/nothing", "/mailbox.json", "/icon.svg", "/apple-icon.png", "/manifest.webmanifest"],
    ...["/icon-192.png", "/activate/x", "/_next/static/x.js", "/nothing/at/all", "/register.rsc"],
  ];
  for (const path of paths)
    for (const [kind, body] of bodies)
      for (const headers of [{}, { "next-action": ACTION }]) {
        const answer = await post(path, body, { "content-type": kind, ...headers });
        expect(`${path} ${kind} ${Object.keys(headers)} ${answer.status}`).toMatch(/ (303|308|4\d\d)$/);
        expect(await answer.text()).not.toMatch(/\bat .+\.(js|ts):\d+/);
      }
  for (const path of paths) {
    const { status } = await post(path, "[]", { "content-type": "text/plain", "next-action": ACTION });
    expect(`${path} ${status}`).toMatch(/ (303|308|4\d\d)$/);
  }
});

test("an address that climbs reaches nothing, and forms are taken only where the page stands", async ({
  origin,
  address,
  settled,
  database,
}) => {
  const person = await settled("registered");
  const form = await plainForm(`${origin}/activate`, address);
  form.fill({ identityNumber: person.identity.number });
  for (const path of ["/_next/static/../../activate", "/api/any/../../activate", "/_next/static/%2e%2e/../activate"])
    expect(await statusOf(origin, "POST", path, { origin, "content-type": FORM })).toBe(400);
  for (const path of [
    "/_global-error",
    "/_not-found",
    "/_next/static/nothing.js",
    "/_next/image?url=%2Ficon-192.png&w=64&q=75",
  ])
    expect(await statusOf(origin, "GET", path)).toBe(404);
  expect((await database.query("select from activation_link where account_id = $1", [person.id])).rowCount).toBe(0);
  expect((await form.send()).status).toBe(303);
  await expect
    .poll(async () => (await database.query("select from activation_link where account_id = $1", [person.id])).rowCount)
    .toBe(1);
});

test("whoever wishes for a web socket is answered, and the connection ends", async ({ origin, address }) => {
  const wish = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
  const key = { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "x-forwarded-for": address };
  for (const path of ["/sign-in", "/nothing", "/_next/webpack-hmr"])
    expect(await statusOf(origin, "GET", path, { ...wish, ...key })).toBeGreaterThanOrEqual(200);
});

test("a page that cannot be made says so without any script", async ({ origin, address, settled, database }) => {
  const { id } = await settled("activated");
  const token = randomUUID();
  // This session's row alone cannot be written to, so nobody else's page fails.
  const wait = "now() - interval '2 minutes'";
  await database.query(
    `insert into session (id, account_id, token_digest, proofs, device, ip, created_at, last_seen_at, expires_at)
     values ($1, $1, $2, '[]', 'Chrome', '192.0.2.1', ${wait}, ${wait}, now() + interval '1 hour')`,
    [id, digest(token)],
  );
  await database.query(
    `create function fail() returns trigger language plpgsql as $$ begin raise 'as the test wants it'; end $$;
     create trigger fail before update on session for each row when (old.id = '${id}') execute function fail()`,
  );
  const cookie = `${cookieNameOn(origin, "session")}=${token}`;
  const answer = await fetch(`${origin}/home`, { headers: { "x-forwarded-for": address, cookie } });
  await database.query("drop function fail cascade");
  expect(answer.status).toBe(500);
  const body = await answer.text();
  expect(body).toContain("Ada masalah di pihak kami");
  expect(body).toContain("Something went wrong on our side");
  expect(body).not.toContain("<script");
});

/** The status of a target as it is written, which `fetch` would tidy up first. */
function statusOf(origin: string, method: string, path: string, headers: Record<string, string> = {}): Promise<number> {
  const { hostname, port, host, protocol } = new URL(origin);
  const lines = Object.entries({ Host: host, ...headers, ...(method === "POST" && { "Content-Length": "0" }) });
  return new Promise((done, failed) => {
    let said = "";
    const begin = () =>
      socket.write(
        `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
      );
    const at = { port: Number(port), host: hostname };
    const socket = protocol === "https:" ? tls.connect(at, begin) : net.connect(at, begin);
    socket.on("data", (part: Buffer) => {
      said += part;
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(said)?.[1];
      if (status) {
        socket.destroy();
        done(Number(status));
      }
    });
    socket.on("error", failed);
  });
}
