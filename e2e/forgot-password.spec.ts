import type { Page } from "@playwright/test";
import { answersWith, rightAnswers } from "#lib/testing/security-answers.ts";
import { expect, test } from "./harness/fixtures.ts";
import { withoutTime } from "./harness/html.ts";
import { codeIn, resetLinkIn } from "./harness/mailbox.ts";
import { GOOD_PASSWORD, settleAnswers, settleApp } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import {
  alertOn,
  dashed,
  field,
  givePassword,
  PASSWORD,
  pressAndStay,
  type Somebody,
  signIn,
  toThePassword,
  upToFigure,
  type Walker,
} from "./harness/steps.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;

/** Fills in who one is, and ends where the letter is waited for. */
async function askForLetter({ page, words, script, arrived }: Walker, person: Somebody): Promise<void> {
  await expect(heading(page)).toHaveText(words.recover.heading);
  await arrived(page);
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "identityNumber").fill(dashed(person.identity));
  if (script) {
    await page.getByRole("checkbox", { name: words.captcha.label }).check();
    await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  }
  await button(page, words.recover.ask.submit).click();
  await expect(page).toHaveURL(/\/recover\/sent$/);
  await expect(heading(page)).toHaveText(words.recover.sent.heading);
  await arrived(page);
}

async function fillPassword(page: Page, number: string, password = PASSWORD): Promise<void> {
  await field(page, "identityNumber").fill(number);
  await field(page, "password").fill(password);
  await field(page, "passwordAgain").fill(password);
}

test("a forgotten password is chosen anew by the mailed link, and opens the account @everywhere", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  await page.goto("/sign-in");
  await page.locator('a[href="/recover"]').click();
  await askForLetter(walker, person);

  const link = resetLinkIn(await mailbox.nextTo(person.officialEmail));
  await page.goto(new URL(link).pathname);
  await expect(page, "the token leaves the address bar").toHaveURL(/\/recover\/password$/);
  await expect(heading(page)).toHaveText(words.recover.password.heading);
  await walker.arrived(page);
  await fillPassword(page, "600101010000");
  await pressAndStay(page, words.recover.password.submit);
  await expect(alertOn(page)).toContainText(upToFigure(words.recover.password.mismatch));
  await expect(alertOn(page)).toBeFocused();
  await expect(field(page, "identityNumber")).toHaveValue("600101010000");
  await expect(field(page, "password"), "a password is never given back").toHaveValue("");
  await walker.arrived(page);
  await fillPassword(page, person.identity.number);
  await button(page, words.recover.password.submit).click();
  await expect(page).toHaveURL(/\/sign-in\?notice=newPassword$/);
  await expect(page.getByText(words.signIn.newPassword)).toBeVisible();
  await signIn(walkerOn(page, { script: false }), person, PASSWORD);

  await page.goto(new URL(link).pathname);
  await expect(heading(page)).toHaveText(words.recover.ends.done.heading);
  await walker.arrived(page);
});

test("without JavaScript, by the code typed on another device; an authenticator app is still asked for", async ({
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const person = await settled("activated");
  await settleApp(dataDir(), person.id);
  await database.query("update account set asks_two_factors = false where id = $1", [person.id]);
  const page = await anotherBrowser({ javaScript: false });
  await page.goto("/recover");
  await askForLetter(walkerOn(page, { script: false }), person);
  const code = codeIn(await mailbox.nextTo(person.officialEmail));

  const other = await anotherBrowser({ javaScript: false });
  await other.goto("/recover/code");
  await field(other, "officialEmail").fill(person.officialEmail);
  await field(other, "code").fill(code.startsWith("0") ? "1111 2222" : "0000 1111");
  await button(other, words.recover.code.submit).click();
  await expect(alertOn(other)).toContainText(upToFigure(words.recover.code.mismatch));
  await expect(field(other, "officialEmail")).toHaveValue(person.officialEmail);
  await field(other, "code").fill(code);
  await button(other, words.recover.code.submit).click();
  await expect(other).toHaveURL(/\/recover\/password$/);
  await fillPassword(other, person.identity.number);
  await button(other, words.recover.password.submit).click();
  await expect(other).toHaveURL(/\/sign-in\?notice=newPassword$/);

  const walker = walkerOn(other, { script: false });
  await toThePassword(walker, person);
  await givePassword(walker, PASSWORD);
  await expect(other, "the password alone opens nothing").toHaveURL(/\/sign-in\/(method|code)/);
});

test("an account its owner has locked asks for security answers too, and is open after it", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await settleAnswers(dataDir(), person.id);
  await database.query("update account set status = 'locked' where id = $1", [person.id]);
  const walker = walkerOn(page);
  await page.goto("/recover");
  await askForLetter(walker, person);
  const letter = await mailbox.nextTo(person.officialEmail);
  expect(letter.text).toContain(words.mail.passwordReset.leadLocked);
  await page.goto(new URL(resetLinkIn(letter)).pathname);
  await expect(page.getByText(words.recover.password.locked)).toBeVisible();
  await expectAccessible();

  const give = async (answers: typeof rightAnswers) => {
    await fillPassword(page, person.identity.number);
    for (const { questionId, answer } of answers) await field(page, `answer.${questionId}`).fill(answer);
  };
  await fillPassword(page, person.identity.number);
  await pressAndStay(page, words.recover.password.submit);
  await expect(alertOn(page)).toContainText(upToFigure(words.recover.password.answersTooFew));
  await give(answersWith(1));
  await pressAndStay(page, words.recover.password.submit);
  await expect(alertOn(page)).toContainText(upToFigure(words.recover.password.answersMismatch));
  for (const { questionId } of rightAnswers) await expect(field(page, `answer.${questionId}`)).toHaveValue("");
  await expectAccessible();
  await give(answersWith(2));
  await button(page, words.recover.password.submit).click();
  await expect(page).toHaveURL(/\/sign-in\?notice=newPassword$/);
  await signIn(walkerOn(page, { script: false }), person, PASSWORD);
});

