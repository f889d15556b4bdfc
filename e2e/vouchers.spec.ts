import fs from "node:fs/promises";
import { confirmStaff, giveSystemRole } from "./harness/example-systems.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { field } from "./harness/steps.ts";

test("a payment voucher is approved at the portal, its system verifies the statement, and its approver finds it again @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  language,
  expectAccessible,
}) => {
  const { exampleSystems, interaction, approvals, home } = words;
  const said = exampleSystems.vouchers;
  // The books are of everybody: each run has a voucher of its own.
  const work = said.works[language === "ms" ? "computers" : "training"];
  const { id } = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), id);
  await confirmStaff(database, id);
  await giveSystemRole(database, id, "perakaunan", "pelulus");
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-perakaunan'");
  const accounting = rows[0].start_uri as string;
  await openSessionOf(id, ["password", "totp"], { context, database, origin });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

  await page.goto("/approvals");
  await expect(page.getByRole("heading", { name: approvals.none })).toBeVisible();
  await expectAccessible();
  await page.goto(`${accounting}?language=${language}`);
  await page.getByRole("link", { name: exampleSystems.button, exact: true }).click();
  await page.getByRole("link", { name: said.all, exact: true }).click();
  await expectAccessible();
  await page.getByRole("link", { name: work }).click();
  await press(said.ask);
  await expect(page).toHaveURL(/\/interaction\//);
  await expect(page.getByRole("heading", { level: 2, name: work })).toBeVisible();
  const decidedAt = page.url();

  // It waits meanwhile, and is found again from home.
  await page.goto("/home");
  await page.getByRole("link", { name: home.approvalsSee }).click();
  await expect(page.locator("main")).toContainText(approvals.states.open);
  await expectAccessible();
  await page.goto(decidedAt);
  await field(page, "code").fill(app.codeNow());
  await press(interaction.approve.byCode);
  await expect(page).toHaveURL(/\/perakaunan\/voucher-\d$/);
  await expect(page.getByRole("status")).toHaveText(said.came);
  await expect(page.getByRole("row").filter({ hasText: said.notTaken })).toHaveCount(6);
  await expectAccessible();

  await page.goto("/approvals");
  await page.getByRole("link", { name: work }).click();
  await expect(page.getByText(approvals.states.approved, { exact: true })).toBeVisible();
  await expectAccessible();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: approvals.download }).click();
  const statement = await fs.readFile(await (await coming).path(), "utf8");
  expect(statement.split(".")).toHaveLength(3);
  await page.goto("/settings/activity");
  await page.getByRole("link", { name: words.activity.seeApproval }).first().click();
  await expect(page).toHaveURL(/\/approvals\/[\w-]+$/);
});
