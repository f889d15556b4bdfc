import type { Page } from "@playwright/test";
import { settingsPages } from "#app/(account)/settings/settings-pages.ts";
import { APPEARANCE_COOKIE } from "#lib/kernel/appearance.ts";
import { expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork, pressAndStay } from "./harness/steps.ts";

const DARK = "rgb(11, 17, 27)";
const LIGHT = "rgb(245, 247, 250)";
const canvasOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const status = (page: Page) => page.locator("main [role='status'].toast");

/** The list of pages: beside the page, or folded away above it on a phone. */
async function openList(page: Page, label: string) {
  const folded = page.locator(".side-m > summary");
  if (await folded.isVisible()) await folded.click();
  return page.getByRole("navigation", { name: label, exact: true });
}

test("the overview tells how an account signs in, and leads to every page of the settings @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.settings.overview.heading);
  await expect(page.getByText(words.settings.health.safer)).toBeVisible();
  await expect(page.getByText(words.settings.overview.noPasskeys)).toBeVisible();
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();

  const list = await openList(page, words.settings.title);
  await expectAccessible();
  await expect(list.locator("[aria-current=page]")).toHaveText(words.settings.pages.overview);
  const paths = await list.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(paths).toEqual(
    Object.values(settingsPages).flatMap(({ path }) => (path === "/settings/google" ? [] : [path])),
  );
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator("main h1"), path).toHaveCount(1);
    await expect(page.locator(".tabs [aria-current=page]")).toHaveText(words.common.tabs.settings);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide, `${path} does not scroll sideways`).toBe(false);
  }
});

test("all that an account has is on the overview, with what is worth doing next", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { id } = await settled("activated");
  await database.query(
    "insert into totp_credential (account_id, id, secret_sealed, last_step, set_at) values ($1, gen_random_uuid(), 'x', 0, now())",
    [id],
  );
  await database.query("insert into recovery_code_set (account_id, salt, made_at) values ($1, 'x', now())", [id]);
  await database.query(
    "insert into recovery_code (account_id, position, hash, used_at) select $1, n, 'x', case when n > 2 then now() end from generate_series(1, 10) n",
    [id],
  );
  await openSessionOf(id, ["password"], { context, database, origin });
  await openSessionOf(id, ["password", "totp"], { context, database, origin });
  await page.goto("/settings");
  const { overview, health } = words.settings;
  await expect(page.getByText(health.safe)).toBeVisible();
  await expect(page.getByText(overview.left.replace("{count}", "2"))).toHaveCount(2);
  await expect(page.getByText(overview.leftOf.replace("{left}", "2").replace("{of}", "10"))).toBeVisible();
  const health2 = page.locator("section", { has: page.locator("#health") });
  await health2.getByRole("link", { name: health.renew }).click();
  await expect(page).toHaveURL(/\/settings\/recovery-codes$/);
  await page.goto("/settings");
  await expect(page.getByText(overview.thisSession)).toHaveCount(1);
  await expectAccessible();
});

test("the settings ask for a sign-in first, and lead back", async ({ page }) => {
  for (const path of ["/settings", "/settings/language", "/settings/appearance"]) {
    await page.goto(path);
    await expect(page).toHaveURL(new RegExp(`/sign-in\\?returnTo=${encodeURIComponent(path)}$`));
  }
});

test("the pages are gone through by keyboard alone", async ({ page, context, database, origin, settled, words }) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings");
  const wanted = page.locator(".side").getByRole("link", { name: words.settings.pages.appearance, exact: true });
  for (let n = 0; n < 40 && !(await wanted.evaluate((link) => link === document.activeElement)); n++)
    await page.keyboard.press("Tab");
  await expect(wanted).toBeFocused();
  expect(await wanted.evaluate((link) => getComputedStyle(link).boxShadow)).not.toBe("none");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/appearance$/);
  const dark = page.getByRole("radio", { name: words.appearance.choices.dark });
  await field(page, "appearance").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dark).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(status(page)).toContainText(words.appearance.done.dark);
  const close = page.getByRole("link", { name: words.settings.close, exact: true });
  await close.focus();
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/settings\/appearance$/);
  await page.reload();
  await expect(status(page)).toHaveCount(0);
});

