import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { settleCampaign } from "./harness/campaigns.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { enterAs, officeOf } from "./harness/officers.ts";
import { settleApp } from "./harness/people.ts";
import { field, isAtWork } from "./harness/steps.ts";

const main = (page: Page) => page.locator("main");

test("an officer sees what holds people up, finds and takes along who they are, and the board keeps up @phone", async ({
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
  const { campaignBoard } = words;
  const [officer, moved, waiting, neighbour] = [
    await settled("activated"),
    await settled("activated"),
    await settled("activated"),
    await settled("activated"),
  ];
  const name = `Peralihan ${randomUUID().slice(0, 8)}`;
  await settleApp(dataDir(), moved.id);
  const { id } = await settleCampaign(dataDir(), [moved, waiting, neighbour], { nameMs: name, nameEn: name });
  const other = await officeOf(database, "0102");
  await database.query("update account set office_id = $1 where id = $2", [other, neighbour.id]);
  const stands = (person: { id: string }, state: string) =>
    database.query(
      `insert into campaign_person (campaign_id, account_id, office_id, phase_id, state, missing, held_up_by, entered_at, completed_at, checked_at)
        select $1, a.id, a.office_id, p.phase_id, $3, case when $3 = 'done' then '{}'::text[] else '{second_factor}' end,
          case when $3 = 'done' then null else 'second_factor' end, now(), case when $3 = 'done' then now() end, now()
        from account a left join campaign_phase_office p on p.campaign_id = $1 and p.office_id = a.office_id where a.id = $2
        on conflict (campaign_id, account_id) do update set state = excluded.state, missing = excluded.missing,
          held_up_by = excluded.held_up_by, checked_at = now() + interval '1 second'`,
      [id, person.id, state],
    );
  await stands(moved, "done");
  await stands(waiting, "under_way");
  await stands(neighbour, "under_way");
  await enterAs("sa", officer, { context, database, origin });

  await page.goto("/admin/campaigns");
  await expectAccessible();
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(`/admin/campaigns/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(main(page), "one of two: the third is of another's office").toContainText("50%");
  await expect(main(page)).not.toContainText("0102");
  await expectAccessible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);

  await page.locator(".neck").getByRole("link", { name: campaignBoard.hindrances.second_factor, exact: true }).click();
  await expect(page).toHaveURL(/\/people\?.*held=second_factor/);
  await expect(main(page).getByRole("link", { name: waiting.fullName, exact: true })).toHaveCount(1);
  await expectAccessible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: campaignBoard.people.export }).click();
  const text = await fs.readFile(await (await download).path(), "utf8");
  expect(text.trim().split("\r\n")).toHaveLength(2);
  expect(text).toContain(waiting.officialEmail);

  await page.goto(`/admin/campaigns/${id}`);
  await isAtWork(field(page, "state"));
  await settleApp(dataDir(), waiting.id);
  await stands(waiting, "done");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(main(page), "without reloading").toContainText("100%");
  await expect(main(page)).toContainText(campaignBoard.board.nothingHeld);

  const plain = await anotherBrowser({ javaScript: false });
  await plain.context().addCookies(await context.cookies());
  await plain.goto(`/admin/campaigns/${id}/people`);
  await field(plain, "q").fill(moved.officialEmail.split("@", 1)[0] as string);
  await plain.getByRole("button", { name: campaignBoard.people.find.submit, exact: true }).click();
  await expect(plain).toHaveURL(/\/people\?q=/);
  await expect(main(plain).getByRole("link", { name: moved.fullName, exact: true })).toHaveCount(1);
  await expect(plain.locator("html")).toHaveAttribute("lang", language);
  for (const path of [`?office=${other}`, "?phase=9", "/people?at=x", "/people?q=900101-14-0000"]) {
    const answer = await plain.goto(`/admin/campaigns/${id}${path}`);
    expect(answer?.status(), path).toBe(404);
  }
});
