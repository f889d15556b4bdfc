import type { Page } from "@playwright/test";
import { newCounterpart } from "#lib/kernel/caller-codes.ts";
import { rightAnswers } from "#lib/testing/security-answers.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";
import { keysOf, settleAnswers, settleApp } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field } from "./harness/steps.ts";

const codeIn = async (page: Page): Promise<string> =>
  ((await page.locator(".spoken-code").textContent()) ?? "").replace(/\D/g, "");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("a caller who lost the phone is checked by two codes, and two officers let another factor be enrolled @phone", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  mailbox,
  anotherBrowser,
  expectAccessible,
}) => {
  test.slow();
  const { callerCheck, officerRequests, console: consoles } = words;
  const [owner, first, second] = [await settled("activated"), await settled("activated"), await settled("activated")];
  await settleApp(dataDir(), owner.id);
  const account = `/helpdesk/accounts/${owner.id}`;
  const reason = consoles.reason.usual[0] ?? "";

  await enterAs("helpdesk", first, { context, database, origin });
  await page.goto(`${account}/reset`);
  await page.getByRole("link", { name: callerCheck.title }).click();
  await expect(page).toHaveURL(`${account}/caller`);
  await expectAccessible();
  await press(page, callerCheck.codes.start);
  await expect(page.locator(".spoken-code")).toBeVisible();
  const spoken = await codeIn(page);
  await expectAccessible();

  // The caller is on another phone, without JavaScript, and not signed in.
  const caller = await anotherBrowser({ javaScript: false });
  await caller.goto("/call");
  await field(caller, "code").fill("12");
  await press(caller, callerCheck.call.submit);
  await expect(alertOn(caller)).toContainText(callerCheck.call.missing);
  await field(caller, "code").fill(spoken);
  await press(caller, callerCheck.call.submit);
  await expect(caller.getByRole("heading", { level: 1 })).toHaveText(callerCheck.call.real);
  await expect(caller.locator(".spoken-code"), "the counterpart goes to the mailbox alone").toHaveCount(0);
  await press(caller, callerCheck.call.mail);
  await expect(caller.getByText(callerCheck.call.mailed)).toBeVisible();
  const { text } = await mailbox.nextTo(owner.officialEmail);
  const counterpart = /^(\d{6})$/m.exec(text)?.[1] ?? "";

  // The officer's page looks by itself.
  await expect(page.getByText(callerCheck.codes.byMailbox)).toBeVisible({ timeout: 20_000 });
  await field(page, "code").fill(counterpart === "111111" ? "222222" : "111111");
  await press(page, callerCheck.codes.submit);
  await expect(alertOn(page).first()).toContainText(callerCheck.errors.code_mismatch);
  await field(page, "code").fill(counterpart);
  await press(page, callerCheck.codes.submit);
  await expect(page).toHaveURL(/done=verified/);
  await page.getByRole("link", { name: callerCheck.reset }).click();
  await expect(page).toHaveURL(`${account}/reset`);
  await field(page, "reason").fill(reason);
  await expectAccessible();
  await press(page, officerRequests.reset.submit);
  await expect(page).toHaveURL(/\/helpdesk\/requests\/[\w-]+\?done=requested/);
  await expectAccessible();
  const request = new URL(page.url()).pathname;

  const colleague = await anotherBrowser();
  await enterAs("helpdesk", second, { context: colleague.context(), database, origin });
  await colleague.goto(request);
  await field(colleague, "reason").fill(reason);
  await expectAccessible(colleague);
  await press(colleague, officerRequests.page.approve);
  await expect(colleague).toHaveURL(`${request}/ticket`);
  const ticket = await codeIn(colleague);
  await expectAccessible(colleague);
  await page.goto(`${request}/ticket`);
  expect(await codeIn(page), "both officers can show it").toBe(ticket);

  const own = await anotherBrowser();
  await own.goto("/enrol");
  await field(own, "identityNumber").fill(owner.identity.number);
  await field(own, "code").fill(ticket);
  await press(own, words.enrol.code.submit);
  await expect(own.getByRole("heading", { level: 1 })).toHaveText(words.enrol.ready.heading);

  // The owner is told at each step, and stops it with the newest letter: the ticket opens nothing any more.
  const told = await mailbox.nextTo(owner.officialEmail, 3);
  const stop = /https?:\/\/\S+\/undo\/[\w-]+/.exec(told.text)?.[0] ?? "";
  await caller.goto(stop);
  await press(caller, officerRequests.stop.button);
  await expect(caller.getByRole("heading", { level: 1 })).toHaveText(officerRequests.stop.stopped.heading);
  await own.goto("/enrol");
  await expect(own.getByRole("heading", { level: 1 })).toHaveText(words.enrol.ends.cancelled.heading);
  await page.goto(request);
  await expect(page.getByText(officerRequests.states.stopped, { exact: true })).toBeVisible();
});

test("whoever is signed in reads the counterpart off the page; a question is answered without anybody seeing it", async ({
  page,
  context,
  database,
  origin,
  words,
  settled,
  anotherBrowser,
  expectAccessible,
}) => {
  const { callerCheck } = words;
  const [owner, officer] = [await settled("activated"), await settled("activated")];
  await settleAnswers(dataDir(), owner.id);
  await enterAs("helpdesk", officer, { context, database, origin });
  await page.goto(`/helpdesk/accounts/${owner.id}/caller`);
  await press(page, callerCheck.codes.start);
  const spoken = await codeIn(page);

  const own = await anotherBrowser();
  await openSessionOf(owner.id, ["password"], { context: own.context(), database, origin });
  await own.goto("/home");
  await own.getByRole("link", { name: words.common.frame.call }).first().click();
  await field(own, "code").fill(spoken);
  await press(own, callerCheck.call.submit);
  await expect(own.getByRole("heading", { level: 1 })).toHaveText(callerCheck.call.real);
  const { rows } = await database.query<{ id: string }>("select id from caller_check where account_id = $1", [
    owner.id,
  ]);
  expect(await codeIn(own)).toBe(newCounterpart(keysOf(dataDir()), rows[0]?.id ?? ""));
  await expectAccessible(own);
  await press(own, callerCheck.call.stop);
  await expect(own.getByText(callerCheck.call.stopped)).toBeVisible();
  await expectAccessible(own);

  await page.reload();
  await expect(page.getByText(callerCheck.codes.failed)).toBeVisible();
  await press(page, callerCheck.question.start);
  const question = page.locator(".spoken-question");
  await expect(question).toBeVisible();
  const { rows: asked } = await database.query<{ question_id: string }>(
    "select question_id from caller_check where account_id = $1 and question_id is not null",
    [owner.id],
  );
  const answer = rightAnswers.find(({ questionId }) => questionId === asked[0]?.question_id)?.answer ?? "";
  await field(page, "answer").fill("bukan itu");
  await press(page, callerCheck.question.submit);
  await expect(alertOn(page).first()).toContainText(callerCheck.errors.answer_mismatch);
  await field(page, "answer").fill(answer);
  await press(page, callerCheck.question.submit);
  await expect(page).toHaveURL(/done=verified/);
  await expectAccessible();
});
