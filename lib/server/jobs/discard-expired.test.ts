import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { transactionApproval } from "#db/schema/approval.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { campaignLetter, campaignRun } from "#db/schema/campaign-run.ts";
import { undeliverableMailbox, webhookEvent } from "#db/schema/helpdesk.ts";
import { letter, rateLimit, usedCaptcha } from "#db/schema/mail.ts";
import { recovery } from "#db/schema/recovery.ts";
import { oidcRecord, relyingPartySession } from "#db/schema/relying-party.ts";
import { usedChallenge } from "#db/schema/second-factors.ts";
import { device, session } from "#db/schema/session.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { staffImportRow } from "#db/schema/staff-register.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { addReplacement } from "#lib/account/settings/replace-security-questions.ts";
import { offeredQuestions } from "#lib/authenticators/security-questions/choose-questions.ts";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { after, days, hours, minutes } from "#lib/kernel/time.ts";
import { openReset } from "#lib/recovery/forgotten-password/open-reset.ts";
import { tellOfNewBrowser } from "#lib/session/tell-of-new-browser.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { ceremonyOf, issueCode } from "#lib/testing/email-code.ts";
import { withTicket } from "#lib/testing/lost-factor.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { applied, asOperator, staffFile, staffLine, uploaded } from "#lib/testing/staff-register.ts";
import { discardExpired } from "./discard-expired.ts";

const signIn = (world: World) =>
  world.db.insert(signInCeremony).values({
    id: randomUUID(),
    tokenDigest: randomUUID(),
    step: "prove",
    identityIndex: "-",
    identityShown: "900101-\u2022\u2022-\u2022\u2022\u2022\u2022",
    required: "aal1",
    proofs: [],
    startedAt: world.now(),
  });

test("captcha solutions, answered challenges and counters go when they have run out", async () => {
  const world = await newWorld();
  const soon = new Date(world.now().getTime() + minutes(20));
  await world.db.insert(usedCaptcha).values({ signature: "-", expiresAt: soon });
  await world.db.insert(usedChallenge).values({ challenge: "-", expiresAt: soon });
  await world.db.insert(rateLimit).values({ key: "-", points: 1, expire: soon.getTime() });
  const none = { used_captcha: 0, used_challenge: 0, rate_limit: 0 };
  expect(await discardExpired(world.asSystem())).toMatchObject(none);

  world.moveClock(minutes(21));
  expect(await discardExpired(world.asSystem())).toMatchObject({ used_captcha: 1, used_challenge: 1, rate_limit: 1 });
});

test("whom a campaign wrote to goes a year after it was closed, and what its runs counted stays", async () => {
  const world = await newWorld();
  const closedAt = world.now();
  const phases = [{ officeIds: [world.office.id] }];
  const [open, closed] = [
    await addCampaign(world.ctx, { phases }),
    await addCampaign(world.ctx, { phases, state: "closed", closedAt }),
  ];
  const person = await world.account();
  for (const { id: campaignId, phases: made } of [open, closed]) {
    const runId = randomUUID();
    const run = { id: runId, campaignId, phaseId: made[0]?.id ?? "", kind: "invitation", occasion: "begin" } as const;
    await world.db.insert(campaignRun).values({ ...run, state: "done", sent: 1, startedAt: world.now() });
    const day = campaignId === open.id ? "2026-11-20" : "2026-11-19";
    const letter = { runId, accountId: person.id, outcome: "owed", day, owedAt: world.now() } as const;
    await world.db.insert(campaignLetter).values(letter);
  }
  world.moveClock(days(365));
  expect(await discardExpired(world.asSystem())).toMatchObject({ campaign_letter: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ campaign_letter: 1 });
  expect((await world.db.select().from(campaignRun)).map(({ sent }) => sent)).toEqual([1, 1]);
});

test("a sign-in under way goes a day after it could last have been finished", async () => {
  const world = await newWorld();
  await signIn(world);
  world.moveClock(hours(24));
  expect(await discardExpired(world.asSystem())).toMatchObject({ sign_in_ceremony: 0 });

  world.moveClock(minutes(16));
  expect(await discardExpired(world.asSystem())).toMatchObject({ sign_in_ceremony: 1 });
});

