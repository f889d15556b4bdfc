import type { Page, TestInfo } from "@playwright/test";
import { messages } from "#lib/text/messages.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { codeByOathtool, readByZbar, whyNoJudges } from "./harness/judges.ts";
import { GOOD_PASSWORD, settleApp } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, givePassword, toThePassword, type Walker } from "./harness/steps.ts";

const PATH = "/settings/authenticator-app";
const missing = whyNoJudges();
test.skip(missing !== undefined, missing ?? "");

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** What the QR code on the page holds, read off a picture of it. */
async function scan(page: Page, info: TestInfo): Promise<URL> {
  const picture = info.outputPath("qr.png");
  await page.locator(".qr").screenshot({ path: picture });
  return new URL(readByZbar(picture));
}

async function giveCode({ page, words }: Walker, code: string, button = words.authenticatorApp.setup.submit) {
  await field(page, "code").fill(code);
  await press(page, button);
}

/** The key as the page has it for typing. */
async function typedKey({ page, words }: Walker): Promise<string> {
  await page.getByText(words.authenticatorApp.setup.cannotScan).click();
  const groups = await page.locator(".secret").textContent();
  expect(groups).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  return groups?.replaceAll(" ", "") ?? "";
}

test("an app is set up by scanning the code with a phone @phone", async ({
  page,
  context,
  walkerOn,
  settled,
  words,
  mailbox,
  database,
  origin,
  expectAccessible,
}, info) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  const { authenticatorApp } = words;
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  await expect(page.getByText(authenticatorApp.empty)).toBeVisible();
  await expectAccessible();
  await press(page, authenticatorApp.begin);
  await expect(page.getByRole("heading", { name: authenticatorApp.setup.heading })).toBeVisible();
  await expectAccessible();

  const uri = await scan(page, info);
  const secret = uri.searchParams.get("secret") ?? "";
  expect(decodeURIComponent(uri.pathname)).toContain(`:${person.officialEmail}`);
  expect(uri.searchParams.get("issuer")).toContain(words.common.product);
  expect(await typedKey(walker)).toBe(secret);

  await giveCode(walker, "12345");
  await expect(alertOn(page)).toContainText(authenticatorApp.errors.shape);
  await expect(alertOn(page)).toBeFocused();
  // A minute and a half: three steps, or four where one ends meanwhile; two minutes either way.
  await giveCode(walker, codeByOathtool(secret, -90));
  const skewed = page.locator("#code-error");
  await expect(skewed).toContainText(/2 (minit|minutes)/);
  await expect(skewed).toContainText(authenticatorApp.errors.behind.replace(/^.*\}[^}]*?\. /, ""));
  await expect(field(page, "code"), "codes do not come back").toHaveValue("");
  await expectAccessible();
  await giveCode(walker, codeByOathtool(secret));
  await expect(page).toHaveURL(/done=first$/);
  await expect(page.getByRole("status").filter({ hasText: authenticatorApp.done.added })).toBeVisible();
  await expect(page.getByText(words.authenticatorApp.codes.first)).toBeVisible();
  await expect(page.getByRole("link", { name: authenticatorApp.codes.make })).toHaveAttribute(
    "href",
    "/settings/recovery-codes",
  );
  await expectAccessible();
  const letter = await mailbox.nextTo(person.officialEmail);
  expect(letter.subject).toContain(messages.ms.mail.securityChange.what.totp_enrolled);
});

test("a code of the app is asked for after the password, and the app removed after it @phone", async ({
  page,
  walkerOn,
  settled,
  words,
  database,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  const { authenticatorApp } = words;
  const secret = await settleApp(dataDir(), person.id);
  await toThePassword(walker, person);
  await givePassword(walker, GOOD_PASSWORD);
  // One way is left, so the page of methods leads on to it by itself.
  await expect(page).toHaveURL(/\/sign-in\/(method|code\?method=totp)$/);
  const code = codeByOathtool(secret);
  await giveCode(walker, code, words.signIn.code.submit);
  await expect(page).toHaveURL(/\/home$/);

  await page.goto(PATH);
  await page.locator(`a[href="${PATH}/remove"]`).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(authenticatorApp.removing.heading);
  await expect(page.locator(".ways-left li").first()).toHaveText(words.settings.waysLeft.withPassword);
  await expectAccessible();
  await press(page, authenticatorApp.removing.submit);
  await expect(page).toHaveURL(/done=removed$/);
  await expect(page.getByText(authenticatorApp.empty)).toBeVisible();
  const { rows } = await database.query("select 1 from totp_credential where account_id = $1", [person.id]);
  expect(rows).toEqual([]);
});

test("without JavaScript an app is set up by its key, replaced and removed", async ({
  anotherBrowser,
  walkerOn,
  settled,
  database,
  origin,
  words,
}) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  const walker = walkerOn(page, { script: false });
  const { authenticatorApp } = words;
  await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
  await page.goto(PATH);
  await press(page, authenticatorApp.begin);
  const first = await typedKey(walker);
  await giveCode(walker, "000000");
  await expect(alertOn(page)).toContainText(authenticatorApp.errors.mismatch.split("{")[0] ?? "");
  await giveCode(walker, codeByOathtool(first));
  await expect(page.getByText(authenticatorApp.done.added)).toBeVisible();

  await press(page, authenticatorApp.replace);
  await expect(page.getByText(authenticatorApp.setup.keeps)).toBeVisible();
  const second = await typedKey(walker);
  expect(second).not.toBe(first);
  const kept = await database.query("select id from totp_credential where account_id = $1", [person.id]);
  await giveCode(walker, codeByOathtool(first, 30));
  await expect(alertOn(page), "a code of the old app does not confirm the new one").toBeVisible();
  expect((await database.query("select id from totp_credential where account_id = $1", [person.id])).rows).toEqual(
    kept.rows,
  );
  await giveCode(walker, codeByOathtool(second));
  await expect(page.getByText(authenticatorApp.done.replaced)).toBeVisible();

  await page.goto(`${PATH}/remove`);
  await press(page, authenticatorApp.removing.submit);
  await expect(page.getByText(authenticatorApp.empty)).toBeVisible();
});

