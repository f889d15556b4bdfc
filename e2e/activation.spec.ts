import { expect, test } from "./harness/fixtures.ts";
import { codeIn, handedOver, linkIn } from "./harness/mailbox.ts";
import {
  activate,
  alertOn,
  answerQuestions,
  askForLetter,
  choosePassword,
  confirmLink,
  field,
  pressAndStay,
  register,
  signIn,
  upToFigure,
} from "./harness/steps.ts";

test("somebody registers, activates and signs in @everywhere", async ({ page, walkerOn, somebody, mailbox, words }) => {
  const person = somebody();
  const walker = walkerOn(page);
  await register(walker, person);
  const letter = await mailbox.nextTo(person.officialEmail);
  expect(letter.text).toContain(linkIn(letter));
  expect(letter.html).toContain(linkIn(letter));
  expect(letter.text + letter.html).not.toContain(person.identity.number);
  await activate(walker, linkIn(letter), person);
  await page.getByRole("link", { name: words.offer.skip }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await signIn(walker, person);
  expect((await mailbox.nextTo(person.officialEmail, 2)).text).not.toContain("/activate/");
});

test("the same without JavaScript", async ({ anotherBrowser, walkerOn, somebody, mailbox }) => {
  const person = somebody();
  const page = await anotherBrowser({ javaScript: false });
  const walker = walkerOn(page, { script: false });
  await register(walker, person);
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await signIn(walker, person);
});

test("somebody registered by the agency needs no registration", async ({ page, walkerOn, settled, mailbox }) => {
  const person = await settled("pre_registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await signIn(walker, person);
});

test("the link works in another browser than the one that registered, and so does the code", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("registered");
  await askForLetter(walkerOn(page), person);
  const letter = await mailbox.nextTo(person.officialEmail);
  await confirmLink(walkerOn(await anotherBrowser()), linkIn(letter), person);

  await page.goto("/activate/code");
  await field(page, "code").fill(codeIn(letter));
  await page.getByRole("button", { name: words.activate.code.submit }).click();
  await expect(page.locator("main dl").getByText(person.fullName, { exact: true })).toBeVisible();
});

test("a letter asked for again makes the older link lead to the newer one's letter", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  const older = linkIn(await mailbox.nextTo(person.officialEmail));
  await database.query(
    "update activation_link set created_at = created_at - interval '2 minutes' where account_id = $1",
    [person.id],
  );

  await page.getByRole("button", { name: words.register.sent.again }).click();
  await expect(page.getByText(words.register.sent.againDone)).toBeVisible();
  const newer = linkIn(await mailbox.nextTo(person.officialEmail, 2));
  expect(newer).not.toBe(older);

  await page.goto(new URL(older).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.dead.superseded);
  await walker.arrived(page);
  await activate(walker, newer, person);
});

test("an expired link says so and offers a new one at once", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  const link = linkIn(await mailbox.nextTo(person.officialEmail));
  await handedOver(database, "activation_link", person);
  await database.query(
    "update activation_link set handed_over_at = handed_over_at - interval '31 minutes', created_at = created_at - interval '31 minutes' where account_id = $1",
    [person.id],
  );
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.dead.expired);
  await walker.arrived(page);
  await page.getByRole("button", { name: words.activate.dead.send }).click();
  await expect(page).toHaveURL(/\/activate\/sent\?again$/);
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail, 2)), person);
});

