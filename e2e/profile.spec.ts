import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const PATH = "/settings/profile";
const REFERENCE = /K-[0-9A-Z]{4}-[0-9A-Z]{4}/;
const toast = (page: Page) => page.locator("main [role='status'].toast");
const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const row = (page: Page, name: string) =>
  page.locator("main li.item", { has: page.locator(".what", { hasText: name }) });

test("a profile says what is left, is completed, and asks its office for another name @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { profile, requests, refusals } = words;
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/home");
  await page.getByRole("link", { name: words.completeness.short.open }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(profile.heading);
  const bar = page.getByRole("img", { name: words.completeness.bar.replace("{done}", "1").replace("{of}", "6") });
  await expect(bar).toBeVisible();
  await expectAccessible();

  await row(page, profile.mobile).getByRole("link").click();
  await expect(page).toHaveURL(`${PATH}/mobile`);
  await isAtWork(field(page, "mobile"));
  await field(page, "mobile").fill("03-0000 1234");
  await press(page, profile.save);
  await expect(alertOn(page)).toContainText(refusals.mobile_unknown);
  await expect(alertOn(page)).toBeFocused();
  await expect(field(page, "mobile")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "mobile")).toHaveValue("03-0000 1234");
  await expectAccessible();
  await field(page, "mobile").fill("+60 12 000 0000");
  await press(page, profile.save);
  await expect(toast(page)).toContainText("012-000 0000");
  await expect(row(page, profile.mobile)).toContainText("012-000 0000");

  await page.goto(`${PATH}/name`);
  await isAtWork(field(page, "fullName"));
  await expectAccessible();
  await field(page, "fullName").fill("Aisyah Contoh @ Rekaan");
  await field(page, "reason").fill("Baris pertama.\nBaris kedua.");
  await press(page, requests.submit);
  await expect(toast(page)).toContainText(REFERENCE);
  const name = row(page, profile.name);
  await expect(name).toContainText("Aisyah Contoh @ Rekaan");
  await expect(name.locator(".asked")).toContainText(REFERENCE);
  await expect(name.locator(".value"), "nothing has changed yet").toHaveText(person.fullName);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);

  await page.goto(`${PATH}/name`);
  await expect(page.getByRole("heading", { name: requests.waiting.heading })).toBeVisible();
  await expectAccessible();
  await isAtWork(page.locator("main").getByRole("button", { name: profile.withdraw, exact: true }));
  await press(page, profile.withdraw);
  await expect(toast(page)).toContainText(profile.done.withdrawn);
  await expect(page.locator(".asked")).toHaveCount(0);
});

test("without JavaScript roles are ticked, a transfer is asked for, and what nobody types is refused or shown as text", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { profile, requests, refusals } = words;
  const page = await anotherBrowser({ javaScript: false });
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });

  await page.goto(`${PATH}/roles`);
  await page.locator('[name="roles"][value="preparer"]').check();
  await page.locator('[name="roles"][value="approver"]').check();
  await press(page, profile.save);
  await expect(toast(page)).toContainText(profile.done.roles);
  await page.goto(`${PATH}/roles`);
  await expect(page.locator('[name="roles"]:checked')).toHaveCount(2);

  await page.goto(`${PATH}/name`);
  for (const [typed, message] of [
    ["A".repeat(5_000), refusals.name_too_long],
    ["Contoh\u202Erekaan", refusals.bidi_override],
    ["Con\u200Btoh", refusals.invisible_characters],
    ["Соntоh", refusals.name_script],
    ["<b>Contoh</b>", refusals.name_characters],
    [person.fullName, refusals.name_same],
  ] as const) {
    await field(page, "fullName").fill(typed);
    await press(page, requests.submit);
    await expect(alertOn(page), typed.slice(0, 20)).toContainText(message);
    await expect(field(page, "fullName")).toHaveAttribute("aria-invalid", "true");
  }
  await field(page, "fullName").fill("Contoh binti Rekaan");
  await field(page, "reason").fill("<script>alert(1)</script>\nBcc: semua@contoh.example");
  await press(page, requests.submit);
  await expect(toast(page)).toContainText(REFERENCE);

  await page.goto(`${PATH}/office`);
  await press(page, requests.submit);
  await expect(alertOn(page)).toContainText(refusals.office_unknown);
  await field(page, "office").selectOption({ index: 1 });
  await press(page, requests.submit);
  await expect(row(page, profile.office).locator(".asked")).toContainText(REFERENCE);
  await row(page, profile.office).getByRole("button").click();
  await expect(toast(page)).toContainText(profile.done.withdrawn);
  await expect(row(page, profile.name).locator(".asked"), "the other one still waits").toBeVisible();
});

test("another identity number is asked for by who has just proven who they are", async ({
  page,
  context,
  database,
  origin,
  settled,
  somebody,
  words,
  expectAccessible,
}) => {
  const { identity, submit } = words.requests;
  const person = await settled("activated");
  const { sessionId } = await openSessionOf(person.id, ["password"], { context, database, origin });
  await database.query("update session set proofs = $2 where id = $1", [
    sessionId,
    JSON.stringify([{ factor: "password", at: "2026-01-01T00:00:00.000Z" }]),
  ]);
  await page.goto(`${PATH}/identity`);
  await expect(page.getByRole("heading", { name: identity.prove })).toBeVisible();
  await expectAccessible();
  await press(page, identity.proveButton);
  await expect(page).toHaveURL(/\/sign-in\/step-up$/);
  await expect(page.getByText(words.stepUp.why.identity)).toBeVisible();
  await isAtWork(field(page, "password"));
  await field(page, "password").fill(GOOD_PASSWORD);
  await page.getByRole("button", { name: words.stepUp.submit, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${PATH}/identity$`));

  await isAtWork(field(page, "identityNumber"));
  await expectAccessible();
  await field(page, "identityNumber").fill(person.identity.number);
  await press(page, submit);
  await expect(alertOn(page)).toContainText(words.refusals.identity_same);
  await expect(field(page, "identityNumber")).toHaveValue(person.identity.number);
  const { number } = somebody().identity;
  await field(page, "identityNumber").fill(number);
  await press(page, submit);
  await expect(toast(page)).toContainText(REFERENCE);
  const asked = row(page, words.profile.mykad).locator(".asked");
  await expect(asked).toContainText(`${number.slice(0, 6)}-••-••••`);
  await expect(page.locator("main")).not.toContainText(number.slice(-6));
  await expectAccessible();
});
