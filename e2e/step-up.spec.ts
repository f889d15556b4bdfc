import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type pg from "pg";
import type { Aal, Factor } from "#lib/assurance/assurance.ts";
import { digest } from "#lib/kernel/digest.ts";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, methodCard, upToFigure } from "./harness/steps.ts";

const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;
const BACK = "/settings/language";

type Asked = { accountId: string; sessionId: string; required: Aal; proven?: readonly Factor[]; returnTo?: string };

/** Puts the browser before the step-up that a page would have asked for. */
async function stepUpOf(
  { accountId, sessionId, required, proven = [], returnTo = BACK }: Asked,
  { context, database, origin }: { context: BrowserContext; database: pg.Pool; origin: string },
): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  const now = new Date();
  await database.query(
    `insert into sign_in_ceremony (id, token_digest, step, identity_index, account_id, session_id, required, proofs, return_to, started_at)
      select $1, $2, 'prove', identity_index, id, $3, $4, $5, $6, $7 from account where id = $8`,
    [
      randomUUID(),
      digest(token),
      sessionId,
      required,
      JSON.stringify(proven.map((factor) => ({ factor, at: now.toISOString() }))),
      returnTo,
      now,
      accountId,
    ],
  );
  await context.addCookies([{ name: cookieNameOn(origin, "sign-in"), value: token, url: origin, httpOnly: true }]);
}

for (const javaScript of [true, false]) {
  test(`the password is asked again, refused and taken, and one is back where one was, ${javaScript ? "with JavaScript @phone" : "without JavaScript"}`, async ({
    page: own,
    anotherBrowser,
    database,
    origin,
    settled,
    words,
    expectAccessible,
  }) => {
    const page = javaScript ? own : await anotherBrowser({ javaScript });
    const context = page.context();
    const arrived = async () => javaScript && expectAccessible(page);
    const { id } = await settled("activated");
    const { sessionId } = await openSessionOf(id, ["password"], { context, database, origin });
    const cookieBefore = (await context.cookies()).find(({ name }) => name === cookieNameOn(origin, "session"))?.value;
    await stepUpOf({ accountId: id, sessionId, required: "aal1" }, { context, database, origin });
    await page.goto("/sign-in/step-up");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.stepUp.heading);
    await expect(page.getByText(words.stepUp.why.other)).toBeVisible();
    await arrived();

    const submit = page.getByRole("button", { name: words.stepUp.submit, exact: true });
    await field(page, "password").fill("Bukan-Kata-Laluan-1");
    await submit.click();
    await expect(alertOn(page)).toContainText(upToFigure(words.signIn.password.mismatch));
    await arrived();
    await field(page, "password").fill(GOOD_PASSWORD);
    await submit.click();
    await expect(page).toHaveURL(new RegExp(`${BACK}$`));
    const cookie = (await context.cookies()).find(({ name }) => name === cookieNameOn(origin, "session"))?.value;
    expect(cookie, "the session has a new secret").not.toBe(cookieBefore);
    expect(
      (await database.query("select from session where account_id = $1 and ended_at is null", [id])).rowCount,
    ).toBe(1);
  });
}

test("only what is missing is asked for: the app after a fresh password, with a recovery code for whoever has no phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { id } = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), id, { recoveryCodes: 1 });
  const { sessionId } = await openSessionOf(id, ["password"], { context, database, origin });
  await stepUpOf(
    { accountId: id, sessionId, required: "aal2", proven: ["password"], returnTo: "/settings/google" },
    { context, database, origin },
  );
  await page.goto("/sign-in/step-up");
  await expect(page.getByText(words.stepUp.why.google)).toBeVisible();
  await expect(page.getByText(words.signIn.code.totp.hint)).toBeVisible();
  await expect(page.locator(".methods .name")).toHaveText([words.method.ways.recovery.name]);
  await expect(field(page, "password")).toHaveCount(0);
  await expectAccessible();

  await methodCard(page, words.method.ways.recovery.name).click();
  await expect(page.getByText(words.signIn.code.recovery.hint)).toBeVisible();
  await expect(page.locator(".methods .name")).toHaveText([words.method.ways.totp.name]);
  await expectAccessible();
  await methodCard(page, words.method.ways.totp.name).click();
  await field(page, "code").fill(app.codeNow());
  await page.getByRole("button", { name: words.stepUp.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/google$/);
});

