import type { Page } from "@playwright/test";
import { ACTIVITY_PAGE } from "#lib/account/activity/list-activity.ts";
import { expect, test } from "./harness/fixtures.ts";
import { lockLinkIn } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, giveWrongPassword, isAtWork, pressAndStay, signIn, toThePassword } from "./harness/steps.ts";

const PATH = "/settings/activity";
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const lines = (page: Page) => page.locator(".time > li");

test("what was not one's own doing is found, reported and locks the account @phone", async ({
  page,
  anotherBrowser,
  database,
  walkerOn,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const stranger = await anotherBrowser();
  await toThePassword(walkerOn(stranger, { script: false }), person);
  await giveWrongPassword(walkerOn(stranger, { script: false }), "Bukan-Kata-Laluan-1");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);

  await page.goto("/settings");
  await expect(page.locator("a[href='/settings/lock'].btn")).toBeVisible();
  await page.goto(PATH);
  await expect(heading(page)).toHaveText(words.activity.heading);
  const here = lines(page).first();
  await expect(here).toContainText(words.activity.browser.here);
  await expect(here).toContainText(words.activity.who.owner);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  await page.getByRole("link", { name: words.activity.shows.refused, exact: true }).click();
  await expect(page).toHaveURL(/show=refused$/);
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText(words.activity.reasons.wrong_password);
  await expect(lines(page)).toContainText(words.activity.who.nobody);

  await lines(page).getByRole("link").click();
  await expect(heading(page)).toHaveText(words.activity.reporting.heading);
  await expect(page.locator("main dl")).toContainText(words.activity.reasons.wrong_password);
  await expectAccessible();
  await isAtWork(field(page, "reason"));
  await field(page, "reason").fill(`baris ${"x".repeat(1_000)}`);
  await pressAndStay(page, words.activity.reporting.submit);
  await expect(alertOn(page)).toContainText(/1[.,]?000/);
  await expect(field(page, "reason"), "what was typed stays").toHaveValue(/^baris x+$/);
  await expectAccessible();
  await field(page, "reason").fill("Bukan saya.\n<b>Saya bercuti.</b>");
  await page.getByRole("button", { name: words.activity.reporting.submit }).click();

  await expect(page).toHaveURL(/\/lock\/done$/);
  await expect(heading(page)).toHaveText(words.lock.done.heading);
  const reference = await page.locator(".reference").textContent();
  const filed = await database.query("select reference, kind from helpdesk_case where account_id = $1", [person.id]);
  expect(filed.rows).toEqual([{ reference, kind: "report" }]);
  await expectAccessible();
  await expect(page.locator("main a[href='/recover']").first()).toBeVisible();
  await expect
    .poll(async () => (await mailbox.lettersTo(person.officialEmail)).map(({ text }) => text).join())
    .toContain(reference);

  await page.goto("/home");
  await expect(page, "signed out").toHaveURL(/\/sign-in/);
  await toThePassword(walkerOn(page, { script: false }), person);
  await giveWrongPassword(walkerOn(page, { script: false }), GOOD_PASSWORD);
});

