import { settleFindings } from "./harness/findings/settle-findings.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";

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
  settled,
  expectAccessible,
}, { project }) => {
  const { diagnosis } = words;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
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
