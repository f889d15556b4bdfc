import fs from "node:fs";
import type { Page } from "@playwright/test";
import { messages } from "#lib/text/messages.ts";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD, settleApp } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, givePassword, toThePassword } from "./harness/steps.ts";

const PATH = "/settings/recovery-codes";
const SHAPE = /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/;
const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
async function shownCodes(page: Page): Promise<string[]> {
  const codes = page.locator(".code-list code");
  await expect(codes).toHaveCount(10);
  return codes.allTextContents();
}

/** Presses the link and reads the file that comes. */
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^kunci-[a-z-]+\.txt$/);
  return fs.readFileSync(await file.path(), "utf8");
}

test("ten codes are shown once, kept, and one of them opens the account @phone", async ({
  page,
  context,
  walkerOn,
  settled,
  words,
  mailbox,
  database,
  origin,
  expectAccessible,
}) => {
  // Six pages of it are looked at by axe.
  test.slow();
  const person = await settled("activated");
  const walker = walkerOn(page);
  const { recoveryCodes } = words;
  await settleApp(dataDir(), person.id);
  await openSessionOf(person.id, ["password", "totp"], { context, database, origin });
  await page.goto(PATH);
  await expect(page.getByRole("heading", { name: recoveryCodes.empty })).toBeVisible();
  await expectAccessible();
  await press(page, recoveryCodes.make);
  const heading = page.getByRole("heading", { name: recoveryCodes.shown.heading });
  await expect(heading).toBeFocused();
  const codes = await shownCodes(page);
  for (const code of codes) expect(code).toMatch(SHAPE);
  await expectAccessible();

  const file = await download(page, recoveryCodes.shown.download);
  for (const code of codes) expect(file).toContain(code);
  for (const personal of [person.identity.number, person.officialEmail]) expect(file).not.toContain(personal);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await press(page, recoveryCodes.shown.copy);
  await expect(page.getByText(recoveryCodes.shown.copied, { exact: true })).toBeVisible();
  expect((await page.evaluate(() => navigator.clipboard.readText())).replaceAll("\r", "")).toBe(
    file.replaceAll("\r", ""),
  );
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".code-list")).toBeVisible();
  for (const frame of ["header", "footer", ".side", ".side-m", ".shown-codes .actions"])
    await expect(page.locator(frame).first()).toBeHidden();
  await page.emulateMedia({ media: null });

  await page.reload();
  await expect(page.getByText(recoveryCodes.leftOf.replace("{left}", "10").replace("{of}", "10"))).toBeVisible();
  for (const code of codes) expect(await page.content()).not.toContain(code);
  await expectAccessible();
  expect((await mailbox.nextTo(person.officialEmail)).subject).toContain(
    messages.ms.mail.securityChange.what.recovery_codes_made,
  );

  await context.clearCookies({ name: /session/ });
  await toThePassword(walker, person);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/sign-in\/(method|code\?method=totp)$/);
  await page.getByRole("link", { name: words.signIn.code.useRecovery }).click();
  await expect(page).toHaveURL(/\/sign-in\/code\?method=recovery$/);
  await field(page, "code").fill(` ${codes[3]?.toLowerCase().replaceAll("-", " ")}`);
  await press(page, words.signIn.code.submit);
  await expect(page).toHaveURL(/\/home$/);
  await page.goto(PATH);
  await expect(page.getByText(recoveryCodes.usedOne.replace("{position}", "4"))).toBeVisible();
  await expect(page.getByText(recoveryCodes.leftOf.replace("{left}", "9").replace("{of}", "10"))).toBeVisible();
  await expectAccessible();
});

test("without JavaScript codes are made, downloaded, and not made again by a reload", async ({
  anotherBrowser,
  settled,
  words,
  database,
  origin,
}) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  const { recoveryCodes } = words;
  await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
  await page.goto(PATH);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    press(page, recoveryCodes.make),
  ]);
  expect(answer.headers()["cache-control"]).toBe("no-store");
  const codes = await shownCodes(page);
  await expect(page.getByRole("button", { name: recoveryCodes.shown.copy, exact: true })).toBeHidden();
  const file = await download(page, recoveryCodes.shown.download);
  for (const code of codes) expect(file).toContain(code);

  const hashes = () =>
    database.query("select hash from recovery_code where account_id = $1 order by position", [person.id]);
  const before = (await hashes()).rows;
  await page.reload();
  await expect(alertOn(page)).toContainText(recoveryCodes.stale);
  await expect(page.locator(".code-list")).toHaveCount(0);
  expect((await hashes()).rows, "the form that is sent again makes none").toEqual(before);
  await page.goto(PATH);
  await expect(page.locator(".code-list")).toHaveCount(0);
});

test("a page from before a newer set says so, and the next press makes codes", async ({
  page,
  context,
  settled,
  words,
  database,
  origin,
}) => {
  const person = await settled("activated");
  const { recoveryCodes } = words;
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  const second = await context.newPage();
  await second.goto(PATH);
  await press(second, recoveryCodes.make);
  await expect(second.locator(".code-list")).toBeVisible();
  await press(page, recoveryCodes.make);
  await expect(alertOn(page)).toContainText(recoveryCodes.stale);
  await press(page, recoveryCodes.renewSubmit);
  await expect(page.locator(".code-list")).toBeVisible();
  expect(await shownCodes(page)).not.toEqual(await shownCodes(second));
});

test("with two left the page, the app's page and the overview say so; with a proof too old it is asked for first", async ({
  page,
  context,
  settled,
  words,
  database,
  origin,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const { recoveryCodes, authenticatorApp } = words;
  await settleApp(dataDir(), person.id);
  await openSessionOf(person.id, ["password", "totp"], { context, database, origin });
  await page.goto(PATH);
  await press(page, recoveryCodes.make);
  await expect(page.locator(".code-list")).toBeVisible();
  await database.query(
    "update recovery_code set used_at = now(), used_from = 'Firefox pada Linux' where account_id = $1 and position > 2",
    [person.id],
  );
  await page.goto(PATH);
  await expect(page.locator("main .badge")).toHaveText(recoveryCodes.left.replace("{count}", "2"));
  await expect(page.locator(".callout.warn")).toBeVisible();
  await expect(page.getByText("Firefox pada Linux").first()).toBeVisible();
  await expectAccessible();
  await page.goto("/settings/authenticator-app");
  await expect(page.getByRole("link", { name: authenticatorApp.codes.renew })).toBeVisible();

  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(PATH);
  await press(page, recoveryCodes.renewSubmit);
  await expect(page).toHaveURL(/\/sign-in\/step-up/);
});
