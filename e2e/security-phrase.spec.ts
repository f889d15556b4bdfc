import type { Page } from "@playwright/test";
import { messages } from "#lib/text/messages.ts";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import {
  alertOn,
  field,
  givePassword,
  giveWrongPassword,
  signIn,
  signOut,
  toThePassword,
  type Walker,
} from "./harness/steps.ts";

const PHRASE = "teh tarik tepi tasik";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
/** Pages that axe has looked at in other journeys are not looked at again. */
const quick = { script: false };
const phraseOn = (page: Page) => page.locator("main .phrase q");

/** Signs in and chooses the phrase. */
async function choosePhrase(walker: Walker, person: Parameters<typeof signIn>[1], phrase = PHRASE): Promise<void> {
  const { page, words } = walker;
  await signIn(walker, person, GOOD_PASSWORD);
  await page.goto("/settings/security-phrase");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.securityPhrase.settings.heading);
  await field(page, "phrase").fill(phrase);
  await button(page, words.securityPhrase.settings.save).click();
  await expect(page.getByText(words.securityPhrase.settings.done.set)).toBeVisible();
}

test("a phrase is chosen in the settings, replaced and removed, and the owner is told @phone", async ({
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
  const { heading, save, remove, done } = words.securityPhrase.settings;
  await page.goto("/settings/security-phrase");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expectAccessible();
  await field(page, "phrase").fill(PHRASE);
  await button(page, save).click();
  await expect(page.getByText(done.set)).toBeVisible();
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await expectAccessible();
  // Letters are in the language of the account, which has chosen none.
  const told = await mailbox.nextTo(person.officialEmail);
  expect(told.subject).toContain(messages.ms.mail.securityChange.what.security_phrase_set);
  expect(`${told.text}${told.html}`).not.toContain(PHRASE);

  await field(page, "phrase").fill("ombak biru laut dalam");
  await button(page, save).click();
  await expect(phraseOn(page)).toHaveText("ombak biru laut dalam");
  await button(page, remove).click();
  await expect(page.getByText(done.removed)).toBeVisible();
  await expect(phraseOn(page)).toHaveCount(0);
});

test("in a browser one has used the phrase comes first, and the password once it is ticked", async ({
  page,
  walkerOn,
  settled,
  words,
}) => {
  const person = await settled("activated");
  const unlooked = walkerOn(page, quick);
  const walker = walkerOn(page);
  const { signIn: asked } = words.securityPhrase;
  await choosePhrase(unlooked, person);
  await signOut(unlooked);
  await toThePassword(unlooked, person);
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await expect(field(page, "password"), "not before the tick").toHaveCount(0);
  await walker.arrived(page);
  await button(page, asked.next).click();
  await expect(alertOn(page)).toContainText(asked.tick);
  await expect(alertOn(page)).toBeFocused();
  await expect(page.getByRole("checkbox", { name: asked.mine })).toHaveAttribute("aria-invalid", "true");
  await walker.arrived(page);

  await page.getByRole("checkbox", { name: asked.mine }).check();
  await button(page, asked.next).click();
  await expect(field(page, "password")).toBeFocused();
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await walker.arrived(page);
  await giveWrongPassword(unlooked, "Bukan-Kata-Laluan-1");
  await expect(phraseOn(page), "a wrong password does not take it away").toHaveText(PHRASE);
  await givePassword(unlooked, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);
});

test("without JavaScript it is chosen, ticked and signed in with alike", async ({
  anotherBrowser,
  walkerOn,
  settled,
  words,
}) => {
  const person = await settled("activated");
  const page = await anotherBrowser({ javaScript: false });
  const walker = walkerOn(page, { script: false });
  await choosePhrase(walker, person);
  await signOut(walker);
  await toThePassword(walker, person);
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await button(page, words.securityPhrase.signIn.next).click();
  await expect(alertOn(page)).toContainText(words.securityPhrase.signIn.tick);
  await page.getByRole("checkbox", { name: words.securityPhrase.signIn.mine }).check();
  await button(page, words.securityPhrase.signIn.next).click();
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);
});

test("a password that is posted before the tick is not looked at: the phrase is shown first", async ({
  page,
  walkerOn,
  settled,
  database,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page, quick);
  await signIn(walker, person, GOOD_PASSWORD);
  await signOut(walker);
  await toThePassword(walker, person);
  await expect(field(page, "password")).toBeVisible();
  // In another window of this browser a phrase is chosen meanwhile; this page still has its field.
  const second = await page.context().newPage();
  await choosePhrase(walkerOn(second, quick), person);
  await signOut(walkerOn(second, quick));
  await toThePassword(walkerOn(second, quick), person);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await expect(page).toHaveURL(/\/sign-in\/password/);
  const { rows } = await database.query(
    "select failures from password_throttle where identity_index = (select identity_index from account where id = $1)",
    [person.id],
  );
  expect(rows, "and nothing is counted").toEqual([]);
});

