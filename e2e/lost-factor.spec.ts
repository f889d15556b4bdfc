import type { Page } from "@playwright/test";
import type pg from "pg";
import { answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { addAuthenticator } from "./harness/authenticator.ts";
import { expect, test } from "./harness/fixtures.ts";
import { codeIn, type MailboxLetter } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { giveAnswers } from "./harness/security-answers.ts";
import { alertOn, field, givePassword, isAtWork, signIn, upToFigure, type Walker } from "./harness/steps.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;

/** The path behind a link of a letter to this place. */
function pathTo(place: string, letter: MailboxLetter): string {
  const found = new RegExp(`https?://\\S+(/${place}/[\\w-]{43})`).exec(letter.text)?.[1];
  if (!found) throw new Error(`No link to /${place}/… in: ${letter.text}`);
  return found;
}

/** A day passes for one account, and what waits for that is done. */
async function aDayPasses(database: pg.Pool, accountId: string): Promise<void> {
  await database.query(
    "update recovery set started_at = started_at - interval '1 day', ready_at = now() where account_id = $1",
    [accountId],
  );
  await database.query(
    "update pgboss.job set start_after = now() where name = 'recovery-waits' and data ->> 'recoveryId' in (select id::text from recovery where account_id = $1)",
    [accountId],
  );
}

/** From the first question down the ladder to the form, as somebody who has nothing but the mailbox. */
async function downTheLadder({ page, words, arrived }: Walker): Promise<void> {
  await page.goto("/recover/second-factor");
  for (const question of ["device", "code", "phone", "mailbox"] as const) {
    const { ask } = words.lostFactor;
    await expect(heading(page)).toHaveText(ask[question].heading);
    await arrived(page);
    await page
      .getByRole("link", { name: question === "mailbox" ? ask.mailbox.yes : ask[question].no, exact: true })
      .click();
  }
  await expect(page).toHaveURL(/\/recover\/second-factor\/start$/);
  await arrived(page);
}

type Person = { identity: { number: string }; officialEmail: string };

async function ask({ page, words, script, arrived }: Walker, person: Person): Promise<void> {
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "identityNumber").fill(person.identity.number);
  if (script) {
    await page.getByRole("checkbox", { name: words.captcha.label }).check();
    await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  }
  await page.getByRole("button", { name: words.recover.ask.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/recover\/second-factor\/sent$/);
  await arrived(page);
}

async function answer({ page, words, script }: Walker, answers: typeof rightAnswers): Promise<void> {
  if (script) await isAtWork(page.locator("main form").first());
  for (const { questionId, answer } of answers) await field(page, `answer.${questionId}`).fill(answer);
  await page.getByRole("button", { name: words.lostFactor.answers.submit, exact: true }).click();
}

for (const script of [true, false]) {
  const how = script ? "with JavaScript @phone" : "without JavaScript, codes typed";
  test(`who has lost all but the mailbox waits a day and sets up a new authenticator app, ${how}`, async ({
    anotherBrowser,
    database,
    mailbox,
    settled,
    walkerOn,
    words,
  }) => {
    const person = await settled("activated");
    await giveAnswers(dataDir(), person.id);
    await giveAuthenticatorApp(dataDir(), person.id, { recoveryCodes: 10 });
    const page = await anotherBrowser({ javaScript: script });
    const walker = walkerOn(page, { script });
    await downTheLadder(walker);
    await ask(walker, person);

    const asked = await mailbox.nextTo(person.officialEmail);
    if (script) await page.goto(pathTo("recover/second-factor", asked));
    else {
      await field(page, "code").fill(codeIn(asked));
      await page.getByRole("button", { name: words.recover.code.submit, exact: true }).click();
    }
    await expect(page, "the token leaves the address bar").toHaveURL(/\/recover\/second-factor\/progress$/);
    await expect(heading(page)).toHaveText(words.lostFactor.answers.heading);
    await walker.arrived(page);
    await answer(walker, answersWith(1));
    await expect(alertOn(page)).toContainText(upToFigure(words.lostFactor.answers.mismatch));
    await walker.arrived(page);
    await answer(walker, answersWith(2));
    await expect(heading(page)).toHaveText(words.lostFactor.progress.heading);
    await expect(page.getByRole("progressbar")).toBeVisible();
    await walker.arrived(page);

    await mailbox.nextTo(person.officialEmail, 2);
    await page.goto("/enrol");
    await expect(heading(page), "nothing opens before the day is over").toHaveText(words.enrol.code.heading);
    await walker.arrived(page);
    await aDayPasses(database, person.id);
    const enrolment = await mailbox.nextTo(person.officialEmail, 3);
    if (script) await page.goto(pathTo("enrol", enrolment));
    else {
      await field(page, "code").fill(codeIn(enrolment));
      await page.getByRole("button", { name: words.enrol.code.submit, exact: true }).click();
    }
    await expect(page).toHaveURL(/\/enrol$/);
    await expect(heading(page)).toHaveText(words.enrol.ready.heading);
    await walker.arrived(page);
    await page.getByRole("button", { name: words.enrol.ready.button, exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in\/password$/);
    await walker.arrived(page);
    await givePassword(walker, GOOD_PASSWORD);
    await expect(page).toHaveURL(/\/enrol$/);
    await expect(heading(page)).toHaveText(words.enrol.now.heading);
    await walker.arrived(page);
    for (const elsewhere of ["/home", "/settings/passkeys", "/settings/password"]) {
      await page.goto(elsewhere);
      await expect(page, `${elsewhere} is not open to it`).toHaveURL(/\/enrol$/);
    }
    await page.getByRole("button", { name: words.enrol.now.beginApp, exact: true }).click();
    await expect(page.getByRole("heading", { name: words.authenticatorApp.setup.heading })).toBeVisible();
    await walker.arrived(page);
    const secret = (await page.locator(".secret").textContent())?.replaceAll(/\s/g, "") ?? "";
    if (script) await isAtWork(field(page, "code"));
    await field(page, "code").fill(totpCode(secret, new Date()));
    await page.getByRole("button", { name: words.authenticatorApp.setup.submit, exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in\?notice=factorReplaced$/);
    await walker.arrived(page);
    await page.goto("/home");
    await expect(page, "the enrolment signs nobody in").toHaveURL(/\/sign-in/);
    const { rows } = await database.query(
      "select (select count(*)::int from recovery_code where account_id = $1) as codes, (select count(*)::int from totp_credential where account_id = $1) as apps",
      [person.id],
    );
    expect(rows).toEqual([{ codes: 0, apps: 1 }]);
  });
}

test("the wait is seen wherever its owner is signed in, and stopped there or by the letter", async ({
  anotherBrowser,
  database,
  mailbox,
  settled,
  walkerOn,
  words,
}) => {
  const person = await settled("activated");
  await giveAnswers(dataDir(), person.id);
  const owner = await anotherBrowser();
  await signIn(walkerOn(owner, { script: false }), person, GOOD_PASSWORD);
  await giveAuthenticatorApp(dataDir(), person.id, { asksTwoFactors: false });
  const stranger = await anotherBrowser({ javaScript: false });
  const strange = walkerOn(stranger, { script: false });
  const begin = async (letters: number) => {
    await stranger.goto("/recover/second-factor/start");
    await ask(strange, person);
    await stranger.goto(pathTo("recover/second-factor", await mailbox.nextTo(person.officialEmail, letters)));
    await answer(strange, rightAnswers);
    await expect(heading(stranger)).toHaveText(words.lostFactor.progress.heading);
  };

  await begin(1);
  const told = await mailbox.nextTo(person.officialEmail, 2);
  await owner.goto("/home");
  await expect(owner.getByText(words.lostFactor.banner.notYou)).toBeVisible();
  await walkerOn(owner).arrived(owner);
  await owner.goto(pathTo("undo", told));
  await expect(heading(owner)).toHaveText(words.lostFactor.stop.heading);
  await walkerOn(owner).arrived(owner);
  await owner.getByRole("button", { name: words.lostFactor.stop.button, exact: true }).click();
  await expect(heading(owner)).toHaveText(words.lostFactor.stop.done.heading);
  await walkerOn(owner).arrived(owner);
  await stranger.reload();
  await expect(heading(stranger)).toHaveText(words.lostFactor.ends.stopped.heading);

  await database.query("update recovery set created_at = created_at - interval '2 minutes' where account_id = $1", [
    person.id,
  ]);
  await begin(4);
  await owner.goto("/settings");
  await owner.getByRole("button", { name: words.lostFactor.banner.cancel, exact: true }).click();
  await expect(owner.getByText(words.lostFactor.banner.stopped)).toBeVisible();
  await stranger.goto("/recover/second-factor/progress");
  await expect(heading(stranger)).toHaveText(words.lostFactor.ends.stopped.heading);
});

test("a passkey made with the ticket is what signs in from then on", async ({
  anotherBrowser,
  database,
  mailbox,
  settled,
  walkerOn,
  words,
}) => {
  const person = await settled("activated");
  await giveAnswers(dataDir(), person.id);
  await giveAuthenticatorApp(dataDir(), person.id);
  const page = await anotherBrowser();
  const walker = walkerOn(page);
  await page.goto("/recover/second-factor/start");
  await ask(walker, person);
  await page.goto(pathTo("recover/second-factor", await mailbox.nextTo(person.officialEmail)));
  await answer(walker, rightAnswers);
  await expect(heading(page)).toHaveText(words.lostFactor.progress.heading);
  await mailbox.nextTo(person.officialEmail, 2);
  await aDayPasses(database, person.id);
  await page.goto(pathTo("enrol", await mailbox.nextTo(person.officialEmail, 3)));
  await page.getByRole("button", { name: words.enrol.ready.button, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/password$/);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/enrol$/);
  const phone = await addAuthenticator(page, { transport: "internal" });
  await phone.present(true);
  const here = page.getByRole("button", { name: words.enrol.now.here, exact: true });
  await isAtWork(here);
  await here.click();
  // The page where one signs in finds the new passkey by itself.
  await expect(page).toHaveURL(/\/home$/);
  expect(await phone.credentials()).toHaveLength(1);
});