test("a secret of an authenticator app that was never confirmed goes a day later", async () => {
  const world = await newWorld();
  await beginTotp(await world.as(await world.account()));
  world.moveClock(hours(24));
  expect(await discardExpired(world.asSystem())).toMatchObject({ totp_enrolment: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ totp_enrolment: 1 });
});

test("a new password that was not chosen goes a day later, a link to disown a sign-in 30 days after it ran out", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const here = await world.as(owner);
  await world.db.transaction(async (tx) => {
    await openReset(tx, here, owner.id);
    await tellOfNewBrowser(tx, here, { accountId: owner.id, sessionId: here.actor.sessionId });
  });
  world.moveClock(hours(24.5));
  expect(await discardExpired(world.asSystem())).toMatchObject({ password_reset: 0, undo_link: 0 });
  world.moveClock(days(17));
  expect(await discardExpired(world.asSystem())).toMatchObject({ password_reset: 1, undo_link: 0 });
  world.moveClock(days(30));
  expect(await discardExpired(world.asSystem())).toMatchObject({ undo_link: 1 });
});

test("a mailbox that was asked for goes a week later, whatever became of it", async () => {
  const world = await newWorld();
  await requestMailboxChange(await world.as(await world.account()), "personal", "aisyah@rumah.example");
  world.moveClock(days(7));
  expect(await discardExpired(world.asSystem())).toMatchObject({ mailbox_change: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ mailbox_change: 1 });
});

test("answers that should replace others, and never did, go a day later", async () => {
  const world = await newWorld();
  const here = await world.as(await world.account());
  const [question] = await offeredQuestions(here);
  await addReplacement(here, question?.id ?? "", "Zirafah belang");
  world.moveClock(hours(24));
  expect(await discardExpired(world.asSystem())).toMatchObject({ replacement_answer: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ replacement_answer: 1 });
});

test("a session goes 30 days after it ended, by itself or by sign-out", async () => {
  const world = await newWorld();
  const owner = await world.account();
  await world.as(owner);
  world.moveClock(hours(1));
  await world.db.update(session).set({ endedAt: world.now() });
  await world.as(owner);

  world.moveClock(days(30));
  expect(await discardExpired(world.asSystem())).toMatchObject({ session: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ session: 1 });
  world.moveClock(hours(12));
  expect(await discardExpired(world.asSystem())).toMatchObject({ session: 1 });
});

test("an idle throttle goes after 30 days, one that disabled a password never", async () => {
  const world = await newWorld();
  const lastTriedAt = world.now();
  await world.db.insert(passwordThrottle).values([
    { identityIndex: "some", browser: "unknown", failures: 99, allowed: false, lastTriedAt },
    { identityIndex: "other", browser: "unknown", failures: 100, allowed: false, lastTriedAt },
  ]);
  world.moveClock(days(30));
  expect(await discardExpired(world.asSystem())).toMatchObject({ password_throttle: 0 });

  world.moveClock(days(1));
  await discardExpired(world.asSystem());
  expect(await world.db.select({ failures: passwordThrottle.failures }).from(passwordThrottle)).toEqual([
    { failures: 100 },
  ]);
});

test("codes by email go after a day, with the sign-ins that asked for them", async () => {
  const world = await newWorld();
  const owner = await world.account();
  await issueCode(world.ctx, owner.id, await ceremonyOf(world.ctx, owner.id));
  world.moveClock(days(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ email_code: 0, sign_in_ceremony: 0 });

  world.moveClock(minutes(16));
  expect(await discardExpired(world.asSystem())).toMatchObject({ email_code: 1, sign_in_ceremony: 1 });
});

test("a recovery and its ticket go a month after they have served, and never while the wait runs", async () => {
  const { world } = await withTicket();
  world.moveClock(days(34));
  expect(await discardExpired(world.asSystem())).toMatchObject({ enrolment_ticket: 1, recovery: 0 });
  await world.db.update(recovery).set({ cancelledAt: world.now() });
  expect(await discardExpired(world.asSystem())).toMatchObject({ recovery: 1 });
});