test("a new browser is told why no phrase is shown, byte for byte the same whether or not anybody has the number", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  somebody,
  words,
  expectAccessible,
}) => {
  const chooser = await settled("activated");
  await choosePhrase(walkerOn(page, quick), chooser);
  const without = await settled("activated");
  const suspended = await settled("suspended");
  const pages: string[] = [];
  const stranger = await anotherBrowser();
  for (const person of [chooser, without, suspended, somebody()]) {
    await toThePassword(walkerOn(stranger, quick), person);
    await expect(stranger.getByText(words.securityPhrase.signIn.notShown.split("<b>", 1)[0] ?? "")).toBeVisible();
    await expect(phraseOn(stranger)).toHaveCount(0);
    const answer = await stranger.request.get("/sign-in/password");
    pages.push(plain(await answer.text(), person.identity.number));
  }
  await expectAccessible(stranger);
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toContain("······");
});

/**
 * A page without what is new in every answer: its nonce, its request's id, and the part of the number that is shown
 * back.
 */
const plain = (html: string, number: string) =>
  html.replace(/nonce(\\?"?[=:]\\?"?)[\w+/=-]+/g, "nonce$1").replaceAll(number.slice(0, 6), "······");

test("in a browser of two people each sees their own phrase", async ({ page, walkerOn, settled }) => {
  const [first, second] = [await settled("activated"), await settled("activated")];
  const walker = walkerOn(page, quick);
  await choosePhrase(walker, first);
  await signOut(walker);
  await choosePhrase(walker, second, "ombak biru laut dalam");
  await signOut(walker);
  await toThePassword(walker, first);
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await toThePassword(walker, second);
  await expect(phraseOn(page)).toHaveText("ombak biru laut dalam");
});

test("what may not stand on the screen is refused, and what was typed stays", async ({
  page,
  walkerOn,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await signIn(walkerOn(page, quick), person, GOOD_PASSWORD);
  await page.goto("/settings/security-phrase");
  const { refusals, securityPhrase } = words;
  const refused = {
    teh: refusals.phrase_too_short,
    aaaaaa: refusals.phrase_simple,
    [`nombor saya ${person.identity.number}`]: refusals.phrase_personal,
    [GOOD_PASSWORD]: refusals.phrase_like_password,
    [`${PHRASE} `.repeat(5)]: refusals.phrase_too_long,
  };
  for (const [typed, said] of Object.entries(refused)) {
    await field(page, "phrase").fill(typed);
    await button(page, securityPhrase.settings.save).click();
    await expect(alertOn(page)).toContainText(said);
    await expect(field(page, "phrase")).toHaveValue(typed);
    await expect(field(page, "phrase")).toHaveAttribute("aria-invalid", "true");
  }
  await expectAccessible();
  await field(page, "phrase").fill("");
  await button(page, securityPhrase.settings.save).click();
  await expect(alertOn(page)).toContainText(securityPhrase.settings.missing);
});

test("a phrase that was typed is still there after a step-up, which shows the phrase of before", async ({
  page,
  walkerOn,
  settled,
  database,
  words,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  await choosePhrase(walkerOn(page, quick), person);
  await database.query(
    `update session set proofs = (select jsonb_agg(proof || jsonb_build_object('at', to_char((proof ->> 'at')::timestamptz - interval '11 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
      from jsonb_array_elements(proofs) proof) where account_id = $1`,
    [person.id],
  );
  await field(page, "phrase").fill("ombak biru laut dalam");
  await button(page, words.securityPhrase.settings.save).click();
  await expect(page).toHaveURL(/\/sign-in\/step-up/);
  await expect(phraseOn(page)).toHaveText(PHRASE);
  await walker.arrived(page);
  await page.getByRole("checkbox", { name: words.securityPhrase.signIn.mine }).check();
  await button(page, words.securityPhrase.signIn.next).click();
  await field(page, "password").fill(GOOD_PASSWORD);
  await button(page, words.stepUp.submit).click();
  await expect(page).toHaveURL(/\/settings\/security-phrase$/);
  await expect(field(page, "phrase")).toHaveValue("ombak biru laut dalam");
  await button(page, words.securityPhrase.settings.save).click();
  await expect(phraseOn(page)).toHaveText("ombak biru laut dalam");
});
