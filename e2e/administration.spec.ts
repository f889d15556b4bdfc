import type { Page } from "@playwright/test";
import { squarePng } from "#lib/testing/png.ts";
import { expect, test } from "./harness/fixtures.ts";
import { inProduction } from "./harness/in-production.ts";
import { enterAs } from "./harness/officers.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
/** The instance it was said to tells it at once; the others within seconds, or a minute where it is of the offices. */
async function toldBy(look: () => Promise<void>, timeout = 15_000): Promise<void> {
  if (inProduction) await expect(look).toPass({ timeout });
  else await look();
}
const toast = (page: Page) => page.locator("main [role='status'].toast");

test("an announcement is looked at, published, told to everybody at once, and taken down; an auditor only looks @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  anotherBrowser,
  expectAccessible,
}) => {
  const { announcements, overview } = words.administration;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  await page.goto("/admin");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(overview.title);
  await expectAccessible();
  for (const path of ["policy", "domains", "offices", "questions", "look"]) {
    await page.goto(`/admin/${path}`);
    await expectAccessible();
  }

  const text = `Ujian ${Date.now().toString(36)}: portal ditutup malam ini.`;
  await page.goto("/admin/announcements/new");
  await isAtWork(field(page, "textMs"));
  await field(page, "textMs").fill(text);
  await press(page, announcements.publish);
  await expect(alertOn(page)).toContainText(words.administration.refusals.announcement_missing);
  await expect(field(page, "textEn")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "textMs")).toHaveValue(text);
  await field(page, "textEn").fill(text);
  await press(page, announcements.preview);
  await expect(page.locator(".admin-preview .announcement")).toHaveCount(2);
  await expectAccessible();
  await press(page, announcements.publish);
  await expect(toast(page)).toContainText(announcements.done.published);

  const stranger = await anotherBrowser();
  await toldBy(async () => {
    await stranger.goto("/sign-in");
    await expect(stranger.locator("main")).toBeVisible();
    await expect(stranger.getByText(text)).toHaveCount(1, { timeout: 500 });
  });
  await stranger.emulateMedia({ media: "print" });
  await expect(stranger.locator(".announcements"), "no sheet of paper has it").toBeHidden();
  await stranger.emulateMedia({ media: null });

  const auditing = await anotherBrowser();
  await enterAs("auditor", await settled("activated"), { context: auditing.context(), database, origin });
  await auditing.goto("/admin/policy");
  await expect(auditing.getByText(overview.readOnly)).toBeVisible();
  await expect(auditing.locator("main").getByRole("button")).toHaveCount(0);
  const missing = await auditing.goto("/admin/announcements/new");
  expect(missing?.status()).toBe(404);

  await page.locator("main").getByRole("link", { name: text }).click();
  await page.waitForURL(/\/admin\/announcements\/[\da-f-]{36}$/);
  await expectAccessible();
  await isAtWork(field(page, "textMs"));
  await press(page, announcements.takeDown);
  await expect(toast(page)).toContainText(announcements.done.ended);
  await toldBy(async () => {
    await stranger.reload();
    await expect(stranger.locator("main")).toBeVisible();
    await expect(stranger.getByText(text)).toHaveCount(0, { timeout: 500 });
  });
});

test("without JavaScript an office is added, what two change at once is shown to the second, and it is retired; a crest goes up and comes off", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  if (inProduction) test.setTimeout(240_000);
  const { common, conflict, look, offices, refusals } = words.administration;
  const [one, two] = [await anotherBrowser({ javaScript: false }), await anotherBrowser({ javaScript: false })];
  for (const page of [one, two])
    await enterAs("administrator", await settled("activated"), { context: page.context(), database, origin });
  const name = `Pejabat Contoh ${Date.now().toString(36)}`;

  await one.goto("/admin/offices/new");
  await field(one, "name").fill(name);
  await field(one, "domains").fill("gmail.com");
  await press(one, offices.addSubmit);
  await expect(alertOn(one)).toContainText(refusals.office_code_missing);
  await expect(alertOn(one)).toContainText(refusals.domain_personal);
  await expect(field(one, "name")).toHaveValue(name);
  await field(one, "code").fill("e2e-1");
  await field(one, "domains").fill("");
  await press(one, offices.addSubmit);
  await expect(toast(one)).toContainText(offices.done.added);
  const stranger = await anotherBrowser({ javaScript: false });
  await toldBy(async () => {
    await stranger.goto("/register");
    await expect(stranger.locator("option", { hasText: name })).toHaveCount(1, { timeout: 500 });
  }, 75_000);

  await one.getByRole("link", { name: `E2E-1 ${name}` }).click();
  await one.waitForURL(/\/admin\/offices\/[\da-f-]{36}$/);
  await two.goto(one.url());
  await field(one, "address").fill("Jalan Satu");
  await press(one, common.save);
  await expect(toast(one)).toContainText(offices.done.changed);
  await field(two, "address").fill("Jalan Dua");
  await press(two, common.save);
  await expect(alertOn(two)).toContainText(conflict.heading);
  await expect(alertOn(two)).toContainText("Jalan Satu");
  await expect(field(two, "address")).toHaveValue("Jalan Dua");
  await press(two, common.save);
  await expect(toast(two)).toContainText(offices.done.changed);
  await two.getByRole("link", { name: `E2E-1 ${name}` }).click();
  await press(two, offices.retire);
  await expect(toast(two)).toContainText(offices.done.retired);
  await toldBy(async () => {
    await stranger.reload();
    await expect(stranger.locator("option", { hasText: name })).toHaveCount(0, { timeout: 500 });
  }, 75_000);

  await one.goto("/admin/look");
  const crest = (file: Buffer) =>
    one.locator("#crest").setInputFiles({ name: "jata.png", mimeType: "image/png", buffer: file });
  await crest(Buffer.from("<svg/>"));
  await press(one, look.picture.submit);
  await expect(alertOn(one)).toContainText(refusals.crest_not_png);
  await crest(squarePng(64));
  await press(one, look.picture.submit);
  await expect(toast(one)).toContainText(look.done.crest);
  const shown = one.getByRole("img", { name: look.picture.now });
  await expect(shown).toHaveJSProperty("naturalWidth", 64);
  await press(one, look.picture.remove);
  await expect(toast(one)).toContainText(look.done.removed);
});