test("whoever asks, for whichever account, is answered alike; letters tell its owner alone", async ({
  origin,
  settled,
  somebody,
  mailbox,
}) => {
  const known = await settled("activated");
  const kinds = {
    known,
    "another mailbox": { ...known, officialEmail: "lain@contoh.example.gov.my" },
    nobody: somebody(),
    registered: await settled("registered"),
    suspended: await settled("suspended"),
    closed: await settled("closed"),
  };
  const answers = new Set<string>();
  for (const [n, { identity, officialEmail }] of Object.values(kinds).entries()) {
    const form = await plainForm(`${origin}/recover`, `10.220.0.${n + 1}`);
    form.fill({ officialEmail, identityNumber: identity.number });
    const answer = await form.send();
    const cookies = answer.headers.getSetCookie().map((line) => line.split("=", 1)[0]);
    answers.add(`${answer.status} ${answer.headers.get("location")} ${cookies}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
    const sent = await fetch(`${origin}/recover/sent`, { headers: { cookie } });
    const page = (await sent.text()).replaceAll(`${officialEmail.split("@", 1)[0]}@`, "@");
    // What is another one each time, whoever asked: scripts, the form's secrets, the clock.
    answers.add(withoutTime(page.replace(/<script[\s\S]*?<\/script>|nonce="[^"]*"|<input type="hidden"[^>]*>/g, "")));
  }
  expect(answers.size, "one answer, and one page after it").toBe(2);
  await mailbox.nextTo(known.officialEmail);
  await mailbox.nextTo(kinds.registered.officialEmail);
  await mailbox.nextTo(kinds.suspended.officialEmail);
  expect(await mailbox.lettersTo(kinds.closed.officialEmail)).toEqual([]);
  expect(await mailbox.lettersTo(kinds.nobody.officialEmail)).toEqual([]);
});

test("who is signed in as somebody else stays so, and is told; a link that is cut off leads to a new one", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
  expectAccessible,
}) => {
  const [person, other] = [await settled("activated"), await settled("activated")];
  const asking = await anotherBrowser({ javaScript: false });
  await asking.goto("/recover");
  await field(asking, "officialEmail").fill("аисях@contoh.example.gov.my");
  await field(asking, "identityNumber").fill("1".repeat(5_000));
  await button(asking, words.recover.ask.submit).click();
  await expect(alertOn(asking)).toContainText(words.refusals.email_characters);
  await expect(field(asking, "officialEmail")).toHaveAttribute("aria-invalid", "true");
  await expect(field(asking, "identityNumber")).toHaveAttribute("aria-invalid", "true");
  await askForLetter(walkerOn(asking, { script: false }), person);

  await signIn(walkerOn(page, { script: false }), other, GOOD_PASSWORD);
  await page.goto(new URL(resetLinkIn(await mailbox.nextTo(person.officialEmail))).pathname);
  await fillPassword(page, person.identity.number);
  await button(page, words.recover.password.submit).click();
  await expect(heading(page)).toHaveText(words.recover.ends.done.heading);
  await expect(page.getByText(words.recover.ends.done.signedInElsewhere)).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: words.recover.ends.home }).click();
  await expect(heading(page)).toContainText(other.fullName);

  await page.goto("/recover/cut-off");
  await expect(heading(page)).toHaveText(words.recover.ends.unknown.heading);
  await page.getByRole("link", { name: words.recover.ends.ask }).click();
  await expect(page).toHaveURL(/\/recover$/);
  const { rows } = await database.query(
    "select count(*)::int as times from audit_event where type = 'password.reset' and account_id = any($1)",
    [[person.id, other.id]],
  );
  expect(rows).toEqual([{ times: 1 }]);
});