for (const javaScript of [true, false]) {
  const how = javaScript ? "with JavaScript" : "without JavaScript";

  test(`a language is chosen ${how}, for this browser and for the letters`, async ({
    anotherBrowser,
    database,
    origin,
    settled,
    language,
  }) => {
    const page = await anotherBrowser({ javaScript });
    const person = await settled("activated");
    await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
    const other = language === "ms" ? "en" : "ms";
    await page.goto("/settings/language");
    await page.locator(`input[name=language][value=${other}]`).check();
    await page.locator("main form button[type=submit]").click();
    await expect(page.locator("html")).toHaveAttribute("lang", other);
    await expect(status(page)).toBeVisible();
    await expect(page.locator(`input[name=language][value=${other}]`)).toBeChecked();
    const { rows } = await database.query("select language from account where id = $1", [person.id]);
    expect(rows).toEqual([{ language: other }]);
  });

  test(`an appearance is chosen ${how}, and holds on every page of this browser`, async ({
    anotherBrowser,
    database,
    origin,
    settled,
    words,
  }) => {
    const page = await anotherBrowser({ javaScript });
    const person = await settled("activated");
    await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto("/settings/appearance");
    await expect.poll(() => canvasOf(page)).toBe(LIGHT);
    await page.getByRole("radio", { name: words.appearance.choices.dark }).check();
    await page.getByRole("button", { name: words.appearance.save }).click();
    await expect(status(page)).toContainText(words.appearance.done.dark);
    await expect.poll(() => canvasOf(page)).toBe(DARK);

    // The pages that are kept for everybody know it too, also of somebody who has not signed in.
    await page.context().clearCookies({ name: /session/ });
    await page.goto("/guide");
    await expect.poll(() => canvasOf(page)).toBe(DARK);
    await expect(page.locator('meta[name="theme-color"]')).toHaveAttribute("content", "#121A27");
    const somebodyElse = await anotherBrowser({ javaScript });
    await somebodyElse.goto("/guide");
    await expect.poll(() => canvasOf(somebodyElse)).toBe(LIGHT);
    await somebodyElse.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect.poll(() => canvasOf(somebodyElse)).toBe(DARK);

    await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
    await page.goto("/settings/appearance");
    await page.getByRole("radio", { name: words.appearance.choices.light }).check();
    await page.getByRole("button", { name: words.appearance.save }).click();
    await expect(status(page)).toContainText(words.appearance.done.light);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect.poll(() => canvasOf(page)).toBe(LIGHT);

    await page.getByRole("radio", { name: words.appearance.choices.device }).check();
    await page.getByRole("button", { name: words.appearance.save }).click();
    await expect(status(page)).toContainText(words.appearance.done.device);
    await expect.poll(() => canvasOf(page)).toBe(DARK);
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(APPEARANCE_COOKIE);
  });

  test(`a second factor is offered at home, and put off ${how}`, async ({
    anotherBrowser,
    database,
    origin,
    settled,
    words,
    expectAccessible,
  }) => {
    const page = await anotherBrowser({ javaScript });
    const person = await settled("activated");
    await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
    await page.goto("/home");
    const offer = page.getByRole("heading", { name: words.offer.heading });
    await expect(offer).toBeVisible();
    await expect(page.getByRole("link", { name: words.offer.setUp })).toHaveAttribute("href", "/settings/passkeys");
    if (javaScript) await expectAccessible(page);
    await page.getByRole("button", { name: words.offer.notNow }).click();
    await expect(status(page)).toBeVisible();
    await expect(offer).toHaveCount(0);
    if (javaScript) await expectAccessible(page);
    await status(page).getByRole("link", { name: words.settings.close }).click();
    await expect(status(page)).toHaveCount(0);
    await page.goto("/home");
    await expect(offer).toHaveCount(0);

    await database.query("update account set offer_put_off_at = now() - interval '31 days' where id = $1", [person.id]);
    await page.goto("/home");
    await expect(offer, "nobody who has hardly signed in since is asked again").toHaveCount(0);
    await database.query(
      "insert into audit_event (at, type, outcome, account_id, actor_kind, data) select now(), 'sign_in.succeeded', 'success', $1, 'nobody', '{}' from generate_series(1, 3)",
      [person.id],
    );
    await page.goto("/home");
    await expect(offer).toBeVisible();
  });
}

test("what is no choice is refused on the page, which says what to do", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  for (const [path, name, message] of [
    ["/settings/language", "language", words.settings.language.wrong],
    ["/settings/appearance", "appearance", words.appearance.wrong],
  ] as const) {
    await page.goto(path);
    await expectAccessible();
    const chosen = page.locator(`input[name=${name}]:checked`);
    // Taking the page over, its script would put back what was there.
    await isAtWork(chosen);
    await chosen.evaluate((radio: HTMLInputElement) => radio.setAttribute("value", "<b>"));
    await page.locator("main form button[type=submit]").click();
    await expect(alertOn(page)).toContainText(message);
    await expect(alertOn(page)).toBeFocused();
    await expect(page.locator("fieldset")).toHaveAttribute("aria-invalid", "true");
    await expectAccessible();
    await pressAndStay(page, name === "language" ? words.settings.language.save : words.appearance.save);
    await expect(alertOn(page)).toHaveCount(0);
  }
});

test("an activation ends with the offer of a second factor, which leads through sign-in to its page @phone", async ({
  page,
  words,
  expectAccessible,
}) => {
  await page.goto("/activate/done");
  await expectAccessible();
  const toward = /\/sign-in\?returnTo=%2Fsettings%2F(passkeys|authenticator-app)$/;
  const offers = page.locator("section.offer a");
  await expect(offers).toHaveCount(2);
  for (const href of await offers.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)))
    expect(href).toMatch(toward);
  await page.getByRole("link", { name: words.offer.skip }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("where the device has no biometrics, an activation ends with the offer of an authenticator app", async ({
  page,
  words,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "PublicKeyCredential");
  });
  await page.goto("/activate/done");
  await expect(page.getByRole("link", { name: words.offer.app.setUp })).toHaveAttribute(
    "href",
    "/sign-in?returnTo=%2Fsettings%2Fauthenticator-app",
  );
});