test("a link that was used says so and leads to sign-in", async ({ page, walkerOn, settled, mailbox, words }) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  const link = linkIn(await mailbox.nextTo(person.officialEmail));
  await activate(walker, link, person);
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.dead.used);
  await walker.arrived(page);
  await page.getByRole("link", { name: words.activate.dead.signIn }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

const strangeTokens = {
  "too short": "tiada",
  unknown: "A".repeat(43),
  "far too long": "A".repeat(300),
  "with signs": "%3Cscript%3E%27%3B--",
  "an emoji": "%F0%9F%94%91",
};
for (const [what, token] of Object.entries(strangeTokens)) {
  test(`a link that is none (${what}) leads to a page that offers one`, async ({ page, words }) => {
    await page.goto(`/activate/${token}`);
    await expect(page.locator('main a[href="/activate"]').first()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.dead.unknown);
  });
}

test("opening the link changes nothing, however often a scanner opens it", async ({
  page,
  origin,
  walkerOn,
  settled,
  mailbox,
  database,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  const link = linkIn(await mailbox.nextTo(person.officialEmail));
  await handedOver(database, "activation_link", person);
  const state = async () =>
    (
      await database.query(
        "select l.*, a.status, (select count(*) from audit_event e where e.account_id = a.id) as events from activation_link l join account a on a.id = l.account_id where a.id = $1",
        [person.id],
      )
    ).rows;
  const before = await state();
  for (const method of ["GET", "HEAD", "GET"]) await fetch(origin + new URL(link).pathname, { method });
  expect(await state()).toEqual(before);
  await activate(walker, link, person);
});

test("somebody else who holds the link has five tries at the last four", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await page.goto(new URL(linkIn(await mailbox.nextTo(person.officialEmail))).pathname);
  for (let n = 0; n < 4; n++) {
    await field(page, "identityLast4").fill("1234");
    await pressAndStay(page, words.activate.confirm.submit);
    await expect(alertOn(page)).toContainText(upToFigure(words.activate.confirm.mismatch));
    // The same words as before: that they are new shows by the focus, which moves the page a last time.
    await expect(alertOn(page)).toBeFocused();
  }
  await field(page, "identityLast4").fill("1234");
  await page.getByRole("button", { name: words.activate.confirm.submit }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.dead.identity_tries_used);
  await walker.arrived(page);
});

test("while the link lives it reopens the activation where it stopped", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  mailbox,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  const link = linkIn(await mailbox.nextTo(person.officialEmail));
  await confirmLink(walker, link, person);
  await answerQuestions(walker);

  const elsewhere = walkerOn(await anotherBrowser());
  await confirmLink(elsewhere, link, person);
  await expect(elsewhere.page.getByText(elsewhere.words.activate.questions.ready)).toBeVisible();
  await elsewhere.page.goto("/activate/password");
  await choosePassword(elsewhere);
  await signIn(elsewhere, person);
});

test("two tabs: the second is told that the first has finished", async ({
  page,
  context,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await confirmLink(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await answerQuestions(walker);
  const second = await context.newPage();
  await second.goto("/activate/password");
  await choosePassword(walker);

  await field(second, "password").fill("Satu-Lagi-Kata-Laluan-5");
  await field(second, "passwordAgain").fill("Satu-Lagi-Kata-Laluan-5");
  await second.getByRole("button", { name: words.activate.password.submit }).click();
  await expect(second.getByRole("heading", { level: 1 })).not.toHaveText(words.activate.done.heading);
  await expect(second.locator('main a[href="/sign-in"], main a[href="/activate"]').first()).toBeVisible();
  await signIn(walker, person);
});

test("a question can be taken out again, and the password waits until there are three", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  words,
}) => {
  const person = await settled("registered");
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await confirmLink(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await page.goto("/activate/password");
  await expect(page).toHaveURL(/\/activate\/questions/);

  await field(page, "questionId").selectOption({ index: 1 });
  await field(page, "answer").fill("Mak Contoh Sejati");
  await page.getByRole("button", { name: words.securityQuestions.choose.add, exact: true }).click();
  await expect(
    page.getByText(words.securityQuestions.choose.count.replace("{count}", "1").replace("{of}", "3")),
  ).toBeVisible();
  await page.getByRole("button", { name: words.securityQuestions.choose.remove }).click();
  await expect(page.getByText(words.securityQuestions.choose.none)).toBeVisible();
});
