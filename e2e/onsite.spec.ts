import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { settleCampaign } from "./harness/campaigns.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { enterAs, officeOf } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, answerQuestions, choosePassword, field, isAtWork } from "./harness/steps.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const toast = (page: Page) => page.locator("main [role='status'].toast");

/** A campaign that runs for these people of Ibu Pejabat, who stand in it as the portal's own look will find them. */
async function startCampaign(database: pg.Pool, people: readonly { id: string }[], heldUpBy: string): Promise<string> {
  const { id } = await settleCampaign(dataDir(), people, { requirements: ["second_factor"] });
  await database.query(
    `insert into campaign_person (campaign_id, account_id, office_id, phase_id, state, missing, held_up_by, entered_at, checked_at)
      select $1, a.id, a.office_id, p.phase_id, 'not_begun', '{second_factor}', $3, now(), now()
      from account a join campaign_phase_office p on p.campaign_id = $1 and p.office_id = a.office_id where a.id = any($2::uuid[])
      on conflict (campaign_id, account_id) do nothing`,
    [id, people.map((person) => person.id), heldUpBy],
  );
  return id;
}

test("somebody whose letter came back is invited to a session, seen at the counter, and activates on their own phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  walkerOn,
  anotherBrowser,
  expectAccessible,
}) => {
  test.slow();
  const { onsite } = words;
  const [person, officer] = [await settled("pre_registered"), await settled("activated")];
  await database.query(
    "insert into undeliverable_mailbox (mailbox, why, is_final, since) values ($1, 'no_such_mailbox', true, now())",
    [person.officialEmail],
  );
  const campaignId = await startCampaign(database, [person], "letter_bounced");
  await enterAs("sa", officer, { context, database, origin });

  await page.goto(`/admin/campaigns/${campaignId}/sessions`);
  await expectAccessible();
  await page.getByRole("link", { name: onsite.list.new }).click();
  await expect(page).toHaveURL(/\/sessions\/new$/);
  await isAtWork(field(page, "place"));
  await field(page, "place").fill("Bilik Latihan");
  await press(page, onsite.form.create);
  await expect(alertOn(page).first()).toContainText(onsite.wrong.address_missing);
  await expect(alertOn(page).first()).toContainText(onsite.wrong.day_shape);
  await expect(field(page, "place")).toHaveValue("Bilik Latihan");
  await expectAccessible();
  await field(page, "address").fill("Aras 2, Blok Teladan\n00000 Bandar Contoh");
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  await field(page, "day").fill(tomorrow);
  await field(page, "capacity").fill("5");
  await press(page, onsite.form.create);
  await expect(page).toHaveURL(/\/sessions\/[\w-]+\?done=created$/);
  const sessionId = /sessions\/([\w-]+)\?/.exec(page.url())?.[1] ?? "";

  await page.getByRole("link", { name: onsite.page.invite }).click();
  await expect(page).toHaveURL(/\/invite$/);
  await isAtWork(page.locator(`[name="person"][value="${person.id}"]`));
  await page.locator(`[name="person"][value="${person.id}"]`).check();
  await expectAccessible();
  await press(page, onsite.invite.submit);
  await expect(page).toHaveURL(/invited=1&written=0/);
  await page.goto(`/admin/campaigns/${campaignId}/sessions/${sessionId}/list`);
  await expect(page.locator("main")).toContainText(person.fullName);
  await expectAccessible();

  // Its day has come.
  await database.query(
    "update onsite_session set starts_at = now() - interval '1 second', ends_at = now() + interval '2 hours' where id = $1",
    [sessionId],
  );
  await page.goto(`/admin/campaigns/${campaignId}/sessions/${sessionId}`);
  const number = page.locator("#identity-find");
  await isAtWork(number);
  await number.fill("900230-14-0000");
  await press(page, onsite.find.submit);
  await expect(alertOn(page).first()).toBeVisible();
  await expectAccessible();
  await number.fill(person.identity.number);
  await press(page, onsite.find.submit);
  await expect(page).toHaveURL(/\/counter\/[\w-]+$/);
  expect(page.url(), "the number stands in no address").not.toContain(person.identity.number);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.fullName);
  await isAtWork(page.locator('[name="document"][value="mykad"]'));
  await page.locator('[name="document"][value="mykad"]').check();
  await page.locator('[name="walkIn"]').check();
  await expectAccessible();
  await press(page, onsite.counter.submit);
  await expect(page).toHaveURL(/done=in/);
  await isAtWork(page.locator('[name="seen"]'));
  await press(page, onsite.help.submit);
  await expect(alertOn(page).first()).toContainText(onsite.help.seenMissing);
  await page.locator('[name="seen"]').check();
  await press(page, onsite.help.submit);
  await expect(page).toHaveURL(/\/ticket$/);
  await expect(page.locator("svg.qr")).toBeVisible();
  await expectAccessible();
  const code = (await page.locator(".spoken-code").textContent()) ?? "";

  const phone = await anotherBrowser();
  await phone.goto("/activate/code");
  await isAtWork(field(phone, "code"));
  await field(phone, "identityNumber").fill(person.identity.number);
  await field(phone, "code").fill(code);
  await press(phone, words.activate.code.submit);
  await expect(phone).toHaveURL("/activate/confirm");
  await isAtWork(field(phone, "identityLast4"));
  await field(phone, "identityLast4").fill(person.identity.number.slice(-4));
  await press(phone, words.activate.confirm.submit);
  await expect(phone).toHaveURL("/activate/questions");
  const walker = walkerOn(phone, { script: true });
  await answerQuestions(walker);
  await choosePassword(walker);
  await expect(phone).toHaveURL("/activate/done");

  // The officer's page looks by itself.
  await expect(page).toHaveURL(/\/counter\/[\w-]+$/, { timeout: 20_000 });
  await expect(page.locator("main")).toContainText(onsite.ticket.states.used.split("{", 1)[0] ?? "");
  const { rows } = await database.query("select status, official_email_verified_at from account where id = $1", [
    person.id,
  ]);
  expect(rows).toEqual([{ status: "activated", official_email_verified_at: null }]);
});