test("the fifth wrong code ends it, and another secret is begun with", async ({
  page,
  context,
  walkerOn,
  settled,
  words,
  database,
  origin,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  const { authenticatorApp } = words;
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  await press(page, authenticatorApp.begin);
  const secret = await typedKey(walker);
  for (let n = 1; n <= 4; n++) {
    await giveCode(walker, "000000");
    await expect(alertOn(page)).toContainText(authenticatorApp.errors.mismatch.split("{")[0] ?? "");
    await expect(field(page, "code")).toHaveValue("");
  }
  await giveCode(walker, "000000");
  await expect(page.getByText(authenticatorApp.stopped.tries.replace("{tries, number}", "5"))).toBeVisible();
  await press(page, authenticatorApp.begin);
  expect(await typedKey(walker)).not.toBe(secret);
  await press(page, authenticatorApp.setup.cancel);
  await expect(page.getByText(authenticatorApp.empty)).toBeVisible();
});

test("the secret is shown to the browser that began only, and only after a fresh proof", async ({
  page,
  context,
  anotherBrowser,
  settled,
  words,
  database,
  origin,
}) => {
  const person = await settled("activated");
  const { sessionId } = await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  await press(page, words.authenticatorApp.begin);
  await expect(page.locator(".qr")).toBeVisible();
  const elsewhere = await anotherBrowser();
  await openSessionOf(person.id, ["password"], { context: elsewhere.context(), database, origin });
  await elsewhere.goto(PATH);
  await expect(elsewhere.getByText(words.authenticatorApp.empty)).toBeVisible();
  await expect(elsewhere.locator(".qr")).toHaveCount(0);

  await press(page, words.authenticatorApp.setup.cancel);
  await expect(page.getByText(words.authenticatorApp.empty)).toBeVisible();
  await database.query(
    `update session set proofs = jsonb_set(proofs, '{0,at}', to_jsonb(to_char(now() at time zone 'utc' - interval '11 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) where id = $1`,
    [sessionId],
  );
  await press(page, words.authenticatorApp.begin);
  await expect(page).toHaveURL(/\/sign-in\/step-up/);
  await field(page, "password").fill(GOOD_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${PATH}$`));
  await press(page, words.authenticatorApp.begin);
  await expect(page.locator(".qr")).toBeVisible();
});

test("two factors every time is switched off and on by who gives both", async ({
  page,
  context,
  settled,
  words,
  database,
  origin,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const { twoFactors } = words.authenticatorApp;
  await settleApp(dataDir(), person.id);
  await openSessionOf(person.id, ["password", "totp"], { context, database, origin });
  await page.goto(PATH);
  const card = page.locator("section", { has: page.getByRole("heading", { name: twoFactors.heading }) });
  await expect(card).toContainText(twoFactors.onText);
  await card.getByRole("button").click();
  await expect(page.getByRole("status").filter({ hasText: twoFactors.doneOff })).toBeVisible();
  await expect(card).toContainText(twoFactors.offText);
  await expectAccessible();
  await card.getByRole("button").click();
  await expect(page.getByRole("status").filter({ hasText: twoFactors.doneOn })).toBeVisible();
});

test("codes that are none are told of, or refused before anything runs", async ({
  page,
  context,
  settled,
  words,
  database,
  origin,
  address,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  await press(page, words.authenticatorApp.begin);
  await expect(page.locator(".qr")).toBeVisible();
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const sendCode = async (code: string | string[] | Blob) => {
    const form = await plainForm(`${origin}${PATH}`, address, cookies);
    form.set("code", code);
    return form.send();
  };
  const { errors } = words.authenticatorApp;
  for (const code of ["", " ", "-12345", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "9".repeat(5_000)]) {
    const answer = await sendCode(code);
    expect(answer.status, code.slice(0, 10)).toBe(200);
    const html = await answer.text();
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain(code.trim() === "" ? errors.missing : errors.shape);
  }
  for (const odd of [["123456", "654321"], new Blob(["123456"])])
    expect((await sendCode(odd)).status).toBeLessThan(500);
  expect((await sendCode("1".repeat(10_000_000))).status).toBe(413);
  const { rows } = await database.query("select tries from totp_enrolment where account_id = $1", [person.id]);
  expect(rows).toEqual([{ tries: 0 }]);
});