test("events of the mail provider go after a week, when none is posted again", async () => {
  const world = await newWorld();
  await world.db.insert(webhookEvent).values({ id: "msg_1", receivedAt: world.now() });
  world.moveClock(days(7));
  expect(await discardExpired(world.asSystem())).toMatchObject({ webhook_event: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ webhook_event: 1 });
});

test("a mailbox that takes nothing is forgotten after 90 days where it is nobody's", async () => {
  const world = await newWorld();
  const [owner, former] = [await world.account(), await world.account({ status: "closed" })];
  const mailboxes = [owner.officialEmail, former.officialEmail, "tiada@contoh.example.gov.my"];
  for (const mailbox of mailboxes)
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox, why: "no_such_mailbox", isFinal: true, since: world.now() });
  world.moveClock(days(90));
  expect(await discardExpired(world.asSystem())).toMatchObject({ undeliverable_mailbox: 0 });

  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ undeliverable_mailbox: 2 });
  expect(await world.db.select().from(undeliverableMailbox)).toMatchObject([{ mailbox: owner.officialEmail }]);
});

test("a file of the staff register goes a month after it was applied, a week after it was left, with all that was read of it", async () => {
  const world = await newWorld();
  await applied(world.ctx, staffFile(staffLine(1), staffLine(2, { name: "9" })));
  await uploaded(asOperator(world.ctx), staffFile(staffLine(3)));
  world.moveClock(days(7));
  expect(await discardExpired(world.asSystem())).toMatchObject({ staff_import: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ staff_import: 1 });
  expect(await world.db.select().from(staffImportRow)).toMatchObject([{ kind: "bad" }]);
  world.moveClock(days(23));
  expect(await discardExpired(world.asSystem())).toMatchObject({ staff_import: 1 });
  expect(await world.db.select().from(staffImportRow)).toEqual([]);
});

test("codes and tokens of other systems go when they have run out", async () => {
  const world = await newWorld();
  const kept = { model: "AccessToken", payloadSealed: "-", expiresAt: after(world.now(), minutes(10)) };
  await world.db.insert(oidcRecord).values({ ...kept, idDigest: "one" });
  world.moveClock(minutes(10));
  expect(await discardExpired(world.asSystem())).toMatchObject({ oidc_record: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ oidc_record: 1 });
});

test("what nobody decided goes 30 days after its end; what was decided stays", async () => {
  const world = await newWorld();
  const { id: relyingPartyId } = await addRelyingParty(world.ctx);
  const kept = { relyingPartyId, contentSealed: "-", digest: "-", role: "-", requestedAt: world.now() };
  const expiresAt = after(world.now(), minutes(30));
  for (const state of ["open", "approved", "refused"] as const)
    await world.db
      .insert(transactionApproval)
      .values({ ...kept, id: randomUUID(), identifier: state, state, expiresAt });
  world.moveClock(minutes(30));
  world.moveClock(days(30));
  expect(await discardExpired(world.asSystem())).toMatchObject({ transaction_approval: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ transaction_approval: 1 });
  expect(await world.db.select().from(transactionApproval)).toHaveLength(2);
});

test("a sign-in at another system goes 30 days after it ended; the newest stays a year, and one that is owed a word for good", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const [told, open] = [await addRelyingParty(world.ctx), await addRelyingParty(world.ctx)];
  const begin = async (at: { id: string }) => addRelyingPartySession(world.ctx, await world.as(owner), at);
  const { id: owed } = await begin(told);
  await begin(told);
  world.moveClock(minutes(1));
  await begin(told);
  await world.db.update(relyingPartySession).set({ endedAt: world.now() });
  await world.db.update(relyingPartySession).set({ logoutDueAt: world.now() }).where(eq(relyingPartySession.id, owed));
  await begin(open);

  world.moveClock(days(30));
  expect(await discardExpired(world.asSystem())).toMatchObject({ relying_party_session: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ relying_party_session: 1 });
  world.moveClock(days(365));
  expect(await discardExpired(world.asSystem())).toMatchObject({ relying_party_session: 1 });
  const left = await world.db
    .select({ id: relyingPartySession.id, endedAt: relyingPartySession.endedAt })
    .from(relyingPartySession);
  expect(left).toHaveLength(2);
  expect(left).toContainEqual({ id: owed, endedAt: expect.any(Date) });
});