test("with nothing fresh both are asked for, one after the other", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
}) => {
  const { id } = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), id);
  const { sessionId } = await openSessionOf(id, ["password", "totp"], { context, database, origin });
  await stepUpOf({ accountId: id, sessionId, required: "aal2" }, { context, database, origin });
  await page.goto("/sign-in/step-up");
  const submit = page.getByRole("button", { name: words.stepUp.submit, exact: true });
  await field(page, "code").fill(app.codeNow());
  await submit.click();
  await expect(page).toHaveURL(/\/sign-in\/step-up$/);
  await field(page, "password").fill(GOOD_PASSWORD);
  await submit.click();
  await expect(page).toHaveURL(new RegExp(`${BACK}$`));
});

test("a code by email is asked for and typed on the same page", async ({
  page,
  context,
  database,
  origin,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const { id, officialEmail } = await settled("activated");
  const { sessionId } = await openSessionOf(id, ["email_code"], { context, database, origin });
  await stepUpOf({ accountId: id, sessionId, required: "aal1" }, { context, database, origin });
  await page.goto("/sign-in/step-up");
  await methodCard(page, words.method.ways.email.name).click();
  await expect(page).toHaveURL(/\/sign-in\/step-up\?method=email$/);
  await expect(page.getByRole("timer")).toBeVisible();
  await expectAccessible();
  const code = /(?<![\d/-])\d{3} ?\d{3}(?![\d/-])/.exec((await mailbox.nextTo(officialEmail)).text)?.[0] ?? "";
  await field(page, "code").fill(code);
  await page.getByRole("button", { name: words.stepUp.submit, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${BACK}$`));
});

test("what the account cannot prove yet leads to setting it up", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { id } = await settled("activated");
  const { sessionId } = await openSessionOf(id, ["password"], { context, database, origin });
  await stepUpOf({ accountId: id, sessionId, required: "aal2" }, { context, database, origin });
  await page.goto("/sign-in/step-up");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.stepUp.enrol.heading);
  await expect(page.locator('main a[href="/settings/authenticator-app"]')).toBeVisible();
  await expectAccessible();

  await giveAuthenticatorApp(dataDir(), id);
  await stepUpOf({ accountId: id, sessionId, required: "aal2-phr" }, { context, database, origin });
  await page.goto("/sign-in/step-up");
  await expect(page.getByText(words.stepUp.enrol.leadPasskey)).toBeVisible();
  await expect(page.locator('main a[href="/settings/authenticator-app"]')).toHaveCount(0);
});

test("without a step-up under way, or with somebody else's, the page leads to the settings", async ({
  page,
  context,
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const [one, other] = [await settled("activated"), await settled("activated")];
  await openSessionOf(one.id, ["password"], { context, database, origin });
  await page.goto("/sign-in/step-up");
  await expect(page).toHaveURL(/\/settings$/);

  const theirs = await anotherBrowser();
  const { sessionId } = await openSessionOf(other.id, ["password"], { context: theirs.context(), database, origin });
  await stepUpOf({ accountId: other.id, sessionId, required: "aal1" }, { context, database, origin });
  await page.goto("/sign-in/step-up");
  await expect(page).toHaveURL(/\/settings$/);

  const nobody = await anotherBrowser();
  await nobody.goto("/sign-in/step-up");
  await expect(nobody).toHaveURL(/\/sign-in\?returnTo=%2Fsettings$/);
  await expect(nobody.getByRole("heading", { level: 1 })).toHaveText(words.signIn.heading);
});

test("who does not want to after all is back where they were, with the session as it was", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
}) => {
  const { id } = await settled("activated");
  const { sessionId } = await openSessionOf(id, ["password"], { context, database, origin });
  await stepUpOf({ accountId: id, sessionId, required: "aal1" }, { context, database, origin });
  for (const path of ["/sign-in/method", "/sign-in/password", "/sign-in/code"]) {
    await page.goto(path);
    await expect(page, "a step-up has one page").toHaveURL(/\/sign-in\/step-up/);
  }
  await page.getByRole("link", { name: words.stepUp.cancel, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${BACK}$`));
});
