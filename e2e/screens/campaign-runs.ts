import { settleCampaign } from "../harness/campaigns.ts";
import { settlePeople } from "../harness/people.ts";
import { field, isAtWork } from "../harness/steps.ts";
import { settleOfficer } from "../harness/tokens.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** The letters of a campaign: what will go out, and a reminder by hand that is counted, misworded, and begun. */
export async function campaignRunPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words, language } = walk;
  const { remind } = words.campaignLetters;
  const people = await settlePeople(portal.dataDir, [somebody(), somebody()], "activated");
  const { id } = await settleCampaign(
    portal.dataDir,
    people.map((person) => ({ id: person })),
    { quietWeekdays: [], remindDaysBefore: [14, 3] },
  );
  await database.query(
    `insert into campaign_person (campaign_id, account_id, office_id, phase_id, state, missing, held_up_by, entered_at, checked_at)
      select $1, a.id, a.office_id, p.phase_id, 'under_way', '{second_factor}', 'second_factor', now(), now()
      from account a join campaign_phase_office p on p.campaign_id = $1 and p.office_id = a.office_id
      where a.id = any($2::uuid[]) on conflict (campaign_id, account_id) do nothing`,
    [id, people],
  );
  // Nobody is invited by the schedule meanwhile.
  await database.query(
    `insert into campaign_run (id, campaign_id, phase_id, kind, occasion, state, started_at)
      select gen_random_uuid(), campaign_id, id, 'invitation', 'begin', 'stopped', now() - interval '9 days'
      from campaign_phase where campaign_id = $1 on conflict do nothing`,
    [id],
  );
  const place = { context: page.context(), database, origin: portal.origin };
  await settleOfficer("administrator", place, portal.dataDir, somebody());
  await page.goto(`/admin/campaigns/${id}/runs`);
  await shoot("campaign-runs");
  await isAtWork(field(page, "held"));
  await press(page, remind.count);
  await page.waitForURL(/held=/);
  await shoot("campaign-runs-counted");
  await isAtWork(field(page, "reason"));
  await field(page, "reason").fill("abc");
  await press(page, remind.submit);
  await untilAlert(walk);
  await shoot("campaign-runs-wrong");
  await field(page, "reason").fill(language === "ms" ? "Fasa hampir tamat" : "The phase is nearly over");
  await press(page, remind.submit);
  await page.waitForURL(/done=started/);
  await shoot("campaign-runs-started");
}
