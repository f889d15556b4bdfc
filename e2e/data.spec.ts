import { readFile } from "node:fs/promises";
import { expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";

test("a copy of everything held on a person is made, taken, and is nobody else's @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/settings/data");
  await expectAccessible();
  await page.getByRole("button", { name: words.dataExport.make }).click();
  await page.waitForURL(/done=made/);
  await expect(page.getByRole("heading", { name: words.dataExport.ready })).toBeVisible();
  await expectAccessible();

  const link = page.locator("a[download]");
  const href = (await link.getAttribute("href")) ?? "";
  const arriving = page.waitForEvent("download");
  await link.click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/^kunci-data-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await download.path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ identity: { number: person.identity.number } });
  expect(text).not.toContain("argon2");

  expect((await page.request.head(href)).status(), "it is taken whole or not at all").toBe(405);
  const other = await settled("activated");
  await openSessionOf(other.id, ["password"], { context, database, origin });
  await page.goto(href);
  await expect(page.getByText(words.dataExport.notice.gone)).toBeVisible();
});
