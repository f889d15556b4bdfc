import { settleCampaign } from "../harness/campaigns.ts";
import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field, isAtWork } from "../harness/steps.ts";
import { settleOfficer } from "../harness/tokens.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** A session in person: made, people invited, the counter, the link handed over, the list to print; and people's own view. */
export async function onsitePictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const { onsite } = words;
  const [newcomer, own] = [somebody(), somebody()];
  const [bounced = ""] = await settlePeople(portal.dataDir, [newcomer], "pre_registered");
  const [active = ""] = await settlePeople(portal.dataDir, [own], "activated");
  const { id: campaignId } = await settleCampaign(portal.dataDir, [{ id: bounced }, { id: active }]);
  await database.query(
    "insert into undeliverable_mailbox (mailbox, why, is_final, since) values ($1, 'no_such_mailbox', true, now()) on conflict do nothing",
    [newcomer.officialEmail],
  );
  await database.query(
    `insert into campaign_person (campaign_id, account_id, office_id, state, missing, held_up_by, entered_at, checked_at)
      select $1, id, office_id, 'not_begun', '{second_factor}', case when id = $2 then 'letter_bounced' else 'second_factor' end, now(), now()
      from account where id = any($3::uuid[]) on conflict (campaign_id, account_id) do nothing`,
    [campaignId, bounced, [bounced, active]],
  );
  const place = { context: page.context(), database, origin: portal.origin };
  await settleOfficer("administrator", place, portal.dataDir, somebody());

  const sessions = `/admin/campaigns/${campaignId}/sessions`;
  await page.goto(sessions);
  await shoot("onsite-none");
  await page.goto(`${sessions}/new`);
  await isAtWork(field(page, "place"));
  await field(page, "place").fill("Bilik Latihan, Cawangan Utara");
  await press(page, onsite.form.create);
  await untilAlert(walk);
  await shoot("onsite-new-wrong");
  await field(page, "address").fill("Aras 2, Blok Teladan\n00000 Bandar Contoh");
  await field(page, "day").fill(new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10));
  await field(page, "capacity").fill("5");
  await page.locator('[name="offices"]').first().check();
  await shoot("onsite-new");
  await press(page, onsite.form.create);
  await page.waitForURL(/\/sessions\/[\w-]+\?done=created$/);
  const session = new URL(page.url()).pathname;
  await shoot("onsite-created");
  await page.goto(`${session}/invite`);
  await shoot("onsite-invite");
  for (const box of await page.locator('[name="person"]').all()) await box.check();
  await press(page, onsite.invite.submit);
  await page.waitForURL(/invited=/);
  await shoot("onsite-invited");
  await page.goto(`${session}/edit`);
  await shoot("onsite-edit");
  await page.goto(sessions);
  await shoot("onsite-list");

  await ownSessions();
  await counter();

  async function ownSessions(): Promise<void> {
    await openSessionOf(active, ["password"], place);
    await page.goto("/home/move/sessions");
    await shoot("move-sessions");
    await page.locator("main form button").first().click();
    await page.waitForURL(/done=/);
    await shoot("move-sessions-booked");
    await page.goto("/home/move");
    await shoot("move-with-session");
  }

  async function counter(): Promise<void> {
    await database.query(
      "update onsite_session set starts_at = now() - interval '1 second', ends_at = now() + interval '2 hours' where id = $1",
      [session.split("/").at(-1)],
    );
    await settleOfficer("administrator", place, portal.dataDir, somebody());
    await page.goto(session);
    await shoot("onsite-today");
    const number = page.locator("#identity-find");
    await isAtWork(number);
    await number.fill("900230-14-0000");
    await press(page, onsite.find.submit);
    await untilAlert(walk);
    await shoot("onsite-today-wrong");
    await number.fill(newcomer.identity.number);
    await press(page, onsite.find.submit);
    await page.waitForURL(/\/counter\/[\w-]+$/);
    await shoot("onsite-counter");
    await isAtWork(page.locator('[name="document"][value="mykad"]'));
    await press(page, onsite.counter.submit);
    await untilAlert(walk);
    await shoot("onsite-counter-wrong");
    await page.locator('[name="document"][value="mykad"]').check();
    const walkIn = page.locator('[name="walkIn"]');
    if (await walkIn.count()) await walkIn.check();
    await press(page, onsite.counter.submit);
    await page.waitForURL(/done=in/);
    await shoot("onsite-counter-in");
    await isAtWork(page.locator('[name="seen"]'));
    await page.locator('[name="seen"]').check();
    await press(page, onsite.help.submit);
    await page.waitForURL(/\/ticket$/);
    await shoot("onsite-ticket");
    await page.goto(`${session}/list`);
    await shoot("onsite-attendance");
  }
}