test("without JavaScript people sign up, wait their turn, take the calendar file and give their place up", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { own } = words.onsite;
  const [first, second, officer] = [await settled("activated"), await settled("activated"), await settled("activated")];
  const campaignId = await startCampaign(database, [first, second], "second_factor");
  const sessionId = randomUUID();
  await database.query(
    `insert into onsite_session (id, campaign_id, place, address, starts_at, ends_at, capacity, state, created_at, created_by)
      values ($1, $2, 'Bilik Latihan', 'Aras 2', now() + interval '2 days', now() + interval '50 hours', 1, 'open', now(), $3)`,
    [sessionId, campaignId, officer.id],
  );
  await database.query("insert into onsite_session_office (session_id, office_id) values ($1, $2)", [
    sessionId,
    await officeOf(database, "0101"),
  ]);
  const pages = await Promise.all([first, second].map(() => anotherBrowser({ javaScript: false })));
  const [one, two] = pages as [Page, Page];
  await openSessionOf(first.id, ["password"], { context: one.context(), database, origin });
  await openSessionOf(second.id, ["password"], { context: two.context(), database, origin });

  await one.goto("/home/move/sessions");
  await one.getByRole("button", { name: new RegExp(`^${own.signUp}`) }).click();
  await expect(toast(one)).toContainText(own.done.booked);
  const calendar = await one.request.get(`/home/move/sessions/${sessionId}/calendar.ics`);
  expect(calendar.headers()["content-type"]).toContain("text/calendar");
  expect(await calendar.text()).toContain("METHOD:PUBLISH");

  await two.goto("/home/move/sessions");
  await two.getByRole("button", { name: new RegExp(`^${own.wait}`) }).click();
  await expect(toast(two)).toContainText(own.done.waiting);

  await press(one, own.giveUp);
  await expect(toast(one)).toContainText(own.done.given_up);
  expect(await (await one.request.get(`/home/move/sessions/${sessionId}/calendar.ics`)).text()).toContain(
    "METHOD:CANCEL",
  );
  await two.goto("/home/move/sessions");
  await expect(two.locator("main")).toContainText(own.states.booked);
});
