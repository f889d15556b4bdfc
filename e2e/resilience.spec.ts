import fs from "node:fs";
import path from "node:path";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { expect, test } from "./harness/fixtures.ts";
import { linkIn, openMailbox } from "./harness/mailbox.ts";
import { settlePeople } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import { openDatabase, startPortal, startToTheEnd } from "./harness/portal.ts";
import {
  answerQuestions,
  askForLetter,
  choosePassword,
  confirmLink,
  field,
  giveWrongPassword,
  signIn,
  toThePassword,
} from "./harness/steps.ts";

test("of fifty posts of Selesai at once one is told that it succeeded, and its password is the one that works", async ({
  page,
  context,
  origin,
  address,
  walkerOn,
  settled,
  mailbox,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await confirmLink(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await answerQuestions(walker);

  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const passwords = Array.from({ length: 50 }, (_, n) => `Pilihan-Nombor-${String(n).padStart(2, "0")}!`);
  const forms = await Promise.all(
    passwords.map(async (password) => {
      const form = await plainForm(`${origin}/activate/password`, address, cookie);
      form.fill({ password, passwordAgain: password });
      return form;
    }),
  );
  const answers = await Promise.all(forms.map((form) => form.send()));
  const winners = passwords.filter((_, n) => answers[n]?.headers.get("location")?.endsWith("/activate/done"));
  expect(winners).toHaveLength(1);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);

  const loser = passwords.find((password) => password !== winners[0]) as string;
  await toThePassword(walker, person);
  await giveWrongPassword(walker, loser);
  await signIn(walker, person, winners[0]);
});

test("killed in the middle of an activation, the portal comes back on the same database and the link goes on", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  test.setTimeout(120_000);
  const person = somebody();
  const first = await startPortal();
  let running = first;
  try {
    await settlePeople(first.dataDir, [person], "registered");
    const page = await anotherBrowser({ origin: first.origin });
    const walker = walkerOn(page);
    await askForLetter(walker, person);
    const link = linkIn(await openMailbox(first.origin).nextTo(person.officialEmail));
    await confirmLink(walker, link, person);
    await field(page, "questionId").selectOption({ index: 1 });

    // What the page was still loading would fail with the portal.
    await page.goto("about:blank");
    await first.kill();
    running = await startPortal({ dataDir: first.dataDir, port: Number(new URL(first.origin).port) });
    await page.goto(new URL(link).pathname);
    await confirmLink(walker, link, person);
    await answerQuestions(walker);
    await choosePassword(walker);
    await signIn(walker, person);
  } finally {
    await running.stop();
    fs.rmSync(first.dataDir, { recursive: true, force: true });
  }
});

test("without its database the portal says when to come back, to people, to systems and in what it posts, and lives", async () => {
  test.setTimeout(120_000);
  const portal = await startPortal();
  const database = await openDatabase(portal.dataDir);
  database.on("error", () => undefined);
  const ask = async (path: string, asked: RequestInit = {}) => {
    const answer = await fetch(portal.origin + path, { redirect: "manual", ...asked });
    return { status: answer.status, after: Number(answer.headers.get("retry-after")), body: await answer.text() };
  };
  try {
    const form = await plainForm(`${portal.origin}/activate`, "192.0.2.1");
    form.fill({ identityNumber: "900101-14-0000" });
    const [folder] = (await database.query("select current_setting('data_directory') as at")).rows;
    await database.end();
    process.kill(Number(fs.readFileSync(path.join(folder.at, "postmaster.pid"), "utf8").split("\n", 1)[0]), "SIGQUIT");
    await expect.poll(async () => (await ask("/api/ready")).status).toBe(503);

    // Whose session it is, is asked each time.
    const cookie = `${cookieNameOn(portal.origin, "session")}=${"x".repeat(43)}`;
    const page = await ask("/home", { headers: { cookie, accept: "text/html" } });
    expect(page.body).toContain("Portal terputus sebentar");
    expect(page.body).toContain('href="/home"');
    const system = await ask("/oidc/me", { headers: { authorization: "Bearer x", accept: "application/json" } });
    expect(JSON.parse(system.body)).toMatchObject({ error: "temporarily_unavailable" });
    const posted = await form.send();
    const given = {
      status: posted.status,
      after: Number(posted.headers.get("retry-after")),
      body: await posted.text(),
    };
    expect(given.body).toContain("mungkin sudah atau belum disimpan");
    expect(given.body).toContain('name="identityNumber" value="900101-14-0000"');
    for (const { status, after } of [page, system, given]) expect([status, after > 0]).toEqual([503, true]);
    expect((await ask("/api/health")).status).toBe(200);
  } finally {
    await portal.stop();
  }
  expect(portal.output(), "it ends when it is told to").not.toContain("the portal ends");
});

test("a taken port is told plainly and disturbs nothing", async ({ origin }) => {
  const { port } = new URL(origin);
  const { code, said } = await startToTheEnd(Number(port));
  expect(code).toBe(1);
  expect(said).toContain(port);
  expect(said).not.toMatch(/\bat .+:\d+:\d+/);
  expect((await fetch(`${origin}/api/ready`)).status).toBe(200);
});
