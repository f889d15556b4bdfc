import fs from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { enterAs, officeOf } from "./harness/officers.ts";
import { alertOn, dashed, field, isAtWork } from "./harness/steps.ts";

const list = (page: Page) => page.locator("main section.found");
const mailboxName = (mailbox: string) => mailbox.split("@", 1)[0] as string;

test("an officer finds who calls by a number or by words, narrows the list, and takes it along @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { helpdesk, refusals } = words;
  const [officer, caller] = [await settled("activated"), await settled("locked")];
  await enterAs("administrator", officer, { context, database, origin });
  const search = async (typed: string) => {
    await isAtWork(field(page, "q"));
    await field(page, "q").fill(typed);
    await page.getByRole("button", { name: helpdesk.search.submit, exact: true }).click();
  };
  await page.goto("/helpdesk");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(helpdesk.heading);
  await expectAccessible();

  await search("900101-14");
  await expect(alertOn(page)).toContainText(refusals.mykad_length);
  await expect(alertOn(page)).toBeFocused();
  await expect(field(page, "q")).toHaveValue("900101-14");
  await expect(field(page, "q")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible();

  await search(dashed(caller.identity));
  await expect(page).toHaveURL(`/helpdesk/accounts/${caller.id}`);

  await page.goto("/helpdesk");
  await search(mailboxName(caller.officialEmail));
  await expect(page).toHaveURL(/\/helpdesk\?q=/);
  await expect(list(page).getByRole("link", { name: caller.fullName })).toHaveCount(1);
  await expect(list(page)).toContainText(words.diagnosis.status.locked);
  await expectAccessible();

  await page.getByText(helpdesk.filters.heading, { exact: true }).click();
  await field(page, "trouble").selectOption("idle");
  await page.getByRole("button", { name: helpdesk.filters.submit, exact: true }).click();
  await expect(page).toHaveURL(/trouble=idle/);
  await expect(list(page)).toContainText(helpdesk.empty.searched);
  await expectAccessible();
  await field(page, "trouble").selectOption("locked");
  await page.getByRole("button", { name: helpdesk.filters.submit, exact: true }).click();
  await expect(list(page).getByRole("link", { name: caller.fullName })).toHaveCount(1);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: helpdesk.list.export }).click();
  const text = await fs.readFile(await (await download).path(), "utf8");
  expect(text.trim().split("\r\n")).toHaveLength(2);
  expect(text).toContain(caller.officialEmail);
  expect(text).not.toContain(caller.identity.number);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);
});

test("without JavaScript the same is found, and nothing of another office", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { helpdesk, refusals } = words;
  const page = await anotherBrowser({ javaScript: false });
  const [officer, caller, neighbour] = [
    await settled("activated"),
    await settled("registered"),
    await settled("activated"),
  ];
  const other = await officeOf(database, "0102");
  await database.query("update account set office_id = $1 where id = $2", [other, neighbour.id]);
  await enterAs("helpdesk", officer, { context: page.context(), database, origin });
  const search = async (typed: string) => {
    await page.goto("/helpdesk");
    await field(page, "q").fill(typed);
    await page.getByRole("button", { name: helpdesk.search.submit, exact: true }).click();
  };
  await search(caller.identity.number);
  await expect(page).toHaveURL(`/helpdesk/accounts/${caller.id}`);
  await search(dashed(neighbour.identity));
  await expect(alertOn(page)).toContainText(refusals.search_nobody);
  await search(neighbour.officialEmail);
  await expect(list(page)).toContainText(helpdesk.empty.searched);
  await search(mailboxName(caller.officialEmail));
  await expect(list(page).getByRole("link", { name: caller.fullName })).toHaveCount(1);
  await expect(page.getByRole("link", { name: helpdesk.list.export }), "which takes a higher role").toHaveCount(0);

  for (const path of [`/helpdesk?office=${other}`, "/helpdesk?at=x", "/helpdesk?status=x"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
  }
  expect((await page.request.get("/helpdesk/export")).status()).toBe(404);
  const { rows } = await database.query(
    "select account_id from audit_event where type = 'access.refused' and actor_id = $1 order by id",
    [officer.id],
  );
  expect(rows.map(({ account_id }) => account_id)).toEqual([neighbour.id, null, null, null, null]);
});
