import type { Page } from "@playwright/test";
import { deviceIn } from "#lib/text/device-words.ts";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { isAtWork, signIn } from "./harness/steps.ts";

const PATH = "/settings/sessions";
const PHONE = "Safari pada iPhone";
const toast = (page: Page) => page.locator("main [role='status'].toast");
const section = (page: Page, id: string) => page.locator("section", { has: page.locator(`#${id}`) });

test("where one is signed in is seen, and one of them is signed out @phone", async ({
  page,
  anotherBrowser,
  database,
  language,
  walkerOn,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  const other = await anotherBrowser();
  await signIn(walkerOn(other, { script: false }), person, GOOD_PASSWORD);
  await database.query(
    "update session set device = $2, proofs = proofs || $3::jsonb where id = (select id from session where account_id = $1 order by created_at desc limit 1)",
    [person.id, PHONE, JSON.stringify([{ factor: "totp", at: new Date(0).toISOString() }])],
  );

  await page.goto(PATH);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.sessions.heading);
  const items = section(page, "open").locator("li");
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText(words.sessions.here);
  await expect(items.first()).toContainText(words.sessions.levels.aal1);
  const phone = items.filter({ hasText: deviceIn(language, PHONE) });
  await expect(phone).toContainText(words.sessions.ways.totp);
  await expect(phone).toContainText(words.sessions.levels.aal2);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();

  await phone.getByRole("button").click();
  await expect(toast(page)).toContainText(deviceIn(language, PHONE));
  await expect(items).toHaveCount(1);
  await expectAccessible();
  await other.goto("/home");
  await expect(other).toHaveURL(/\/sign-in\?returnTo=/);
  await expect(other.getByText(words.signIn.ended)).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(new RegExp(PATH));
});

for (const javaScript of [true, false]) {
  test(`all others, and then every device, are signed out ${javaScript ? "with" : "without"} JavaScript`, async ({
    anotherBrowser,
    walkerOn,
    settled,
    mailbox,
    words,
  }) => {
    const person = await settled("activated");
    const page = await anotherBrowser({ javaScript });
    const others = [await anotherBrowser(), await anotherBrowser()];
    for (const each of [page, ...others]) await signIn(walkerOn(each, { script: false }), person, GOOD_PASSWORD);

    await page.goto(PATH);
    await expect(section(page, "open").locator("li")).toHaveCount(3);
    await page.getByRole("button", { name: words.sessions.signOutOthers }).click();
    await expect(toast(page)).toContainText(words.sessions.done.others);
    await expect(section(page, "open").locator("li")).toHaveCount(1);
    for (const other of others) {
      await other.reload();
      await expect(other).toHaveURL(/\/sign-in/);
    }

    await page.getByRole("button", { name: words.sessions.signOutEverywhere }).click();
    await expect(page).toHaveURL(/\/sign-in\?notice=signedOut$/);
    await page.goto("/home");
    await expect(page).toHaveURL(/\/sign-in/);
    await expect
      .poll(async () => (await mailbox.lettersTo(person.officialEmail)).map(({ subject }) => subject).join())
      .toMatch(/Log keluar di semua peranti|Signed out everywhere/);
  });
}

