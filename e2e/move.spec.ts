import type { Page } from "@playwright/test";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { settleCampaign } from "./harness/campaigns.ts";
import { enrolPeople } from "./harness/enrol-people.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { field, isAtWork } from "./harness/steps.ts";

const banner = (page: Page) => page.locator("main .move-banner");

test("somebody whose office moves sees what is left, does it from the list, and has moved @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  language,
  anotherBrowser,
  expectAccessible,
}) => {
  const { move, profile } = words;
  const person = await settled("activated");
  const serial = `E2E-${person.id.slice(0, 8).toUpperCase()}`;
  const { untilDay } = await settleCampaign(dataDir(), [person], {
    requirements: ["official_email", "mobile", "second_factor"],
    tokens: [serial],
  });
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/home");
  await expect(banner(page).getByRole("heading", { level: 2 })).toHaveText(move.banner.to_do);
  await expect(banner(page)).toContainText(formatDay(beginningOf(untilDay), language));
  await expect(banner(page)).toContainText(move.banner.count.replace("{done}", "1").replace("{of}", "4"));
  await expectAccessible();

  await banner(page).getByRole("link", { name: move.todo.mobile, exact: true }).click();
  await page.waitForURL(/\/settings\/profile\/mobile$/);
  await isAtWork(field(page, "mobile"));
  await field(page, "mobile").fill("+60 12 000 0000");
  await page.getByRole("button", { name: profile.save, exact: true }).click();
  await page.waitForURL(/done=mobile/);
  await page.getByRole("link", { name: move.back.button, exact: true }).click();
  await page.waitForURL(/\/home\/move$/);
  const list = page.getByRole("list", { name: move.list });
  await expect(list).toContainText(move.done.mobile);
  await expect(list.getByRole("link", { name: new RegExp(`^${move.short.mobile}:`) })).toHaveCount(0);
  await expect(page.locator("main")).toContainText(serial);
  await expect(page.locator("main")).toContainText(move.waits.rest);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
    "it does not scroll sideways",
  ).toBe(false);

  await enrolPeople({ dataDir: dataDir(), origin }, [person.id], "totp");
  const plain = await anotherBrowser({ javaScript: false });
  await openSessionOf(person.id, ["password", "totp"], { context: plain.context(), database, origin });
  await plain.goto("/home");
  await expect(banner(plain).getByRole("heading", { level: 2 })).toHaveText(move.banner.hand_back);
  await banner(plain).getByRole("link", { name: move.do.tokens, exact: true }).click();
  await plain.waitForURL(/\/settings\/hardware-tokens$/);
  await plain.goto("/home/move/back");
  await expect(plain.locator("main")).toContainText(move.tokens.state.retired);

  await database.query("update hardware_token set state = 'returned' where holder_id = $1", [person.id]);
  await page.goto("/home");
  await expect(page.locator("main")).toContainText(move.banner.movedText);
  await expect(banner(page)).toHaveCount(0);
  await expectAccessible();
});
