import type { Page } from "@playwright/test";
import type pg from "pg";
import { messages } from "#lib/text/messages.ts";
import { expect, test } from "./harness/fixtures.ts";
import type { MailboxLetter } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import {
  alertOn,
  field,
  givePassword,
  identify,
  methodCard,
  pressAndStay,
  signIn,
  signOut,
  upToFigure,
  type Walker,
} from "./harness/steps.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Six digits on a line of their own. */
function codeIn({ text }: MailboxLetter): string {
  const code = /^\d{6}$/m.exec(text)?.[0];
  if (!code) throw new Error(`No code in: ${text}`);
  return code;
}

const another = (code: string) => (code === "123456" ? "654321" : "123456");

/** From the number to the page where the code is typed. */
async function askForCode(walker: Walker, person: Parameters<typeof identify>[1]): Promise<void> {
  const { page, words } = walker;
  await identify(walker, person);
  await methodCard(page, words.method.ways.email.name).click();
  await expect(page).toHaveURL(/\/sign-in\/code\?method=email/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.signIn.code.email.heading);
}

async function typeCode({ page, words }: Walker, code: string): Promise<void> {
  await field(page, "code").fill(code);
  await button(page, words.signIn.code.submit).click();
}

/** As if everything about codes of this person had happened two minutes earlier. */
async function twoMinutesLater(database: pg.Pool, person: { id: string }): Promise<void> {
  const earlier = "- interval '2 minutes'";
  await database.query(`update email_code set created_at = created_at ${earlier} where account_id = $1`, [person.id]);
  await database.query(
    `update sign_in_ceremony set code_requested_at = code_requested_at ${earlier} where account_id = $1`,
    [person.id],
  );
}

/** As if what was proven in this person's sessions had been proven eleven minutes ago. */
const proofsGrowOld = (database: pg.Pool, person: { id: string }) =>
  database.query(
    `update session set proofs = (select jsonb_agg(proof || jsonb_build_object('at', to_char((proof ->> 'at')::timestamptz - interval '11 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
      from jsonb_array_elements(proofs) proof) where account_id = $1`,
    [person.id],
  );

test("a code by email is asked for, mailed, typed, and opens the account @phone", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  await askForCode(walker, person);
  await walker.arrived(page);

  const letter = await mailbox.nextTo(person.officialEmail);
  const code = codeIn(letter);
  expect(letter.subject).not.toContain(code);
  expect(letter.text.trimEnd().split("\n").at(-1), "phones offer it on this site alone").toBe(`@localhost #${code}`);
  await typeCode(walker, another(code));
  await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.email.mismatch));
  await expect(alertOn(page)).toBeFocused();
  await walker.arrived(page);

  await typeCode(walker, code);
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(person.fullName);
});

test("without JavaScript the same journey ends at home", async ({ anotherBrowser, walkerOn, settled, mailbox }) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  const walker = walkerOn(page, { script: false });
  await askForCode(walker, person);
  await typeCode(walker, codeIn(await mailbox.nextTo(person.officialEmail)));
  await expect(page).toHaveURL(/\/home$/);
});

test("pasted with spaces, or in full-width digits, a code is still the code", async ({
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
}) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  const walker = walkerOn(page, { script: false });
  await askForCode(walker, person);
  const code = codeIn(await mailbox.nextTo(person.officialEmail));
  const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  await typeCode(walker, ` ${wide.slice(0, 3)} ${wide.slice(3)} `);
  await expect(page).toHaveURL(/\/home$/);
});

test("a second code is asked for after a minute, and the first then opens nothing", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  const { again, againSoon, againDone, mismatch } = words.signIn.code.email;
  await askForCode(walker, person);
  const first = codeIn(await mailbox.nextTo(person.officialEmail));
  await button(page, again).click();
  await expect(page.getByText(againSoon)).toBeVisible();
  expect(await mailbox.lettersTo(person.officialEmail)).toHaveLength(1);

  await twoMinutesLater(database, person);
  await button(page, again).click();
  await expect(page.getByText(againDone)).toBeVisible();
  const second = codeIn(await mailbox.nextTo(person.officialEmail, 2));
  await expect
    .poll(async () => {
      const { rows } = await database.query(
        "select count(*)::int as n from email_code where account_id = $1 and superseded_at is not null",
        [person.id],
      );
      return rows[0].n;
    })
    .toBe(1);
  if (first !== second) {
    await typeCode(walker, first);
    await expect(alertOn(page)).toContainText(upToFigure(mismatch));
  }
  await typeCode(walker, second);
  await expect(page).toHaveURL(/\/home$/);
});

test("a code opens only the sign-in that asked for it, and is spent by it", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("activated");
  const owner = walkerOn(page);
  await askForCode(owner, person);
  const code = codeIn(await mailbox.nextTo(person.officialEmail));

  const elsewhere = walkerOn(await anotherBrowser());
  await askForCode(elsewhere, person);
  await typeCode(elsewhere, code);
  await expect(alertOn(elsewhere.page)).toContainText(upToFigure(words.signIn.code.email.mismatch));

  await typeCode(owner, code);
  await expect(page).toHaveURL(/\/home$/);
  await page.context().clearCookies({ name: /session/ });
  await askForCode(owner, person);
  await typeCode(owner, code);
  await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.email.mismatch));
});

test("after five wrong ones the right one opens nothing either", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  await askForCode(walker, person);
  const code = codeIn(await mailbox.nextTo(person.officialEmail));
  for (const tried of [...Array(5).fill(another(code)), code]) {
    await field(page, "code").fill(tried);
    await pressAndStay(page, words.signIn.code.submit);
    await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.email.mismatch));
  }
});