test("a browser is forgotten: it is signed out, and its next sign-in is told to the owner", async ({
  page,
  anotherBrowser,
  database,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  const other = await anotherBrowser();
  await signIn(walkerOn(other, { script: false }), person, GOOD_PASSWORD);
  await mailbox.nextTo(person.officialEmail, 1);
  await page.goto(PATH);
  const known = section(page, "known").locator("li");
  await expect(known).toHaveCount(2);
  await expect(known.first()).toContainText(words.sessions.thisBrowser);
  await known.last().getByRole("button").click();
  await expect(known).toHaveCount(1);
  await other.goto("/home");
  await expect(other).toHaveURL(/\/sign-in/);
  // The ceiling of notices is a minute.
  await database.query("update letter set created_at = created_at - interval '2 minutes' where account_id = $1", [
    person.id,
  ]);
  await signIn(walkerOn(other, { script: false }), person, GOOD_PASSWORD);
  await mailbox.nextTo(person.officialEmail, 2);
});

test("an id of nobody's session, or none at all, signs nobody out", async ({ page, walkerOn, settled, database }) => {
  const person = await settled("activated");
  const stranger = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  await database.query(
    "insert into session (id, account_id, token_digest, proofs, device, ip, created_at, last_seen_at, expires_at) values (gen_random_uuid(), $1, gen_random_uuid()::text, '[]', '-', '-', now(), now(), now() + interval '1 hour'), (gen_random_uuid(), $2, gen_random_uuid()::text, '[]', '-', '-', now(), now(), now() + interval '1 hour')",
    [person.id, stranger.id],
  );
  const [theirs] = (await database.query("select id from session where account_id = $1", [stranger.id])).rows;
  for (const value of [theirs.id, "", "1", "'; drop table session --"]) {
    await page.goto(PATH);
    const named = page.locator('input[name="sessionId"]');
    // Taking the page over, its script would put back what was there.
    await isAtWork(named);
    await named.evaluate((input, id) => {
      (input as HTMLInputElement).value = id;
    }, value);
    await section(page, "open").locator("li button").click();
    await expect(page).toHaveURL(new RegExp(`${PATH}$`));
  }
  const { rows } = await database.query("select 1 from session where account_id = $1 and ended_at is null", [
    stranger.id,
  ]);
  expect(rows).toHaveLength(1);
});

test("two minutes before a session ends for want of use its owner is asked, and can stay @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.clock.install();
  await page.goto("/settings");
  const asked = page.getByRole("alertdialog");
  const idleFor = (span: string) =>
    database.query("update session set last_seen_at = now() - $2::interval where account_id = $1", [person.id, span]);
  // Another window was used meanwhile: nothing is asked.
  await idleFor("10 minutes");
  await isAtWork(page.locator("dialog.ask"));
  const told = page.waitForResponse(/\/api\/session$/);
  await page.clock.fastForward("28:01");
  await (await told).finished();
  await expect(asked).toBeHidden();
  await idleFor("28 minutes 5 seconds");
  await page.clock.fastForward("18:01");
  await expect(asked).toBeVisible();
  await expect(asked).toContainText(words.sessions.warning.idle);
  await expect(page.getByRole("button", { name: words.sessions.warning.stay })).toBeFocused();
  await expect(page.getByRole("timer")).toContainText(/^1:\d\d$/);
  await expectAccessible();
  const seen = async () =>
    (
      await database.query(
        "select extract(epoch from now() - last_seen_at)::int as ago from session where account_id = $1",
        [person.id],
      )
    ).rows[0].ago as number;
  expect(await seen(), "asking keeps nothing alive").toBeGreaterThan(28 * 60);

  await page.getByRole("button", { name: words.sessions.warning.stay }).click();
  await expect(asked).toBeHidden();
  expect(await seen()).toBeLessThan(60);

  await idleFor("29 minutes");
  await page.clock.fastForward("28:01");
  await expect(asked).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asked).toBeHidden();
  expect(await seen()).toBeLessThan(60);

  await idleFor("28 minutes 30 seconds");
  await page.clock.fastForward("28:01");
  await expect(asked).toBeVisible();
  await idleFor("31 minutes");
  await page.clock.fastForward("02:01");
  await expect(page, "a page of one's own is not left standing").toHaveURL(/\/sign-in\?returnTo=/);
  await expect(page.getByText(words.signIn.idle.split("{", 1)[0] ?? "")).toBeVisible();
});

test("what keeps a session alive is asked for by its own pages alone", async ({
  page,
  context,
  database,
  origin,
  settled,
  address,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const post = (headers: Record<string, string>) =>
    fetch(`${origin}/api/session`, {
      method: "POST",
      headers: { cookie, "x-forwarded-for": address, "content-type": "application/json", ...headers },
      body: "{}",
    });
  expect((await post({ origin: "https://elsewhere.example.gov.my" })).status).toBe(403);
  expect(await (await post({ origin })).json()).toMatchObject({ why: "idle" });
  expect(await (await fetch(`${origin}/api/session`, { headers: { "x-forwarded-for": address } })).json()).toBeNull();
});
