import { openMailbox, resetLinkIn, undoLinkIn } from "../harness/mailbox.ts";
import { GOOD_PASSWORD, settleAnswers, settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import * as steps from "../harness/steps.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/**
 * A sign-in that was somebody else's, from its letter to the new password; one that was forgotten; an account that was
 * locked; and sessions that end, or are about to.
 */
export async function recoveryPictures(walk: Walk): Promise<void> {
  await disowned(walk);
  await forgotten(walk);
  await unlocking(walk);
  await ending(walk);
}

async function disowned(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const person = somebody();
  const [id] = await settlePeople(portal.dataDir, [person], "activated");
  await database.query(
    "insert into device (id, account_id, token_digest, label, first_seen_at, last_seen_at, signed_in_at) values (gen_random_uuid(), $1, gen_random_uuid()::text, 'Safari pada iPhone', now(), now(), now())",
    [id],
  );
  await page.context().clearCookies({ name: /kunci-(session|sign-in)/ });
  await steps.signIn(walk, person, GOOD_PASSWORD);
  const link = new URL(undoLinkIn(await openMailbox(portal.origin).nextTo(person.officialEmail))).pathname;
  await page.goto(link);
  await shoot("undo");
  await press(page, words.undo.button);
  await page.waitForURL("**/recover/password");
  await shoot("recover-password");
  await choose(walk, "600101010000");
  await untilAlert(walk);
  await shoot("recover-password-wrong");
  await page.goto("/undo");
  await shoot("undo-again");
  await database.query("update password_reset set expires_at = now() where account_id = $1", [id]);
  await page.goto("/recover/password");
  await shoot("recover-password-expired");
  await database.query("update password_reset set identity_tries = 5 where account_id = $1", [id]);
  await page.reload();
  await shoot("recover-password-tries-used");
  await database.query("delete from password_reset where account_id = $1", [id]);
  await page.goto("/undo");
  await press(page, words.undo.continue);
  await page.waitForURL("**/recover/password");
  await choose(walk, person.identity.number);
  await page.waitForURL("**/sign-in?notice=newPassword");
  await shoot("sign-in-new-password");
  await page.goto(link);
  await shoot("undo-used");
  await page.goto("/undo/cut-off");
  await shoot("undo-unknown");
  await page.goto("/recover/password");
  await shoot("recover-password-unknown");
}

/** Up to the link in the letter, with the code on the way. */
async function askedFor(walk: Walk, person: ReturnType<typeof somebody>): Promise<string> {
  const { page, words, shoot, portal } = walk;
  await page.context().clearCookies({ name: /kunci-(session|forgot|reset)/ });
  await page.goto("/recover");
  await shoot("recover");
  await press(page, words.recover.ask.submit);
  await untilAlert(walk);
  await shoot("recover-empty");
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "identityNumber").fill(person.identity.number);
  await page.getByRole("checkbox", { name: words.captcha.label }).check();
  await page.getByText(words.captcha.done).waitFor();
  await press(page, words.recover.ask.submit);
  await page.waitForURL("**/recover/sent");
  const letter = await openMailbox(portal.origin).nextTo(person.officialEmail);
  return new URL(resetLinkIn(letter)).pathname;
}

async function forgotten(walk: Walk): Promise<void> {
  const { page, words, shoot, portal } = walk;
  const person = somebody();
  await settlePeople(portal.dataDir, [person], "activated");
  const link = await askedFor(walk, person);
  await shoot("recover-sent");
  await page.goto("/recover/code");
  await shoot("recover-code");
  await page.goto("/recover/code?other");
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "code").fill("00001111");
  await press(page, words.recover.code.submit);
  await untilAlert(walk);
  await shoot("recover-code-wrong");
  await page.goto("/recover?type=passport");
  await shoot("recover-passport");
  await page.goto(link);
  await shoot("recover-link");
  await choose(walk, person.identity.number);
  await page.waitForURL("**/sign-in?notice=newPassword");
  await page.context().clearCookies({ name: /kunci-(forgot|reset)/ });
  await page.goto("/recover/sent");
  await shoot("recover-sent-unknown");
}

async function unlocking(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  await settleAnswers(portal.dataDir, id);
  await database.query("update account set status = 'locked' where id = $1", [id]);
  const link = await askedFor(walk, person);
  await page.goto(link);
  await shoot("recover-locked");
  await press(page, words.recover.password.submit);
  await untilAlert(walk);
  await shoot("recover-locked-empty");
  await database.query("delete from security_answer where account_id = $1", [id]);
  await page.goto("/recover/password");
  await shoot("recover-locked-no-questions");
  await database.query("update account set status = 'suspended', suspended_from = 'locked' where id = $1", [id]);
  await page.reload();
  await shoot("recover-suspended");
}

async function choose({ page, words }: Walk, number: string): Promise<void> {
  await field(page, "identityNumber").fill(number);
  await field(page, "password").fill(steps.PASSWORD);
  await field(page, "passwordAgain").fill(steps.PASSWORD);
  await press(page, words.recover.password.submit);
}

async function ending({ page, words, shoot, portal, database }: Walk): Promise<void> {
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  const { sessionId } = await openSessionOf(id, ["password"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  await page.goto("/settings/sessions");
  await database.query("update session set last_seen_at = now() - interval '28 minutes' where id = $1", [sessionId]);
  // As if the window were seen again after a while.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByRole("alertdialog").waitFor();
  await shoot("session-warning");
  await page.getByRole("button", { name: words.sessions.warning.stay }).click();
  await database.query(
    `update session set proofs = jsonb_set(proofs, '{0,at}', '"2026-01-01T00:00:00.000Z"') where id = $1`,
    [sessionId],
  );
  await page.goto("/settings/password");
  await shoot("settings-password-prove-first");
  await database.query("update session set ended_at = now(), ended_why = 'signed_out_elsewhere' where id = $1", [
    sessionId,
  ]);
  await page.goto("/home");
  await shoot("sign-in-ended");
}
