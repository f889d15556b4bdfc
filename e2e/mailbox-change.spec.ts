import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { codeIn, undoLinkIn, verifyLinkIn } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork, pressAndStay, signIn, upToFigure } from "./harness/steps.ts";

const OFFICIAL = "/settings/profile/email/official";
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** Another mailbox of the agency, nobody's yet. */
const another = ({ officialEmail }: { officialEmail: string }) => officialEmail.replace("pegawai.", "baharu.");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("a new official mailbox is proven by the code of its letter, and the former one is told @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  const text = words.mailboxChange;
  const next = another(person);
  await page.goto(OFFICIAL);
  await expect(heading(page)).toHaveText(text.official.title);
  await expectAccessible();

  await isAtWork(field(page, "officialEmail"));
  await field(page, "officialEmail").fill("aisyah@gmail.com");
  await pressAndStay(page, text.ask);
  await expect(alertOn(page)).toContainText(upToFigure(words.refusals.email_personal));
  await expect(field(page, "officialEmail")).toHaveValue("aisyah@gmail.com");
  await expectAccessible();

  await field(page, "officialEmail").fill(next);
  await press(page, text.ask);
  await expect(page.locator("#awaited")).toContainText(next);
  await expectAccessible();
  const letter = await mailbox.nextTo(next);
  expect(letter.text, "nobody knows yet who reads it").not.toContain(person.officialEmail);
  await isAtWork(field(page, "code"));
  await field(page, "code").fill("00000000");
  await pressAndStay(page, text.awaited.submit);
  await expect(alertOn(page)).toContainText(upToFigure(text.awaited.mismatch));
  await expectAccessible();

  await field(page, "code").fill(codeIn(letter));
  await press(page, text.awaited.submit);
  await expect(page).toHaveURL(/\/official\?done=changed$/);
  await expect(page.locator(".toast")).toContainText(next);
  await expectAccessible();
  undoLinkIn(await mailbox.nextTo(person.officialEmail));
  await mailbox.nextTo(next, 2);
});

test("without JavaScript the link works where one signs in, and the former mailbox takes the change back", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  mailbox,
  words,
  walkerOn,
}) => {
  const person = await settled("activated");
  const text = words.mailboxChange;
  const next = another(person);
  const thief = await anotherBrowser({ javaScript: false });
  await openSessionOf(person.id, ["password"], { context: thief.context(), database, origin });
  await thief.goto(OFFICIAL);
  await field(thief, "officialEmail").fill(next);
  await press(thief, text.ask);
  await expect(thief.locator("#awaited")).toContainText(next);

  const link = new URL(verifyLinkIn(await mailbox.nextTo(next))).pathname;
  const phone = await anotherBrowser({ javaScript: false });
  await phone.goto(link);
  await expect(phone, "the token leaves the address bar").toHaveURL(/\/verify$/);
  await expect(heading(phone)).toHaveText(text.link.signInHeading);
  await signIn(walkerOn(phone, { script: false }), person, GOOD_PASSWORD);
  await phone.goto("/verify");
  await press(phone, text.link.confirm);
  await expect(phone).toHaveURL(/\/official\?done=changed$/);

  const own = await anotherBrowser({ javaScript: false });
  await own.goto(new URL(undoLinkIn(await mailbox.nextTo(person.officialEmail, 1))).pathname);
  await expect(own).toHaveURL(/\/undo$/);
  await expect(heading(own)).toHaveText(text.restore.heading);
  await press(own, text.restore.button);
  await expect(own).toHaveURL(/\/recover\/password\?after=mailbox$/);
  await expect(own.getByText(words.recover.password.restored)).toBeVisible();
  for (const each of [thief, phone]) {
    await each.goto(OFFICIAL);
    await expect(each, "every session has ended").toHaveURL(/\/sign-in/);
  }
  await own.goto("/undo");
  await expect(heading(own)).toHaveText(text.restore.againHeading);
  const { rows } = await database.query("select official_email from account where id = $1", [person.id]);
  expect(rows).toEqual([{ official_email: person.officialEmail }]);
});

test("a link to a new mailbox changes nothing for somebody signed in as another account", async ({
  page,
  context,
  database,
  origin,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const [person, other] = [await settled("activated"), await settled("activated")];
  const text = words.mailboxChange;
  const home = `rumah.${person.id.slice(0, 8)}@rumah.example.gov.my`;
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings/profile/email/personal");
  await expectAccessible();
  await field(page, "personalEmail").fill(home);
  await press(page, text.ask);
  await expect(page.locator("#awaited")).toContainText(home);
  const link = new URL(verifyLinkIn(await mailbox.nextTo(home))).pathname;

  await openSessionOf(other.id, ["password"], { context, database, origin });
  await page.goto(link);
  await expect(heading(page)).toHaveText(text.link.otherHeading);
  await expectAccessible();
  await expect(page.getByRole("button", { name: text.link.confirm })).toHaveCount(0);

  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto(link);
  await expect(heading(page)).toHaveText(text.link.heading);
  await expectAccessible();
  await press(page, text.link.confirm);
  await expect(page).toHaveURL(/\/personal\?done=changed$/);
  await expect(page.locator("main .what")).toContainText(home);
  await press(page, text.remove);
  await expect(page).toHaveURL(/\/personal\?done=removed$/);
  await expect(page.locator(".toast")).toContainText(text.done.removed);
  await expectAccessible();
});
