import type pg from "pg";
import { settleFindings } from "./harness/findings/settle-findings.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";

/** One of the demonstration's officers. */
async function officerOf(database: pg.Pool, role: string): Promise<{ accountId: string; officeId: string | null }> {
  const { rows } = await database.query<{ accountId: string; officeId: string | null }>(
    `select account_id as "accountId", office_id as "officeId" from role_grant where role = $1 and state = 'active' order by granted_at, id limit 1`,
    [role],
  );
  if (!rows[0]) throw new Error(`The demonstration has no ${role}`);
  return rows[0];
}

/** Ranges of numbers that no other journey uses, one for each kind of browser. */
const FIRST: Record<string, number> = {
  "desktop-ms": 50_000,
  "desktop-en": 50_100,
  "phone-ms": 50_200,
  "phone-en": 50_300,
};

test("a caller's letter came back: an officer reads why and is one click from what helps @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  expectAccessible,
}, { project }) => {
  const { diagnosis } = words;
  const officer = await officerOf(database, "administrator");
  await openSessionOf(officer.accountId, ["password", "totp"], { context, database, origin });
  const first = FIRST[project.name] ?? 50_400;
  const found = await settleFindings(dataDir(), first, [
    "letter_bounced_no_such_mailbox",
    "second_factor_lost_waiting",
  ]);
  const id = found.get("letter_bounced_no_such_mailbox") ?? "";
  await page.goto(`/helpdesk/accounts/${id}`);
  const why = page.getByRole("region", { name: /salah eja|misspelt/ });
  await expect(why.locator("mark")).toHaveText(["conto", "contoh"]);
  await expect(page.locator("[aria-current='step']")).toContainText(diagnosis.steps.mailbox);
  await expect(page.getByRole("table").getByText(diagnosis.letters.states.bounced)).toHaveCount(2);
  await expect(page.getByRole("region", { name: diagnosis.timeline.heading }).getByRole("listitem")).not.toHaveCount(0);
  await expect(page.locator("main")).not.toContainText(/\d{6}-\d{2}-\d{4}/);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);
  await why.getByRole("link", { name: diagnosis.actions.correct_mailbox }).click();
  await expect(page).toHaveURL(`/helpdesk/accounts/${id}/correct-mailbox`);

  await page.goto(`/helpdesk/accounts/${found.get("second_factor_lost_waiting")}`);
  const lost = page.getByRole("region", { name: diagnosis.findings.second_factor_lost_waiting.title });
  await expect(lost.getByRole("link")).toHaveAttribute("href", /\/reset$/);
  await expectAccessible();
});

test("an SA who tries the neighbour's office finds no such page, and the try is recorded", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
}) => {
  const officer = await officerOf(database, "sa");
  const neighbour = await settled("activated");
  const { rowCount } = await database.query("select 1 from account where id = $1 and office_id <> $2", [
    neighbour.id,
    officer.officeId,
  ]);
  expect(rowCount, "they are of another office").toBe(1);
  await openSessionOf(officer.accountId, ["password", "totp"], { context, database, origin });
  const answer = await page.goto(`/helpdesk/accounts/${neighbour.id}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.console.missing.heading);
  await expect(page.locator("main")).not.toContainText(neighbour.fullName);
  const { rows } = await database.query(
    "select data ->> 'right' as wanted from audit_event where account_id = $1 and type = 'access.refused' and actor_id = $2",
    [neighbour.id, officer.accountId],
  );
  expect(rows).toEqual([{ wanted: "account.view" }]);
});