/** So many used captchas, all run out, in a world a year old. */
async function manyExpired(howMany: number): Promise<World> {
  const world = await newWorld();
  const rows = Array.from({ length: howMany }, (_, n) => ({ signature: `${n}`, expiresAt: world.now() }));
  await world.db.insert(usedCaptcha).values(rows);
  world.moveClock(minutes(1));
  return world;
}

test("many rows go piece by piece, no more in a round than a round takes, and the next goes on", async () => {
  const world = await manyExpired(95);
  const pieces = { rows: 10, aRound: 60 };
  expect(await discardExpired(world.asSystem(), pieces)).toMatchObject({ used_captcha: 60 });
  expect(await discardExpired(world.asSystem(), pieces)).toMatchObject({ used_captcha: 35 });
  expect(await discardExpired(world.asSystem(), pieces)).toMatchObject({ used_captcha: 0 });
});

test("of four at once each row goes once, and a row that somebody holds is waited for by nobody", async () => {
  const world = await manyExpired(80);
  const holder = await world.owner.connect();
  await holder.query("begin");
  await holder.query("select from used_captcha where signature = '7' for update");
  try {
    const pieces = { rows: 10, aRound: 100 };
    const rounds = await Promise.all([1, 2, 3, 4].map(() => discardExpired(world.asSystem(), pieces)));
    expect(rounds.reduce((sum, { used_captcha: gone = 0 }) => sum + gone, 0)).toBe(79);
  } finally {
    await holder.query("commit");
    holder.release();
  }
  expect(await discardExpired(world.asSystem())).toMatchObject({ used_captcha: 1 });
});

test("letters go after a year, but for one that still waits; a browser once it is not known any more and no session names it", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const letterOf = (state: "queued" | "delivered") => ({
    id: randomUUID(),
    accountId: owner.id,
    kind: "invitation",
    to: owner.officialEmail,
    about: {},
    state,
    createdAt: world.now(),
  });
  await world.db.insert(letter).values([letterOf("queued"), letterOf("delivered")]);
  const id = randomUUID();
  const seen = { firstSeenAt: world.now(), lastSeenAt: world.now(), signedInAt: world.now() };
  await world.db.insert(device).values({ id, accountId: owner.id, tokenDigest: "-", label: "Chrome", ...seen });
  world.moveClock(days(365));
  expect(await discardExpired(world.asSystem())).toMatchObject({ letter: 0, device: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ letter: 1, device: 0 });
  world.moveClock(days(36));
  await world.as(owner);
  await world.db.update(session).set({ deviceId: id });
  expect(await discardExpired(world.asSystem()), "a session names it").toMatchObject({ device: 0 });
  await world.db.update(session).set({ deviceId: null });
  expect(await discardExpired(world.asSystem())).toMatchObject({ device: 1 });
});

test("what was decided of a transaction goes after seven years", async () => {
  const world = await newWorld();
  const { id: relyingPartyId } = await addRelyingParty(world.ctx);
  const approval = { relyingPartyId, contentSealed: "-", digest: "-", role: "-", requestedAt: world.now() };
  const decided = { id: randomUUID(), identifier: "one", state: "approved", expiresAt: world.now() } as const;
  await world.db.insert(transactionApproval).values({ ...approval, ...decided });
  world.moveClock(days(2_557));
  expect(await discardExpired(world.asSystem())).toMatchObject({ transaction_approval: 0 });
  world.moveClock(minutes(1));
  expect(await discardExpired(world.asSystem())).toMatchObject({ transaction_approval: 1 });
});
