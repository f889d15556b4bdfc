import type { Page } from "@playwright/test";
import type pg from "pg";
import { confirmStaff, giveSystemRole } from "./harness/example-systems.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { inProduction } from "./harness/in-production.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { choosePasswordCard, field, givePassword, isAtWork, upToFigure } from "./harness/steps.ts";

/** Where the portal of all journeys has its example systems. */
async function examplesOf(database: pg.Pool): Promise<string> {
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-cuti'");
  return new URL(rows[0].start_uri).origin;
}

test("one sign-in opens two systems, a third one asks for a role; signing out of one, by choice, ends both", async ({
  page,
  database,
  settled,
  words,
  walkerOn,
  expectAccessible,
}) => {
  const walker = walkerOn(page);
  const { exampleSystems: said, interaction } = words;
  const person = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), person.id);
  await confirmStaff(database, person.id);
  await giveSystemRole(database, person.id, "perakaunan", "pelulus");
  const examples = await examplesOf(database);
  const button = (name: string) => page.getByRole("link", { name, exact: true });
  const fact = (on: Page, name: string) => on.locator("dl > div", { hasText: name }).locator("dd");

  await page.goto(`${examples}/cuti`);
  await expectAccessible();
  await button(said.button).click();
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
  await expect(page.locator("main")).toContainText("Cuti dan Kehadiran");
  await field(page, "identityNumber").fill(person.identity.number);
  await page.getByRole("button", { name: words.signIn.next, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/method$/);
  await choosePasswordCard(walker);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await field(page, "code").fill(app.codeNow());
  await page.getByRole("button", { name: words.signIn.code.submit, exact: true }).click();

  await expect(page).toHaveURL(`${examples}/cuti`);
  const hello = page.getByRole("heading", { level: 1 });
  await expect(hello).toHaveText(said.who.replace("{name}", person.fullName));
  await expect(fact(page, said.facts.email)).toHaveText(person.officialEmail);
  await expect(fact(page, said.facts.level)).toHaveText(said.levels["urn:kunci:aal2"]);
  await page.locator("summary").click();
  await expectAccessible();
  await expect(page.locator("body"), "it is told everything but this").not.toContainText(person.identity.number);

  await page.goto(`${examples}/perakaunan`);
  await button(said.button).click();
  await expect(page, "without a word").toHaveURL(`${examples}/perakaunan`);
  await expect(hello).toHaveText(said.who.replace("{name}", person.fullName));
  await expect(fact(page, said.facts.roles)).toHaveText("Pelulus");

  await page.goto(`${examples}/aset`);
  await button(said.button).click();
  await expect(page).toHaveURL(/\/interaction\//);
  await expect(hello).toHaveText(interaction.noAccess.no_role.heading.replace("{system}", "Aset dan Stor"));
  await page.getByRole("button", { name: interaction.back.replace("{system}", "Aset dan Stor") }).click();
  await expect(page).toHaveURL(`${examples}/aset`);
  await expect(page.getByRole("status")).toHaveText(said.refused.access_denied.replace("{system}", "Aset dan Stor"));

  await page.goto(`${examples}/cuti`);
  await page.getByRole("button", { name: said.signOut, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-out\?request=/);
  await expect(page.locator("main")).toContainText("Perakaunan");
  const all = page.getByRole("button", { name: words.signOut.all, exact: true });
  await isAtWork(all);
  await all.click();
  await expect(page).toHaveURL(`${examples}/cuti`);
  await expect(page.getByRole("status")).toHaveText(said.signedOut.replace("{system}", "Cuti dan Kehadiran"));
  // In production nobody is told over http; `production.spec.ts` has a system with TLS.
  if (inProduction) return;
  await expect(async () => {
    await page.goto(`${examples}/perakaunan`);
    await expect(page.getByRole("status")).toContainText(upToFigure(said.told), { timeout: 500 });
  }, "the other one was told behind the scenes").toPass({ timeout: 10_000 });
});
