import { settleCampaign } from "../harness/campaigns.ts";
import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** What holds each of them up; of the last ones nothing. */
const held = ["second_factor", "second_factor", "official_email", "mobile", "letter_bounced", "awaiting_confirmation"];
const PEOPLE = 12;

/** An administrator's way from the list of campaigns to the people behind a figure. */
export async function campaignBoardPictures(walk: Walk): Promise<void> {
  const { page, portal, database, words, shoot } = walk;
  const people = await settlePeople(portal.dataDir, Array.from({ length: PEOPLE }, somebody), "activated");
  await database.query(
    "update account set office_id = (select id from office where code = '0102') where id = any($1::uuid[])",
    [people.slice(PEOPLE / 2)],
  );
  const { id } = await settleCampaign(
    portal.dataDir,
    people.map((person) => ({ id: person })),
  );
  await database.query(
    `insert into campaign_person (campaign_id, account_id, office_id, phase_id, state, missing, held_up_by, entered_at, completed_at, checked_at)
      select $1, a.id, a.office_id, p.phase_id, case when w.held is null then 'done' when w.n % 3 = 0 then 'not_begun' else 'under_way' end,
        case when w.held is null then '{}' else array[w.held] end, w.held, now(), case when w.held is null then now() end, now()
      from unnest($2::uuid[], $3::text[]) with ordinality w (id, held, n) join account a on a.id = w.id
        left join campaign_phase_office p on p.campaign_id = $1 and p.office_id = a.office_id
      on conflict (campaign_id, account_id) do nothing`,
    [id, people, people.map((_, n) => held[n] ?? null)],
  );
  await database.query(
    `insert into campaign_day select $1, current_date - n, office_id, n, 1, 9 - n
      from generate_series(0, 8) n, (select distinct office_id from campaign_person where campaign_id = $1) o on conflict do nothing`,
    [id],
  );
  const { rows } = await database.query<{ id: string }>(
    "select account_id as id from role_grant where role = 'administrator' and state = 'active' order by granted_at limit 1",
  );
  await openSessionOf(rows[0]?.id ?? "", ["password", "totp"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  await page.goto("/admin/campaigns");
  await shoot("campaigns");
  await page.goto(`/admin/campaigns/${id}`);
  await shoot("campaign-board");
  await page.goto(`/admin/campaigns/${id}?phase=all&state=under_way`);
  await shoot("campaign-board-all");
  await page.goto(`/admin/campaigns/${id}?state=done&phase=none`);
  await shoot("campaign-board-nobody");
  await page.goto(`/admin/campaigns/${id}/people?held=second_factor`);
  await shoot("campaign-people");
  await field(page, "q").fill("900101-14");
  await press(page, words.campaignBoard.people.find.submit);
  await untilAlert(walk);
  await shoot("campaign-people-wrong");
  await page.goto(`/admin/campaigns/${id}/people?q=tiada`);
  await shoot("campaign-people-none");
}
