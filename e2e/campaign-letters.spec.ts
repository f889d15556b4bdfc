import { settleCampaign } from "./harness/campaigns.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { CONSOLE_PROOFS, enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

test("an officer counts whom a reminder would reach, says why, and sees it go out @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  anotherBrowser,
  expectAccessible,
}) => {
  const { campaignLetters: letters, campaignBoard: board, refusals } = words;
  const [chief, person] = [await settled("activated"), await settled("activated")];
  const { id } = await settleCampaign(dataDir(), [person], { quietWeekdays: [], remindDaysBefore: [3] });
  // Nobody is invited by the schedule meanwhile.
  await database.query(
    `insert into campaign_run (id, campaign_id, phase_id, kind, occasion, state, started_at)
      select gen_random_uuid(), campaign_id, id, 'invitation', 'begin', 'stopped', now() - interval '9 days'
      from campaign_phase where campaign_id = $1 on conflict do nothing`,
    [id],
  );
  const own = await anotherBrowser();
  await openSessionOf(person.id, ["password"], { context: own.context(), database, origin });
  await own.goto("/home/move");

  await enterAs("sa", chief, { context, database, origin });
  await page.goto(`/admin/campaigns/${id}/runs`);
  await expect(page.locator("main")).toContainText(letters.occasions.begin);
  await expect(page.locator("main")).toContainText(letters.plan.note);
  await expectAccessible();
  await isAtWork(field(page, "held"));
  await field(page, "held").selectOption({ label: board.hindrances.second_factor });
  await page.getByRole("button", { name: letters.remind.count, exact: true }).click();
  await page.waitForURL(/held=second_factor/);
  await isAtWork(field(page, "reason"));
  await field(page, "reason").fill("abc");
  await page.getByRole("button", { name: letters.remind.submit, exact: true }).click();
  await expect(alertOn(page)).toContainText(refusals.reason_missing);
  await expect(field(page, "reason")).toHaveValue("abc");
  await expectAccessible();
  await field(page, "reason").fill("Fasa hampir tamat");
  await page.getByRole("button", { name: letters.remind.submit, exact: true }).click();
  await page.waitForURL(/done=started/);
  await expect(page.locator("main")).toContainText("Fasa hampir tamat");
  await expectAccessible();

  const plain = await anotherBrowser({ javaScript: false });
  await openSessionOf(chief.id, CONSOLE_PROOFS, { context: plain.context(), database, origin });
  await plain.goto(`/admin/campaigns/${id}/runs`);
  await expect(plain.locator("main")).toContainText("Fasa hampir tamat");
  const { rows } = await database.query("select state from campaign_run where campaign_id = $1 and kind = 'reminder'", [
    id,
  ]);
  expect(rows).toHaveLength(1);
});
