import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import {
  alertOn,
  choosePasswordCard,
  field,
  givePassword,
  giveWrongPassword,
  signIn,
  signOut,
  toThePassword,
} from "./harness/steps.ts";

test("wrong passwords pause the account for a while, the right one too, and then it opens again @phone", async ({
  page,
  walkerOn,
  settled,
  database,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const walker = walkerOn(page);
  await toThePassword(walker, person);
  for (let n = 0; n < 5; n++) {
    await giveWrongPassword(walker, `Bukan-Ini-Juga-${n}`);
    await expect(alertOn(page)).toBeFocused();
  }
  await expectAccessible();
  await giveWrongPassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/sign-in\/password\??$/);

  await database.query(
    "update password_throttle set paused_until = now() - interval '1 second' where identity_index = (select identity_index from account where id = $1)",
    [person.id],
  );
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);
});

test("of two who sign in at once each is shown their own number alone, by the page and by what its scripts are sent", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
}) => {
  const both = [
    { at: page, person: await settled("activated") },
    { at: await anotherBrowser(), person: await settled("activated") },
  ];
  for (const { at, person } of both) {
    await toThePassword(walkerOn(at), person);
    const shown = `${person.identity.number.slice(0, 6)}-••-••••`;
    await expect(at.locator(".who .num")).toContainText(shown);
    const sent = await (await at.request.get(at.url())).text();
    expect(sent.split(shown), "once to be seen, and once for the scripts").toHaveLength(3);
    expect(sent).not.toMatch(/\p{Co}/u);
  }
});

test("a browser the account knows is not paused by somebody else's wrong passwords", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
}) => {
  const person = await settled("activated");
  const owner = walkerOn(page);
  await signIn(owner, person, GOOD_PASSWORD);
  await signOut(walkerOn(page));

  const attacker = walkerOn(await anotherBrowser());
  await toThePassword(attacker, person);
  for (let n = 0; n < 6; n++) {
    await giveWrongPassword(attacker, `Bukan-Ini-Juga-${n}`);
  }
  await signIn(owner, person, GOOD_PASSWORD);
});

for (const status of ["pre_registered", "registered", "suspended", "locked", "nobody"] as const) {
  test(`a number whose account is ${status} is answered as a wrong password is`, async ({
    page,
    walkerOn,
    settled,
    somebody,
  }) => {
    const walker = walkerOn(page);
    const known = await settled("activated");
    await toThePassword(walker, known);
    await giveWrongPassword(walker, "Bukan-Kata-Laluan-1");
    const wrong = withoutTheNumber(await page.locator("main").textContent(), known.identity.number);

    const person = status === "nobody" ? somebody() : await settled(status);
    await page.goto("/sign-in");
    await toThePassword(walker, person);
    await giveWrongPassword(walker, GOOD_PASSWORD);
    expect(withoutTheNumber(await page.locator("main").textContent(), person.identity.number)).toBe(wrong);
  });
}

/** The part of the number that is shown back is the person's own. */
const withoutTheNumber = (text: string | null, number: string) => text?.replaceAll(number.slice(0, 6), "……");

test("signing out ends the session everywhere it is used", async ({ page, context, walkerOn, settled, words }) => {
  const person = await settled("activated");
  await signIn(walkerOn(page), person, GOOD_PASSWORD);
  const second = await context.newPage();
  await second.goto("/home");
  await expect(second).toHaveURL(/\/home$/);
  const kept = await context.cookies();

  await signOut(walkerOn(page));
  await expect(page.getByText(words.signIn.signedOut)).toBeVisible();
  await second.reload();
  await expect(second).toHaveURL(/\/sign-in/);
  await context.addCookies(kept);
  await second.goto("/home");
  await expect(second, "the cookie alone opens nothing").toHaveURL(/\/sign-in/);
});

test("suspending an account ends its session at the next request", async ({ page, walkerOn, settled, database }) => {
  const person = await settled("activated");
  await signIn(walkerOn(page), person, GOOD_PASSWORD);
  await database.query("update account set status = 'suspended', suspended_from = 'activated' where id = $1", [
    person.id,
  ]);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("home asks for a sign-in first and is reached after it; a foreign return path is not followed", async ({
  page,
  walkerOn,
  settled,
}) => {
  const person = await settled("activated");
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await field(page, "identityNumber").fill(person.identity.number);
  await page.keyboard.press("Enter");
  await choosePasswordCard(walkerOn(page));
  await givePassword(walkerOn(page), GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);

  await page.context().clearCookies({ name: /session/ });
  await page.goto("/sign-in?returnTo=//elsewhere.example.gov.my/");
  await field(page, "identityNumber").fill(person.identity.number);
  await page.keyboard.press("Enter");
  await choosePasswordCard(walkerOn(page));
  await givePassword(walkerOn(page), GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);
});
