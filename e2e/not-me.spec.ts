import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { undoLinkIn } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import {
  alertOn,
  field,
  giveWrongPassword,
  PASSWORD,
  pressAndStay,
  signIn,
  toThePassword,
  upToFigure,
} from "./harness/steps.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

for (const javaScript of [true, false]) {
  const how = javaScript ? "with" : "without";
  test(`who was not the one to sign in ends it, chooses a new password and signs in with it, ${how} JavaScript`, async ({
    anotherBrowser,
    walkerOn,
    settled,
    mailbox,
    words,
  }) => {
    const person = await settled("activated");
    const own = await anotherBrowser({ javaScript });
    const walker = walkerOn(own, { script: javaScript });
    const stranger = await anotherBrowser();
    for (const each of [own, stranger]) await signIn(walkerOn(each, { script: false }), person, GOOD_PASSWORD);

    const link = undoLinkIn(await mailbox.nextTo(person.officialEmail));
    await own.goto(new URL(link).pathname);
    await expect(own, "the token leaves the address bar").toHaveURL(/\/undo$/);
    await expect(heading(own)).toHaveText(words.undo.heading);
    await walker.arrived(own);
    await stranger.reload();
    await expect(stranger, "opening the link changes nothing").toHaveURL(/\/home$/);

    await own.getByRole("button", { name: words.undo.button }).click();
    await expect(own).toHaveURL(/\/recover\/password$/);
    await expect(heading(own)).toHaveText(words.recover.password.heading);
    await walker.arrived(own);
    await stranger.goto("/home");
    await expect(stranger).toHaveURL(/\/sign-in/);
    await toThePassword(walkerOn(stranger, { script: false }), person);
    await giveWrongPassword(walkerOn(stranger, { script: false }), GOOD_PASSWORD);

    const fill = async (number: string, password: string, again = password) => {
      await field(own, "identityNumber").fill(number);
      await field(own, "password").fill(password);
      await field(own, "passwordAgain").fill(again);
      await own.getByRole("button", { name: words.recover.password.submit }).click();
    };
    await fill("600101010000", PASSWORD);
    await expect(alertOn(own)).toContainText(upToFigure(words.recover.password.mismatch));
    await walker.arrived(own);
    await expect(field(own, "identityNumber")).toHaveValue("600101010000");
    await fill(person.identity.number, GOOD_PASSWORD);
    await expect(alertOn(own)).toContainText(words.refusals.password_same);
    await expect(field(own, "password")).toHaveValue("");
    await fill(person.identity.number, PASSWORD, `${PASSWORD}-`);
    await expect(alertOn(own)).toContainText(words.passwordRules.differs);
    await fill(person.identity.number, PASSWORD);
    await expect(own).toHaveURL(/\/sign-in\?notice=newPassword$/);
    await expect(own.getByText(words.signIn.newPassword)).toBeVisible();
    await walker.arrived(own);
    await signIn(walkerOn(own, { script: false }), person, PASSWORD);

    await own.goto(new URL(link).pathname);
    await expect(heading(own)).toHaveText(words.undo.used.heading);
    await walker.arrived(own);
  });
}

test("the link leads to the new password again when half an hour ran out, and explains itself after ten days", async ({
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
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  await signIn(walkerOn(await anotherBrowser(), { script: false }), person, GOOD_PASSWORD);
  const path = new URL(undoLinkIn(await mailbox.nextTo(person.officialEmail))).pathname;
  await page.goto(path);
  await page.getByRole("button", { name: words.undo.button }).click();
  await expect(page).toHaveURL(/\/recover\/password$/);
  await database.query("update password_reset set expires_at = now() where account_id = $1", [person.id]);
  await page.reload();
  await expect(heading(page)).toHaveText(words.recover.ends.timeOver.heading);
  await expectAccessible();
  await page.getByRole("link", { name: words.recover.ends.again }).click();
  await expect(heading(page)).toHaveText(words.undo.againHeading);
  await expectAccessible();
  await page.getByRole("button", { name: words.undo.continue }).click();
  await expect(heading(page)).toHaveText(words.recover.password.heading);

  await database.query("update undo_link set expires_at = now() where account_id = $1", [person.id]);
  await page.goto(path);
  await expect(heading(page)).toHaveText(words.undo.expired.heading);
  await expectAccessible();
  await page.goto("/undo/cut-off");
  await expect(heading(page)).toHaveText(words.undo.unknown.heading);
  await expectAccessible();
  await page.context().clearCookies({ name: /reset|undo/ });
  await page.goto("/recover/password");
  await expect(heading(page)).toHaveText(words.recover.ends.unknown.heading);
  await expectAccessible();
});

test("five wrong numbers end it for the day, and the page says whom to call", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  await signIn(walkerOn(await anotherBrowser(), { script: false }), person, GOOD_PASSWORD);
  await page.goto(new URL(undoLinkIn(await mailbox.nextTo(person.officialEmail))).pathname);
  await page.getByRole("button", { name: words.undo.button }).click();
  await expect(page).toHaveURL(/\/recover\/password$/);
  for (let n = 1; n <= 5; n++) {
    await field(page, "identityNumber").fill(`60010${n}010000`);
    await field(page, "password").fill(PASSWORD);
    await field(page, "passwordAgain").fill(PASSWORD);
    if (n < 5) await pressAndStay(page, words.recover.password.submit);
    else await page.getByRole("button", { name: words.recover.password.submit }).click();
  }
  await expect(heading(page)).toHaveText(words.recover.ends.tries_used.heading);
  await expect(page.locator("main a[href^='tel:']").first()).toBeVisible();
  await expectAccessible();
});

test("of fifty presses at once every one leads on, and one did it", async ({
  page,
  origin,
  address,
  anotherBrowser,
  database,
  walkerOn,
  settled,
  mailbox,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  await signIn(walkerOn(await anotherBrowser(), { script: false }), person, GOOD_PASSWORD);
  const link = undoLinkIn(await mailbox.nextTo(person.officialEmail));
  const opened = await fetch(link, { redirect: "manual", headers: { "x-forwarded-for": address } });
  const cookie = opened.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const forms = await Promise.all(Array.from({ length: 50 }, () => plainForm(`${origin}/undo`, address, cookie)));
  const answers = await Promise.all(forms.map((form) => form.send()));
  expect(answers.filter((answer) => !answer.headers.get("location")?.endsWith("/recover/password"))).toEqual([]);
  const { rows } = await database.query(
    "select count(*)::int as times from audit_event where type = 'device.disowned' and account_id = $1",
    [person.id],
  );
  expect(rows).toEqual([{ times: 1 }]);
});
