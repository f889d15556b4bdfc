import fs from "node:fs";
import { expect, test } from "./harness/fixtures.ts";
import { openMailbox } from "./harness/mailbox.ts";
import { GOOD_PASSWORD, settlePeople } from "./harness/people.ts";
import { tellingOf, toldIn } from "./harness/people-in-log.ts";
import { openDatabase, type Portal, startPortal } from "./harness/portal.ts";
import { askForLetter, giveWrongPassword, signIn, toThePassword } from "./harness/steps.ts";

const MARK = "Penanda-Rahsia-4711";

/** Requests that a person, a broken client or somebody curious sends, with something of their own in every place. */
async function meddle({ origin }: Portal, cookie: string): Promise<void> {
  const asked = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, {
      redirect: "manual",
      ...init,
      headers: { origin, "user-agent": MARK, cookie, ...init.headers },
    });
  for (const path of ["/activate/", "/recover/", "/undo/", "/lock/", "/mailbox-change/"])
    await asked(`${path}${MARK}-${"x".repeat(30)}`);
  await asked(`/sign-in?identityNumber=${MARK}&email=${MARK}@contoh.example.gov.my`);
  await asked(`/no/such/${MARK}`, { headers: { referer: `${origin}/${MARK}`, "x-forwarded-for": "203.0.113.99" } });
  for (const [type, body] of [
    ["application/json", `{"fullName":"${MARK}"`],
    ["application/x-www-form-urlencoded", `password=${MARK}&identityNumber=${MARK}`],
    [
      "multipart/form-data; boundary=x",
      `--x\r\ncontent-disposition: form-data; name="${MARK}"\r\n\r\n${MARK}\r\n--x--`,
    ],
    ["text/plain", MARK.repeat(50_000)],
  ] as const)
    for (const path of ["/sign-in", "/register", "/api/passkey/options", "/oidc/token", "/api/webhooks/resend"])
      await asked(path, { method: "POST", body, headers: { "content-type": type } });
}

test("a log names nobody, whatever is done and whatever breaks, and a fault's page names the log's line", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  test.setTimeout(120_000);
  const [person, waiting] = [somebody(), somebody()];
  const portal = await startPortal({ env: { LOG_LEVEL: "debug" } });
  const database = await openDatabase(portal.dataDir);
  try {
    await settlePeople(portal.dataDir, [person], "activated");
    await settlePeople(portal.dataDir, [waiting], "registered");
    const page = await anotherBrowser({ origin: portal.origin });
    const walker = walkerOn(page);
    await askForLetter(walker, waiting);
    await openMailbox(portal.origin).nextTo(waiting.officialEmail);
    await toThePassword(walker, person);
    await giveWrongPassword(walker, MARK);
    await signIn(walker, person, GOOD_PASSWORD);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    await page.goto("about:blank");
    await meddle(portal, cookie);

    await database.query("alter table session rename to session_away");
    const broken = await fetch(`${portal.origin}/home`, { headers: { cookie, accept: "text/html" } });
    await database.query("alter table session_away rename to session");
    expect(broken.status).toBe(500);
    const [, reference] = /Rujukan: ([\w-]{16})\./.exec(await broken.text()) ?? [];
    await expect.poll(() => linesOf(portal, reference).length).toBeGreaterThan(1);
    expect(linesOf(portal, reference)).toContainEqual(expect.objectContaining({ msg: "request failed", level: 50 }));

    const telling = await tellingOf(portal.dataDir);
    const secrets = (await page.context().cookies(portal.origin))
      .map(({ value }) => value)
      .filter((value) => value.length > 15);
    telling.set("a cookie", new Set(secrets));
    telling.set("what was typed or sent", new Set([MARK, "203.0.113.99"]));
    for (const kind of ["a name", "a mailbox", "an identity number", "a link's secret", "a typed code", "a cookie"])
      expect(telling.get(kind)?.size, kind).toBeGreaterThan(0);
    expect(toldIn(portal.output(), telling)).toEqual([]);
    expect(portal.output()).not.toContain(MARK);
  } finally {
    await database.end();
    await portal.stop();
    fs.rmSync(portal.dataDir, { recursive: true, force: true });
  }
});

const linesOf = ({ output }: Portal, request: string | undefined): object[] =>
  output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { request?: string })
    .filter((line) => line.request === request && request !== undefined);

test("what would be said in a log is found in it", () => {
  const telling = new Map([
    ["a name", new Set(["Contoh Binti Teladan"])],
    ["a typed code", new Set(["123456"])],
  ]);
  const line = (msg: string) => JSON.stringify({ level: 30, time: "2026-11-21T10:12:34.567Z", msg });
  expect(
    toldIn(`${line("hello")}\n${line("from 1123456 and x123456")}\ngreeting of Contoh Binti Teladan`, telling),
  ).toEqual([]);
  expect(toldIn(line("CONTOH binti Teladan came"), telling)).toHaveLength(1);
  expect(toldIn(line("the code 123456 was wrong"), telling)).toHaveLength(1);
});
