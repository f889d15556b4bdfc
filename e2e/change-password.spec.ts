import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import {
  ANSWERS,
  alertOn,
  field,
  givePassword,
  giveWrongPassword,
  isAtWork,
  PASSWORD,
  signIn,
  toThePassword,
} from "./harness/steps.ts";

const toast = (page: Page) => page.locator("main [role='status'].toast");
const sessionOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith("kunci-session"))?.value;

for (const javaScript of [true, false]) {
  test(`the password is changed ${javaScript ? "with" : "without"} JavaScript: others are signed out, this browser is not`, async ({
    anotherBrowser,
    walkerOn,
    settled,
    mailbox,
    words,
  }) => {
    const person = await settled("activated");
    const page = await anotherBrowser({ javaScript });
    const walker = walkerOn(page, { script: javaScript });
    const other = await anotherBrowser();
    const stranger = walkerOn(other, { script: false });
    for (const each of [walkerOn(page, { script: false }), stranger]) await signIn(each, person, GOOD_PASSWORD);

    await page.goto("/settings/password");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.changePassword.heading);
    await walker.arrived(page);
    const fill = async (password: string, again = password) => {
      await field(page, "password").fill(password);
      await field(page, "passwordAgain").fill(again);
      await page.getByRole("button", { name: words.changePassword.submit }).click();
    };
    if (javaScript) {
      await isAtWork(field(page, "password"));
      await field(page, "password").fill("Nasi-Lemak");
      await expect(page.locator(".rules .met").first()).toBeVisible();
      await walker.arrived(page);
    }
    await fill(GOOD_PASSWORD);
    await expect(alertOn(page)).toContainText(words.refusals.password_same);
    await expect(field(page, "password")).toHaveAttribute("aria-invalid", "true");
    await walker.arrived(page);
    await fill("Pendek-1");
    await expect(alertOn(page)).toContainText(words.refusals.password_length_jpa);
    await fill(PASSWORD, `${PASSWORD}-`);
    await expect(alertOn(page)).toContainText(words.passwordRules.differs);
    const before = await sessionOf(page);
    await fill(PASSWORD);
    await expect(toast(page)).toContainText(words.changePassword.done);
    await walker.arrived(page);
    expect(await sessionOf(page), "a stolen cookie opens nothing any more").not.toBe(before);
    await page.goto("/home");
    await expect(page).toHaveURL(/\/home$/);
    await other.reload();
    await expect(other).toHaveURL(/\/sign-in/);
    await toThePassword(stranger, person);
    await giveWrongPassword(stranger, GOOD_PASSWORD);
    await givePassword(stranger, PASSWORD);
    await expect(other).toHaveURL(/\/(home|settings)/);
    await expect
      .poll(async () => (await mailbox.lettersTo(person.officialEmail)).map(({ subject }) => subject).join())
      .toMatch(/Kata laluan ditukar|Password changed/);
  });
}

test("a proof that is not fresh is asked for before the form is there", async ({
  page,
  database,
  walkerOn,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  const makeStale = () =>
    database.query(
      `update session set proofs = (select jsonb_agg(proof || '{"at": "2026-01-01T00:00:00.000Z"}') from jsonb_array_elements(proofs) proof) where account_id = $1`,
      [person.id],
    );
  await makeStale();
  await page.goto("/settings/password");
  await expect(field(page, "password")).toHaveCount(0);
  await expectAccessible();
  await page.getByRole("button", { name: words.changePassword.proveButton }).click();
  await expect(page).toHaveURL(/\/sign-in\/step-up/);
  await field(page, "password").fill(GOOD_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/password$/);

  await makeStale();
  await field(page, "password").fill(PASSWORD);
  await field(page, "passwordAgain").fill(PASSWORD);
  await page.getByRole("button", { name: words.changePassword.submit }).click();
  await expect(page, "ten minutes passed while the form was open").toHaveURL(/\/sign-in\/step-up/);
});

for (const javaScript of [true, false]) {
  test(`three new questions replace the old ones ${javaScript ? "with" : "without"} JavaScript @phone`, async ({
    anotherBrowser,
    database,
    origin,
    walkerOn,
    settled,
    words,
  }) => {
    const person = await settled("activated");
    const page = await anotherBrowser({ javaScript });
    const walker = walkerOn(page, { script: javaScript });
    await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
    const { choose } = words.securityQuestions;
    await page.goto("/settings/security-questions");
    await walker.arrived(page);
    await page.getByRole("button", { name: words.securityQuestions.save }).click();
    await expect(page).toHaveURL(/missing/);
    await expect(page.locator("#missing")).toHaveText(words.securityQuestions.left3);
    await field(page, "answer").fill("tiada");
    await page.getByRole("button", { name: choose.add, exact: true }).click();
    await expect(alertOn(page).first()).toContainText(words.refusals.question_unknown);
    for (const [n, answer] of ANSWERS.entries()) {
      await expect(page.getByText(choose.count.replace("{count}", String(n)).replace("{of}", "3"))).toBeVisible();
      await field(page, "questionId").selectOption({ index: n + 1 });
      await field(page, "answer").fill(answer);
      await page.getByRole("button", { name: choose.add, exact: true }).click();
    }
    await expect(page.getByText(words.securityQuestions.ready)).toBeVisible();
    await walker.arrived(page);
    expect(await page.content()).not.toContain(ANSWERS[0]);
    await page.getByRole("button", { name: words.securityQuestions.save }).click();
    await expect(toast(page)).toContainText(words.securityQuestions.done);
    await walker.arrived(page);
    const { rows } = await database.query("select 1 from security_answer where account_id = $1", [person.id]);
    expect(rows).toHaveLength(3);
  });
}
