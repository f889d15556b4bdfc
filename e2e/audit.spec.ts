import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { CONSOLE_PROOFS, enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const PATH = "/admin/audit";
const rows = (page: Page) => page.locator(".trail tbody tr");
const search = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();

test("an auditor finds what was done to somebody, opens it, and takes it away; nobody else gets in @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  somebody,
  words,
  expectAccessible,
}) => {
  const { audit, refusals } = words;
  const auditor = await settled("activated");
  const person = await settled("activated");
  await database.query(
    `insert into audit_event (at, type, outcome, account_id, actor_kind, data)
      values (now(), 'sign_in.refused', 'refused', $1, 'nobody', '{"factor": "password", "reason": "wrong_password"}')`,
    [person.id],
  );
  await openSessionOf(auditor.id, CONSOLE_PROOFS, { context, database, origin });
  expect((await page.goto(PATH))?.status(), "without the role there is no such page").toBe(404);
  await enterAs("auditor", auditor, { context, database, origin });
  await page.goto(PATH);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(audit.heading);
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();

  await isAtWork(field(page, "whom"));
  await field(page, "whom").fill(somebody().identity.number);
  await field(page, "from").fill("2026-11-20");
  await field(page, "until").fill("2026-11-19");
  await search(page, audit.form.submit);
  await expect(alertOn(page)).toContainText(refusals.person_unknown);
  await expect(alertOn(page)).toContainText(refusals.date_order);
  await expect(alertOn(page)).toBeFocused();
  await expect(field(page, "until")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible();

  await field(page, "whom").fill(person.identity.number);
  await field(page, "from").fill("");
  await field(page, "until").fill("");
  await search(page, audit.form.submit);
  await expect(page, "no identity number stands in the address").toHaveURL(`${PATH}?whom=${person.id}`);
  await expect(page.locator(".chosen")).toContainText(person.fullName);
  await expect(rows(page).first()).toBeVisible();
  for (const row of await rows(page).all()) await expect(row).toContainText(person.fullName);
  await rows(page).first().locator("summary").click();
  await expect(rows(page).first().locator("code").first()).toBeVisible();
  await expectAccessible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: audit.exportCsv }).click(),
  ]);
  const csv = await fs.readFile(await download.path(), "utf8");
  expect(csv.split("\r\n").length - 2).toBe(await rows(page).count());
  expect(csv).toContain(person.id);
  expect(csv).not.toContain(person.identity.number);
  const { rows: taken } = await database.query(
    "select data from audit_event where type = 'audit.exported' and actor_id = $1",
    [auditor.id],
  );
  expect(taken).toHaveLength(1);
});

test("without JavaScript one of several people is chosen; figures have a table each, and another office's are not there", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { audit, insights, refusals } = words;
  const page = await anotherBrowser({ javaScript: false });
  const auditor = await settled("activated");
  await settled("activated");
  await enterAs("auditor", auditor, { context: page.context(), database, origin });

  await page.goto(PATH);
  await field(page, "whom").fill("contoh");
  await search(page, audit.form.submit);
  await expect(page.getByText(audit.form.choose.whom)).toBeVisible();
  await search(page, audit.form.submit);
  await expect(alertOn(page)).toContainText(refusals.person_unchosen);
  const choice = page.locator("[name=whomId]").nth(1);
  const id = await choice.getAttribute("value");
  await choice.check();
  await search(page, audit.form.submit);
  await expect(page).toHaveURL(`${PATH}?whom=${id}`);

  const answer = await page.goto("/admin/insights?weeks=4");
  expect(answer?.headers()["cache-control"]).toContain("no-store");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(insights.heading);
  expect((await page.goto(`/admin/insights?office=${randomUUID()}`))?.status()).toBe(404);
});

test("figures are charts with a table each, in light, dark and on paper", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { insights } = words;
  const officer = await settled("activated");
  const { rows: offices } = await database.query<{ id: string }>("select id from office order by code limit 1");
  for (const [metric, count] of Object.entries({
    "funnel.registered": 9,
    "funnel.activated": 4,
    "mail.returned": 2,
    "sign_in.passkey": 7,
  }))
    await database.query(
      "insert into daily_count (day, office_id, metric, count) values (current_date, $1, $2, $3) on conflict do nothing",
      [offices[0]?.id, metric, count],
    );
  await enterAs("administrator", officer, { context, database, origin });
  await page.goto("/admin/insights");
  await expect(page.getByRole("img")).toHaveCount(3);
  for (const name of [
    insights.funnel.byWeek,
    insights.activations.table,
    insights.methods.table,
    insights.mail.table,
    insights.locks.table,
  ])
    await expect(page.getByRole("table", { name })).toBeVisible();
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".filters")).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await page.getByLabel(insights.filter.weeks).selectOption("4");
  await search(page, insights.filter.submit);
  await expect(page).toHaveURL(/weeks=4/);
  await expect(page.locator("#locks ~ .table tbody tr")).toHaveCount(5);
});