for (const status of ["suspended", "locked", "email_verified", "nobody"] as const) {
  test(`who asks for the code of a number that is ${status} sees the same page, and nothing is mailed`, async ({
    page,
    walkerOn,
    settled,
    somebody,
    mailbox,
    database,
  }) => {
    const walker = walkerOn(page);
    const known = await settled("activated");
    await askForCode(walker, known);
    const seen = await pageWithout(page, known.identity.number);
    await mailbox.nextTo(known.officialEmail);

    const person = status === "nobody" ? somebody() : await settled(status);
    const before = await refusals(database);
    await askForCode(walker, person);
    expect(await pageWithout(page, person.identity.number)).toBe(seen);
    await expect.poll(() => refusals(database), "the trail knows").toBeGreaterThan(before);
    expect(await mailbox.lettersTo(person.officialEmail)).toEqual([]);
  });
}

/** Numbers count down while the test looks, and the number is the person's own. */
const pageWithout = async (page: Page, number: string) =>
  (await page.locator("main").textContent())?.replaceAll(number.slice(0, 6), "……").replace(/\d+:\d\d|\d+ min\w+/g, "…");

const refusals = async (database: pg.Pool): Promise<number> =>
  (await database.query("select count(*)::int as n from audit_event where type = 'email_code.refused'")).rows[0].n;

test("codes are switched off and on again in the settings, and the owner is told @phone", async ({
  page,
  context,
  origin,
  settled,
  mailbox,
  database,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings/email-otp");
  const { heading, switchOff, switchOn, isOff, done } = words.emailCode.settings;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expect(page.locator("main").getByText(person.officialEmail)).toBeVisible();
  await expectAccessible();
  await button(page, switchOff).click();
  await expect(page.getByRole("status").filter({ hasText: done.off })).toBeVisible();
  await expect(page.getByText(isOff, { exact: true })).toBeVisible();
  await expectAccessible();
  // Letters are in the language of the account, which has chosen none.
  const told = await mailbox.nextTo(person.officialEmail);
  expect(told.subject).toContain(messages.ms.mail.securityChange.what.email_code_off);
  await button(page, switchOn).click();
  await expect(page.getByRole("status").filter({ hasText: done.on })).toBeVisible();
});

test("switching off needs a fresh proof, and from then on nothing is mailed", async ({
  page,
  context,
  origin,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page, { script: false });
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await proofsGrowOld(database, person);
  const { switchOff, isOn, done } = words.emailCode.settings;
  await page.goto("/settings/email-otp");
  await button(page, switchOff).click();
  await expect(page).toHaveURL(/\/sign-in\/step-up/);
  await field(page, "password").fill(GOOD_PASSWORD);
  await button(page, words.stepUp.submit).click();
  await expect(page).toHaveURL(/\/settings\/email-otp$/);
  await expect(page.getByText(isOn, { exact: true }), "nothing is done behind one's back").toBeVisible();
  await button(page, switchOff).click();
  await expect(page.getByRole("status").filter({ hasText: done.off })).toBeVisible();
  await mailbox.nextTo(person.officialEmail);

  await signOut(walker);
  await askForCode(walker, person);
  await expect
    .poll(async () => {
      const { rows } = await database.query(
        "select data ->> 'reason' as reason from audit_event where type = 'email_code.refused' and account_id = $1",
        [person.id],
      );
      return rows.map(({ reason }) => reason);
    })
    .toEqual(["switched_off"]);
  expect(await mailbox.lettersTo(person.officialEmail), "but for the one that told of it").toHaveLength(1);
});

test("the switch works without JavaScript", async ({ anotherBrowser, walkerOn, settled, words }) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  const { switchOff, switchOn, done } = words.emailCode.settings;
  await page.goto("/settings/email-otp");
  await button(page, switchOff).click();
  await expect(page.getByText(done.off)).toBeVisible();
  await button(page, switchOn).click();
  await expect(page.getByText(done.on)).toBeVisible();
});

test("a mailbox that is not verified is said so, and cannot be switched on", async ({
  page,
  context,
  origin,
  settled,
  database,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  const { unverified, switchOn, done } = words.emailCode.settings;
  await database.query("update account set email_code_on = false where id = $1", [person.id]);
  await page.goto("/settings/email-otp");
  await database.query("update account set official_email_verified_at = null where id = $1", [person.id]);
  await button(page, switchOn).click();
  await expect(page.getByText(words.emailCode.settings.notice.mailbox_unverified)).toBeVisible();
  await expect(page.getByText(unverified)).toBeVisible();
  await expect(button(page, switchOn)).toHaveCount(0);
  await expect(page.getByText(done.on)).toHaveCount(0);
  await expectAccessible();
});

test("with two factors a code alone opens nothing, by whatever address", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
}) => {
  const person = await settled("activated");
  await database.query(
    "insert into totp_credential (account_id, id, secret_sealed, last_step, set_at) values ($1, gen_random_uuid(), '-', 0, now())",
    [person.id],
  );
  await database.query("update account set asks_two_factors = true where id = $1", [person.id]);
  const walker = walkerOn(page);
  await askForCode(walker, person);
  await typeCode(walker, codeIn(await mailbox.nextTo(person.officialEmail)));
  await expect(page).toHaveURL(/\/sign-in\/method/);
  for (const path of ["/home", "/settings", "/settings/email-otp"]) {
    const answer = await page.request.get(path, { maxRedirects: 0, headers: { RSC: "1" } });
    expect(await answer.text()).not.toContain(person.fullName);
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  await page.goto("/sign-in/password");
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page, "the password and an emailed code are one factor still").toHaveURL(/\/sign-in\/code\?method=totp/);
});
