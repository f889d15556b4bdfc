import { randomUUID } from "node:crypto";
import { settleApp, settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Pages that ask why, of an account in a state where each makes sense. */
const pagesOf = {
  registered: ["resend-activation", "correct-mailbox", "confirm-staff", "void-registration"],
  activated: ["send-reset", "end-sessions", "suspend", "close", "unmask"],
  locked: ["unlock"],
  suspended: ["reinstate"],
  closed: ["reopen"],
} as const;

/** An administrator who works through what waits, and does what is done to accounts; the owner reads the answer. */
export async function officerActionPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const [officer = "", owner = ""] = await settlePeople(portal.dataDir, [somebody(), somebody()], "activated");
  const place = { context: page.context(), database, origin: portal.origin };
  await openSessionOf(owner, ["password"], place);
  await page.goto("/settings/profile/name");
  await field(page, "fullName").fill("Nur Aisyah binti Contoh @ Rekaan");
  await press(page, words.requests.submit);
  const said = (await page.locator(".toast").textContent()) ?? "";
  const reference = /K-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said)?.[0] ?? "";

  await database.query(
    `insert into role_grant (id, account_id, role, state, from_at, granted_at) values ($1, $2, 'administrator', 'active', now(), now())`,
    [randomUUID(), officer],
  );
  await settleApp(portal.dataDir, officer);
  await openSessionOf(officer, ["password", "totp"], place);
  await page.goto("/helpdesk/work");
  await shoot("helpdesk-work");
  for (const show of ["unconfirmed", "undeliverable", "requests"]) {
    await page.goto(`/helpdesk/work?show=${show}`);
    await shoot(`helpdesk-work-${show}`);
  }
  for (const [status, pages] of Object.entries(pagesOf)) {
    const [id = ""] = await settlePeople(portal.dataDir, [somebody()], status as keyof typeof pagesOf);
    for (const name of pages) {
      await page.goto(`/helpdesk/accounts/${id}/${name}`);
      await shoot(`helpdesk-${name}`);
    }
  }
  await page.goto(`/helpdesk/accounts/${owner}/suspend`);
  await press(page, words.actions.deeds.suspend.submit);
  await untilAlert(walk);
  await shoot("helpdesk-suspend-wrong");

  await page.goto(`/helpdesk/cases/${reference}`);
  await shoot("helpdesk-case");
  await field(page, "answer").fill("Nama pada MyKad tidak sama. Sila muat naik salinan yang jelas.");
  await press(page, words.cases.steps.refuse.submit);
  await page.locator(".toast").waitFor();
  await shoot("helpdesk-case-refused");
  await openSessionOf(owner, ["password"], place);
  await page.goto("/settings/profile");
  await shoot("settings-profile-answered");
}
