import { lockLinkIn, openMailbox } from "../harness/mailbox.ts";
import { GOOD_PASSWORD, settlePeople } from "../harness/people.ts";
import * as steps from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** What happened to an account, a line of it reported, and the account locked: by the report, and by a letter. */
export async function activityPictures(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  await database.query(
    "insert into device (id, account_id, token_digest, label, first_seen_at, last_seen_at, signed_in_at) values (gen_random_uuid(), $1, gen_random_uuid()::text, 'Safari pada iPhone', now(), now(), now())",
    [id],
  );
  await page.context().clearCookies({ name: /kunci-(session|sign-in|locked?)$/ });
  await steps.toThePassword(walk, person);
  await steps.giveWrongPassword(walk, "Bukan-Kata-Laluan-1");
  await steps.signIn(walk, person, GOOD_PASSWORD);
  const link = new URL(lockLinkIn(await openMailbox(portal.origin).nextTo(person.officialEmail))).pathname;

  await page.goto("/settings/activity");
  await shoot("settings-activity");
  await page.goto("/settings/activity?show=recovery");
  await shoot("settings-activity-empty");
  await page.goto("/settings/lock");
  await shoot("settings-lock");
  await page.goto(link);
  await shoot("lock");
  await page.goto("/settings/activity?show=refused");
  await page.locator(".time > li a").click();
  await page.waitForURL("**/report?event=*");
  await shoot("settings-activity-report");
  await steps.field(page, "reason").fill("x".repeat(1_001));
  await press(page, words.activity.reporting.submit);
  await untilAlert(walk);
  await shoot("settings-activity-report-wrong");
  await steps.field(page, "reason").fill("");
  await press(page, words.activity.reporting.submit);
  await page.waitForURL("**/lock/done");
  await shoot("lock-done");
  await page.context().clearCookies({ name: /kunci-locked$/ });
  await page.reload();
  await shoot("lock-how");
  const ends = {
    locked: "status = 'locked'",
    recovered: "status = 'activated', recovered_at = now() + interval '1 hour'",
    "not-open": "status = 'suspended', recovered_at = null",
  };
  for (const [name, change] of Object.entries(ends)) {
    await database.query(`update account set ${change} where id = $1`, [id]);
    await page.goto(link);
    await shoot(`lock-${name}`);
  }
  await page.goto("/lock/cut-off");
  await shoot("lock-unknown");
}
