import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const main = (page: Page) => page.locator("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();
/** Days from now in the agency's zone, as a date field wants them. */
const day = (n: number): string => new Date(Date.now() + (n * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

test("an administrator writes a campaign page by page, reads what will happen, and announces it @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { campaigns, administration } = words;
  const { save } = administration.common;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  // A role that nobody holds: of whoever else is in this portal it asks nothing.
  const run = randomUUID().slice(0, 8);
  const [party, role] = [randomUUID(), randomUUID()];
  await database.query(
    `insert into relying_party (id, client_id, name, redirect_uris, created_at) values ($1, $2, $3, '{}', now())`,
    [party, `kempen-${run}`, `Baucar ${run}`],
  );
  await database.query(
    `insert into relying_party_role (id, relying_party_id, key, name_ms, name_en) values ($1, $2, 'pelulus', 'Pelulus', 'Approver')`,
    [role, party],
  );

  await page.goto("/admin/campaigns/new");
  await expectAccessible();
  await isAtWork(field(page, "nameMs"));
  await field(page, "authority").fill("Pekeliling Contoh 1/2026");
  await press(page, campaigns.new.save);
  await expect(alertOn(page)).toContainText(campaigns.about.nameMs);
  await expect(field(page, "authority"), "what was typed stays").toHaveValue("Pekeliling Contoh 1/2026");
  for (const name of ["nameMs", "nameEn"]) await field(page, name).fill(`Peralihan ${run}`);
  for (const name of ["reasonMs", "reasonEn", "contacts"]) await field(page, name).fill("Contoh <b>sahaja</b>.");
  await press(page, campaigns.new.save);
  await page.waitForURL(/\/whom\?done=created/);
  const at = new URL(page.url()).pathname.replace(/\/whom$/, "");

  await expectAccessible();
  await isAtWork(field(page, "roles").first());
  await page.locator(`[name="roles"][value="${role}"]`).check();
  await press(page, save);
  await page.waitForURL(/\/whom\?done=changed/);

  await page.goto(`${at}/stage`);
  await expect(main(page)).toContainText(campaigns.stage.lack.no_phases);
  await expect(page.getByRole("button", { name: campaigns.stage.moves.announce.name })).toHaveCount(0);
  await page.goto(`${at}/phases/new`);
  await expectAccessible();
  const [tenth, twentieth, thirtieth] = [day(10), day(20), day(30)];
  for (const [from, until] of [
    [tenth, twentieth],
    [twentieth, thirtieth],
  ] as const) {
    await page.goto(`${at}/phases/new`);
    await isAtWork(field(page, "fromDay"));
    await field(page, "fromDay").fill(from);
    await field(page, "untilDay").fill(until);
    await page.locator('[name="offices"]').nth(0).check();
    await press(page, save);
    if (from === tenth) await page.waitForURL(/\/phases\?done=changed/);
  }
  await expect(alertOn(page)).toContainText("1");
  await expect(alertOn(page).getByRole("link")).toHaveCount(2);
  await expect(field(page, "fromDay")).toHaveValue(twentieth);
  await expect(page.locator('[name="offices"]:checked')).toHaveCount(1);
  await page.goto(`${at}/phases`);
  await expectAccessible();

  await page.goto(`${at}/letters`);
  await isAtWork(field(page, "invitation.subjectMs"));
  await field(page, "invitation.bodyEn").fill("Read this <script>alert(1)</script>.");
  await press(page, campaigns.letters.preview);
  await expect(main(page).locator(".definition-preview")).toContainText(campaigns.letters.previewHeading);
  await expect(main(page).locator(".definition-preview pre").nth(1)).toContainText("<script>alert(1)</script>");
  await press(page, save);
  await page.waitForURL(/\/letters\?done=changed/);
  await expectAccessible();
  const letter = await page.request.get(`${at}/letters/invitation.en`);
  expect(await letter.text()).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");

  await page.goto(`${at}/schedule`);
  await isAtWork(field(page, "quietDays"));
  await field(page, "quietDays").fill("25/12/2027\n31/02/2028");
  await press(page, save);
  await expect(alertOn(page)).toContainText("31/02/2028");
  await expectAccessible();
  await field(page, "quietDays").fill("25/12/2027");
  await press(page, save);
  await page.waitForURL(/\/schedule\?done=changed/);

  await page.goto(`${at}/stage`);
  await expectAccessible();
  await isAtWork(page.getByRole("button", { name: campaigns.stage.moves.announce.name }));
  await press(page, campaigns.stage.moves.announce.name);
  await page.waitForURL(/\/stage\?done=announced/);
  await page.goto(`${at}/edit`);
  await expect(field(page, "nameMs")).toHaveAttribute("readonly", "");
  await page.goto(`${at}/stage`);
  await isAtWork(page.getByRole("button", { name: campaigns.stage.moves.withdraw.name }));
  await press(page, campaigns.stage.moves.withdraw.name);
  await page.waitForURL(/\/stage\?done=withdrawn/);
  await main(page).locator("summary").filter({ hasText: campaigns.stage.moves.discard.name }).click();
  await isAtWork(page.getByRole("button", { name: campaigns.stage.moves.discard.sure }));
  await press(page, campaigns.stage.moves.discard.sure);
  await page.waitForURL(/\/admin\/campaigns$/);
  await expect(main(page)).not.toContainText(`Peralihan ${run}`);
});
