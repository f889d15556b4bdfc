import { randomUUID } from "node:crypto";
import { settleAnswers, settleApp, settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** A caller is made sure of, on both sides of the line, and two officers let them enrol another second factor. */
export async function twoOfficerPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const { callerCheck, officerRequests } = words;
  const people = await settlePeople(portal.dataDir, [somebody(), somebody(), somebody()], "activated");
  const [owner = "", first = "", second = ""] = people;
  await settleApp(portal.dataDir, owner);
  await settleAnswers(portal.dataDir, owner);
  for (const officer of [first, second]) await makeHelpdesk(walk, officer);
  const place = { context: page.context(), database, origin: portal.origin };
  const enter = (id: string) => openSessionOf(id, ["password", "totp"], place);
  const account = `/helpdesk/accounts/${owner}`;

  await enter(first);
  await page.goto(`${account}/caller`);
  await shoot("helpdesk-caller");
  await press(page, callerCheck.codes.start);
  const shown = page.locator(".spoken-code");
  await shown.waitFor();
  await shoot("helpdesk-caller-codes");
  const spoken = ((await shown.textContent()) ?? "").replace(/\D/g, "");
  await callPictures(walk, spoken, () => enter(owner));

  await enter(first);
  await page.goto(`${account}/caller`);
  await shoot("helpdesk-caller-answered");
  await press(page, callerCheck.question.start);
  await page.locator(".spoken-question").waitFor();
  await shoot("helpdesk-caller-question");
  await press(page, callerCheck.presence.submit);
  await untilAlert(walk);
  await shoot("helpdesk-caller-wrong");
  await page.goto(`${account}/reset`);
  await shoot("helpdesk-reset-unchecked");
  await page.goto(`${account}/caller`);
  await field(page, "reason").fill(callerCheck.presence.usual[0] ?? "");
  await field(page, "seen").check();
  await press(page, callerCheck.presence.submit);
  await page.waitForURL(/done=verified/);
  await shoot("helpdesk-caller-verified");
  await page.goto(`${account}/reset`);
  await shoot("helpdesk-reset");
  await field(page, "reason").fill(words.console.reason.usual[0] ?? "");
  await press(page, officerRequests.reset.submit);
  await page.waitForURL(/\/helpdesk\/requests\//);
  await shoot("helpdesk-request-own");
  const request = new URL(page.url()).pathname;

  await enter(second);
  await page.goto(request);
  await shoot("helpdesk-request");
  await field(page, "reason").fill(words.console.reason.usual[0] ?? "");
  await press(page, officerRequests.page.approve);
  await page.waitForURL(/\/ticket$/);
  await shoot("helpdesk-ticket");
  await page.goto(request);
  await shoot("helpdesk-request-approved");
}

/** The caller's side: a wrong code, somebody who is not signed in, and the owner. */
async function callPictures({ page, shoot, words, ...walk }: Walk, spoken: string, asOwner: () => Promise<unknown>) {
  const { call } = words.callerCheck;
  const enterCode = async (code: string) => {
    await field(page, "code").fill(code);
    await press(page, call.submit);
  };
  await page.context().clearCookies({ name: "kunci-session" });
  await page.goto("/call");
  await shoot("call");
  await enterCode("12");
  await untilAlert({ page, shoot, words, ...walk });
  await shoot("call-wrong");
  await enterCode(spoken);
  await page.getByRole("heading", { name: call.real }).waitFor();
  await shoot("call-real");
  await press(page, call.mail);
  await page.getByText(call.mailed).waitFor();
  await shoot("call-mailed");
  await asOwner();
  await page.goto("/call");
  await enterCode(spoken);
  await page.locator(".spoken-code").waitFor();
  await shoot("call-counterpart");
}

async function makeHelpdesk({ database, portal }: Walk, id: string): Promise<void> {
  await database.query(
    `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
      select $1, id, 'helpdesk', office_id, 'active', now() - interval '1 minute', now() from account where id = $2`,
    [randomUUID(), id],
  );
  await settleApp(portal.dataDir, id);
}