test("any notice locks the account, without signing in and without JavaScript, and its link explains itself after that", async ({
  anotherBrowser,
  page,
  database,
  walkerOn,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const atWork = await anotherBrowser();
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  await signIn(walkerOn(atWork, { script: false }), person, GOOD_PASSWORD);
  const path = new URL(lockLinkIn(await mailbox.nextTo(person.officialEmail))).pathname;

  const plain = await anotherBrowser({ javaScript: false });
  await plain.goto(path);
  await expect(plain, "the token leaves the address bar").toHaveURL(/\/lock$/);
  await expect(heading(plain)).toHaveText(words.lock.letter.heading);
  await expect(plain.locator("main dl")).toContainText(person.officialEmail);
  await atWork.goto("/home");
  await expect(atWork, "opening it changes nothing").toHaveURL(/\/home$/);
  await page.goto(path);
  await expectAccessible();
  await plain.getByRole("button", { name: words.lock.letter.button }).click();
  await expect(plain).toHaveURL(/\/lock\/done$/);
  await expect(heading(plain)).toHaveText(words.lock.done.heading);
  await atWork.goto("/home");
  await expect(atWork).toHaveURL(/\/sign-in/);

  await page.getByRole("button", { name: words.lock.letter.button }).click();
  await expect(heading(page)).toHaveText(words.lock.ends.locked.heading);
  await expectAccessible();
  await page.getByRole("link", { name: words.lock.ends.unlock }).click();
  await expect(heading(page)).toHaveText(words.lock.done.howHeading);
  await expectAccessible();
  const now = "status = 'activated', recovered_at = now() + interval '1 hour'";
  await database.query(`update account set ${now} where id = $1`, [person.id]);
  await page.goto(path);
  await expect(heading(page)).toHaveText(words.lock.ends.recovered.heading);
  await database.query("update letter set created_at = created_at - interval '31 days' where account_id = $1", [
    person.id,
  ]);
  await page.goto(path);
  await expect(heading(page)).toHaveText(words.lock.ends.expired.heading);
  await page.goto("/lock/cut-off");
  await expect(heading(page)).toHaveText(words.lock.ends.unknown.heading);
  await expectAccessible();
});

test("one button in the settings locks at once, however long ago one signed in", async ({
  page,
  context,
  origin,
  database,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const { sessionId } = await openSessionOf(person.id, ["password"], { context, database, origin });
  await database.query(
    `update session set proofs = jsonb_set(proofs, '{0,at}', to_jsonb((now() - interval '3 hours')::text)) where id = $1`,
    [sessionId],
  );
  await page.goto("/settings/lock");
  await expect(heading(page)).toHaveText(words.lock.settings.heading);
  await expectAccessible();
  await page.getByRole("button", { name: words.lock.settings.button }).click();
  await expect(page).toHaveURL(/\/lock\/done$/);
  await expect(page.locator(".reference")).toHaveCount(0);
  const { rows } = await database.query("select status from account where id = $1", [person.id]);
  expect(rows).toEqual([{ status: "locked" }]);
  expect((await mailbox.nextTo(person.officialEmail)).text).toContain("/recover");
});

test("older activity is on the pages after, and somebody else's is nowhere", async ({
  page,
  context,
  origin,
  database,
  settled,
  words,
  expectAccessible,
}) => {
  const [person, stranger] = [await settled("activated"), await settled("activated")];
  await openSessionOf(person.id, ["password"], { context, database, origin });
  const told = (accountId: string, times: number) =>
    database.query(
      `insert into audit_event (at, type, outcome, account_id, actor_kind, actor_id, ip, device, data)
        select now() - n * interval '6 hours', 'security_phrase.set', 'success', $1::uuid, 'account', $1::uuid, '203.0.113.9', 'Firefox pada Linux', '{}'
        from generate_series(1, $2::int) n returning id`,
      [accountId, times],
    );
  const { rows } = await told(stranger.id, 1);
  await told(person.id, ACTIVITY_PAGE + 2);
  await page.goto(`${PATH}?show=change`);
  await expect(lines(page)).toHaveCount(ACTIVITY_PAGE);
  await expect(lines(page).first()).toContainText("203.0.113.9");
  await page.getByRole("link", { name: words.activity.older }).click();
  await expect(lines(page)).toHaveCount(2);
  await page.getByRole("link", { name: words.activity.newest }).click();
  await expect(page).toHaveURL(/show=change$/);
  await page.goto(`${PATH}?show=letter`);
  await expect(page.getByRole("heading", { name: words.activity.empty })).toBeVisible();
  await expectAccessible();
  await page.goto(`${PATH}?show=constructor&before=%27%3B--`);
  await expect(lines(page)).toHaveCount(ACTIVITY_PAGE);
  for (const id of [rows[0].id, "0", "999999999999999", "1e3", "", "1&event=2"]) {
    const answer = await page.goto(`${PATH}/report?event=${id}`);
    expect(answer?.status(), `event ${id}`).toBe(404);
    await expect(heading(page)).toHaveText(words.activity.reporting.noSuch);
  }
  await expectAccessible();
});
