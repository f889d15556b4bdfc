import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { enterAs, officeOf } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, dashed, field, isAtWork } from "./harness/steps.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const toast = (page: Page) => page.locator("main [role='status'].toast");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("a caller whose letter came back: the address is corrected and a link is there at once @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  mailbox,
  expectAccessible,
}) => {
  const { actions, cases, console: desk, refusals } = words;
  const [officer, caller] = [await settled("activated"), await settled("registered")];
  const right = `betul.${caller.officialEmail}`;
  await database.query(
    "insert into undeliverable_mailbox (mailbox, why, is_final, since) values ($1, 'no_such_mailbox', true, now())",
    [caller.officialEmail],
  );
  await enterAs("helpdesk", officer, { context, database, origin });
  await page.goto("/helpdesk/work?show=undeliverable");
  await expect(heading(page)).toHaveText(cases.work.heading);
  await expectAccessible();
  const row = page.getByRole("row").filter({ hasText: caller.officialEmail });
  await row.getByRole("link", { name: new RegExp(cases.work.correct) }).click();
  await expect(heading(page)).toHaveText(actions.deeds.correct_mailbox.title);
  await expectAccessible();

  await isAtWork(field(page, "officialEmail"));
  await field(page, "officialEmail").fill("salah@gmail.example");
  await field(page, "reason").fill("abc");
  await press(page, actions.deeds.correct_mailbox.submit);
  await expect(alertOn(page)).toContainText(refusals.reason_missing);
  await expect(field(page, "officialEmail")).toHaveValue("salah@gmail.example");
  await field(page, "reason").fill(desk.reason.usual[0] ?? "");
  await press(page, actions.deeds.correct_mailbox.submit);
  await expect(field(page, "officialEmail")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible();
  await field(page, "officialEmail").fill(right);
  await press(page, actions.deeds.correct_mailbox.submit);
  await expect(toast(page)).toContainText(actions.done.correct_mailbox);
  await expect(heading(page)).toHaveText(caller.fullName);
  const letters = await Promise.all([mailbox.nextTo(right, 2)]);
  expect(letters).toHaveLength(1);
  const links = (await mailbox.lettersTo(right)).filter(({ text }) => text.includes("/activate/"));
  expect(linkIn(links[0] as (typeof links)[number])).toContain("/activate/");
  expect(await mailbox.lettersTo(caller.officialEmail), "the former address is told nothing").toEqual([]);
});

test("without JavaScript an account is suspended and taken back, a number is seen for a minute, a transfer is decided", async ({
  anotherBrowser,
  database,
  origin,
  words,
  settled,
}) => {
  const { actions, cases, console: desk, requests, diagnosis } = words;
  const why = desk.reason.usual[3] ?? "";
  const [sa, owner] = [await settled("activated"), await settled("activated")];
  const page = await anotherBrowser({ javaScript: false });
  await enterAs("sa", sa, { context: page.context(), database, origin });
  const account = `/helpdesk/accounts/${owner.id}`;

  await page.goto(`${account}/suspend`);
  await field(page, "reason").fill(why);
  await press(page, actions.deeds.suspend.submit);
  await expect(toast(page)).toContainText(actions.done.suspend);
  await expect(page.locator("main")).toContainText(diagnosis.status.suspended);
  await toast(page).getByRole("link", { name: actions.undo.suspend }).click();
  await field(page, "reason").fill(why);
  await press(page, actions.deeds.reinstate.submit);
  await expect(toast(page)).toContainText(actions.done.reinstate);

  await page.goto(`${account}/unmask`);
  await expect(page.locator("main")).not.toContainText(dashed(owner.identity));
  await field(page, "reason").fill(why);
  await press(page, actions.unmask.submit);
  await expect(page.locator("main")).toContainText(dashed(owner.identity));
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveAttribute("content", new RegExp(`^60;.*${account}$`));

  const theirs = await anotherBrowser({ javaScript: false });
  await openSessionOf(owner.id, ["password"], { context: theirs.context(), database, origin });
  await theirs.goto("/settings/profile/office");
  await field(theirs, "office").selectOption(await officeOf(database, "0102"));
  await press(theirs, requests.submit);
  const reference = /K-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await toast(theirs).textContent()) ?? "")?.[0] ?? "";

  await page.goto(`/helpdesk/cases/${reference}`);
  await expect(page.locator("main")).toContainText(cases.notYours.office);
  const receiving = await anotherBrowser({ javaScript: false });
  await enterAs(
    "sa",
    await settled("activated"),
    { context: receiving.context(), database, origin },
    { office: "0102" },
  );
  await receiving.goto("/helpdesk/work");
  await receiving.getByRole("row").filter({ hasText: reference }).getByRole("link").click();
  await field(receiving, "answer").fill("Surat pertukaran belum diterima.");
  await press(receiving, cases.steps.refuse.submit);
  await expect(toast(receiving)).toContainText(cases.done.refuse);
  await theirs.goto("/settings/profile");
  await expect(theirs.locator("main")).toContainText("Surat pertukaran belum diterima.");
});
