import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { transactionApproval } from "#db/schema/approval.ts";
import { relyingParty, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import { passkeyRequestOptions } from "#lib/authenticators/passkey/request-passkey.ts";
import type { Context } from "#lib/kernel/context.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { ensureSigningKeys } from "#lib/relying-party/signing-keys/ensure-signing-keys.ts";
import { DETAIL } from "#lib/testing/approvals.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp, anotherCode, totpCode } from "#lib/testing/totp.ts";
import type { Detail } from "../content/read-detail.ts";
import { keepApproval } from "../keep-approval.ts";
import { findApprovalOf, hasApprovals, listApprovals, readStatement } from "../list-approvals.ts";
import { showApproval } from "../show-approval.ts";
import { approvalUse, approveTransaction } from "./approve-transaction.ts";
import { refuseTransaction } from "./refuse-transaction.ts";

let world: World;
let system: Awaited<ReturnType<typeof addRelyingParty>>;
beforeEach(async () => {
  world = await newWorld();
  await ensureSigningKeys(world.asSystem());
  system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["pelulus-1"] });
});

/** Somebody who holds the role, with an authenticator app, signed in with two factors. */
async function holder() {
  const account = await world.account({ staffConfirmed: true });
  const [role] = system.roles;
  const { id: grantId } = await addRelyingPartyRole(world.ctx, account, role ?? { id: "" });
  const { secret } = await addTotp(world.ctx, account.id);
  const ctx = await world.as(account, ["password", "totp"]);
  return { account, grantId, ctx, code: (steps = 0) => totpCode(secret, world.now(), steps) };
}

async function kept(detail: Partial<Detail> = {}) {
  const answer = await keepApproval(world.asSystem(), system, { ...DETAIL, ...detail });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value.approvalId;
}

/** What the page's form is made of. */
async function shownTo(ctx: Context, approvalId: string) {
  const shown = await showApproval(ctx, approvalId);
  if (!shown.ok) throw new Error(shown.error);
  return { approvalId, digest: shown.value.digest, tellsName: false };
}

/** Until a statement waits for another's lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await world.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.rows.length > 0) return;
  }
}

const approvedState = async (id: string) =>
  (await world.db.select().from(transactionApproval).where(eq(transactionApproval.id, id)))[0];
const refused = (error: string) => ({ ok: false, error });

describe("who decides", () => {
  test("is the first who is shown it, and nobody else sees it after; of two at once one is", async () => {
    const [one, other] = [await holder(), await holder()];
    const id = await kept();
    const shown = await Promise.all([showApproval(one.ctx, id), showApproval(other.ctx, id)]);
    expect(shown.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const late = shown[0]?.ok ? other : one;
    expect(await showApproval(late.ctx, id)).toEqual(refused("other_person"));
    const { digest } = shown.find((each) => each.ok)?.value ?? { digest: "" };
    const said = { approvalId: id, digest, tellsName: false };
    expect(await approveTransaction(late.ctx, { ...said, given: { code: late.code() } })).toEqual(
      refused("other_person"),
    );
    expect(await refuseTransaction(late.ctx, { ...said, reason: "Bukan saya punya." })).toEqual(
      refused("other_person"),
    );
  });

  test("does it in the session that showed it, for as long as that lives", async () => {
    const { account, ctx, code } = await holder();
    const id = await kept();
    const said = await shownTo(ctx, id);
    const elsewhere = await world.as(account, ["password", "totp"]);
    expect(await showApproval(elsewhere, id)).toEqual(refused("other_session"));
    expect(await approveTransaction(elsewhere, { ...said, given: { code: code() } })).toEqual(refused("other_session"));
    await world.db.update(session).set({ endedAt: world.now() }).where(eq(session.id, ctx.actor.sessionId));
    expect((await showApproval(elsewhere, id)).ok).toBe(true);
  });

  test("may go on elsewhere when that session lay idle: it opens nothing any more", async () => {
    const { account, ctx } = await holder();
    const id = await kept({ expires_at: new Date(world.now().getTime() + days(1)).toISOString() });
    await shownTo(ctx, id);
    world.moveClock(minutes(30));
    const elsewhere = await world.as(account, ["password", "totp"]);
    expect((await showApproval(elsewhere, id)).ok).toBe(true);
  });

  test("never does it in a session that only enrols a factor", async () => {
    const { ctx, code } = await holder();
    const said = await shownTo(ctx, await kept());
    await world.db.update(session).set({ ticketId: randomUUID() });
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("signed_out"));
  });

  test("never did without having been shown it", async () => {
    const { ctx, code } = await holder();
    const id = await kept();
    const digest = (await approvedState(id))?.digest ?? "";
    expect(
      await approveTransaction(ctx, { approvalId: id, digest, tellsName: false, given: { code: code() } }),
    ).toEqual(refused("other_session"));
  });

  test("holds the role still when it is written, not only when it is shown", async () => {
    const { ctx, code, grantId } = await holder();
    const id = await kept();
    const said = await shownTo(ctx, id);
    await world.db
      .update(relyingPartyRoleGrant)
      .set({ endedAt: world.now() })
      .where(eq(relyingPartyRoleGrant.id, grantId));
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("no_role"));
    expect(await showApproval(ctx, id)).toEqual(refused("no_role"));
    expect((await approvedState(id))?.state).toBe("open");
  });

  test("holds it still when the row is theirs to write, however long they waited for it", async () => {
    const { ctx, code, grantId } = await holder();
    const id = await kept();
    const said = await shownTo(ctx, id);
    await world.db.update(relyingParty).set({ openToAll: true });
    const approving = await world.db.transaction(async (tx) => {
      await tx.select().from(transactionApproval).where(eq(transactionApproval.id, id)).for("update");
      const approving = approveTransaction(ctx, { ...said, given: { code: code() } });
      await Promise.race([approving, untilSomebodyWaits()]);
      const ended = world.db.update(relyingPartyRoleGrant).set({ endedAt: world.now() });
      await ended.where(eq(relyingPartyRoleGrant.id, grantId));
      return { approving };
    });
    expect(await approving.approving).toEqual(refused("no_role"));
    expect((await approvedState(id))?.state).toBe("open");
  });

  test("has no say in a system that was closed meanwhile", async () => {
    const { ctx, code } = await holder();
    const said = await shownTo(ctx, await kept());
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("no_role"));
  });

  test("is known by two factors, and signed in", async () => {
    const { account, code } = await holder();
    const weak = await world.as(account, ["password"]);
    const said = await shownTo(weak, await kept());
    expect(await approveTransaction(weak, { ...said, given: { code: code() } })).toEqual(refused("too_weak"));
    await world.db.update(session).set({ endedAt: world.now() });
    expect(await refuseTransaction(weak, { ...said, reason: "Sudah log keluar." })).toEqual(refused("signed_out"));
  });
});

describe("a decision", () => {
  test("is written once, of twenty who say both at once", async () => {
    const { ctx, code } = await holder();
    const id = await kept();
    const said = await shownTo(ctx, id);
    const proof = { factor: "totp", at: world.now().toISOString() } as const;
    const { decideApproval } = await import("./decide-approval.ts");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0
          ? decideApproval(ctx, { ...said, decision: "approved", proof })
          : refuseTransaction(ctx, { ...said, reason: "Amaun tidak sama." }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((each) => (each.ok ? [] : [each.error])))).toEqual(new Set(["decided"]));
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("decided"));
    const types = (await world.events()).map(({ type }) => type).filter((type) => type.startsWith("transaction_"));
    expect(types).toHaveLength(3);
  });

  test("is of what was shown: with another digest it is none", async () => {
    const { ctx, code } = await holder();
    const id = await kept();
    const said = await shownTo(ctx, id);
    const other = await shownTo(ctx, await kept({ identifier: "LAIN", amount: "1.00" }));
    const given = { code: code() };
    expect(await approveTransaction(ctx, { ...said, digest: other.digest, given })).toEqual(refused("changed"));
  });

  test("comes in time, to the millisecond", async () => {
    const { ctx, code } = await holder();
    const said = await shownTo(ctx, await kept());
    world.moveClock(minutes(30));
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("expired"));
    world.moveClock(-1 as never);
    expect(await refuseTransaction(ctx, { ...said, reason: "Sempat menolak." })).toEqual({ ok: true, value: null });
  });

  test("takes a code that nothing else took: not the one that signed in, nor one twice", async () => {
    const { ctx, code } = await holder();
    const first = await shownTo(ctx, await kept());
    const second = await shownTo(ctx, await kept({ identifier: "KEDUA" }));
    const given = { code: code() };
    expect(await approveTransaction(ctx, { ...first, given })).toEqual({ ok: true, value: null });
    expect(await approveTransaction(ctx, { ...second, given })).toEqual(refused("mismatch"));
    world.moveClock(seconds(30));
    expect(await approveTransaction(ctx, { ...second, given: { code: code() } })).toEqual({ ok: true, value: null });
  });

  test("cannot be guessed: five wrong codes a step, and then the right one is none", async () => {
    const { ctx, code } = await holder();
    const said = await shownTo(ctx, await kept());
    const wrong = anotherCode(...[-1, 0, 1].map(code));
    for (let n = 0; n < 5; n += 1)
      expect(await approveTransaction(ctx, { ...said, given: { code: wrong } })).toEqual(refused("mismatch"));
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("mismatch"));
    expect((await world.events()).at(-1)?.data).toMatchObject({ factor: "totp", reason: "paused" });
  });
});

describe("a passkey", () => {
  async function withPasskey() {
    const { account } = await holder();
    const ctx = await world.as(account, ["passkey_verified"]);
    const phone = phoneOf(ctx);
    await enrolPasskey(ctx, phone);
    return { ctx, phone };
  }
  const answerOf = async (
    { ctx, phone }: { ctx: SignedIn; phone: ReturnType<typeof phoneOf> },
    said: { approvalId: string; digest: string },
  ) => phone.get(await passkeyRequestOptions(ctx, approvalUse(said.approvalId, said.digest, ctx.actor.sessionId)));

  test("approves the transaction it was asked for, and no other", async () => {
    const somebody = await withPasskey();
    const { ctx } = somebody;
    const first = await shownTo(ctx, await kept());
    const second = await shownTo(ctx, await kept({ identifier: "KEDUA" }));
    const credentialJson = await answerOf(somebody, first);
    expect(await approveTransaction(ctx, { ...second, given: { credentialJson } })).toEqual(refused("mismatch"));
    expect(await approveTransaction(ctx, { ...first, given: { credentialJson } })).toEqual({ ok: true, value: null });
    expect(await approveTransaction(ctx, { ...first, given: { credentialJson } })).toEqual(refused("mismatch"));
  });

  test("asked to step up, or in another session, approves nothing", async () => {
    const somebody = await withPasskey();
    const { ctx, phone } = somebody;
    const said = await shownTo(ctx, await kept());
    const { sessionId } = ctx.actor;
    for (const use of [
      { purpose: "step-up", binding: sessionId } as const,
      approvalUse(said.approvalId, said.digest, "another"),
    ]) {
      const credentialJson = phone.get(await passkeyRequestOptions(ctx, use));
      expect(await approveTransaction(ctx, { ...said, given: { credentialJson } })).toEqual(refused("mismatch"));
    }
  });

  test("of somebody else approves nothing", async () => {
    const [somebody, other] = [await withPasskey(), await withPasskey()];
    const said = await shownTo(somebody.ctx, await kept());
    const credentialJson = await answerOf({ ctx: somebody.ctx, phone: other.phone }, said);
    expect(await approveTransaction(somebody.ctx, { ...said, given: { credentialJson } })).toMatchObject(
      refused("mismatch"),
    );
  });
});

describe("how a word was given", () => {
  const saidOf = (statement: string | null) =>
    JSON.parse(Buffer.from(statement?.split(".")[1] ?? "", "base64url").toString());

  test("is by a passkey where the system takes no less: a code of the app is none there", async () => {
    const { account, code } = await holder();
    const ctx = await world.as(account, ["passkey_verified"]);
    const phone = phoneOf(ctx);
    await enrolPasskey(ctx, phone);
    await world.db.update(relyingParty).set({ minimumLevel: "aal2-phr" });
    const said = await shownTo(ctx, await kept());
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual(refused("too_weak"));
    const options = await passkeyRequestOptions(ctx, approvalUse(said.approvalId, said.digest, ctx.actor.sessionId));
    const given = { credentialJson: phone.get(options) };
    expect(await approveTransaction(ctx, { ...said, given })).toEqual({ ok: true, value: null });
    expect(saidOf(await readStatement(ctx, said.approvalId))).toMatchObject({ acr: "urn:kunci:aal2:phr" });
  });

  test("is told as it was: a passkey of the morning makes a code no stronger", async () => {
    const { account, code } = await holder();
    const ctx = await world.as(account, ["passkey_verified"]);
    const said = await shownTo(ctx, await kept());
    expect(await approveTransaction(ctx, { ...said, given: { code: code() } })).toEqual({ ok: true, value: null });
    expect(saidOf(await readStatement(ctx, said.approvalId))).toMatchObject({ acr: "urn:kunci:aal2" });
  });
});

describe("what somebody was asked to approve", () => {
  test("is theirs to look at, with their own words and the statement; of others it is nobody", async () => {
    const [somebody, other] = [await holder(), await holder()];
    const { ctx, account } = somebody;
    expect(await hasApprovals(ctx, account.id)).toBe(false);
    const [first, second] = [await kept(), await kept({ identifier: "KEDUA" })];
    await kept({ identifier: "TIADA-SIAPA" });
    await shownTo(ctx, second);
    await refuseTransaction(ctx, { ...(await shownTo(ctx, first)), reason: "Amaun tidak sama." });
    const { approvals, isMore } = await listApprovals(ctx, account.id);
    expect(isMore).toBe(false);
    expect(approvals.map(({ id, state, reason, hasStatement }) => ({ id, state, reason, hasStatement }))).toEqual(
      expect.arrayContaining([
        { id: first, state: "refused", reason: "Amaun tidak sama.", hasStatement: true },
        { id: second, state: "open", reason: null, hasStatement: false },
      ]),
    );
    expect(approvals).toHaveLength(2);
    expect((await findApprovalOf(ctx, account.id, first))?.detail).toEqual(DETAIL);
    expect(await findApprovalOf(other.ctx, other.account.id, first)).toBeNull();
    expect(await readStatement(ctx, first)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await readStatement(ctx, second)).toBeNull();
    expect(await readStatement(other.ctx, first)).toBeNull();
    world.moveClock(minutes(30));
    expect((await findApprovalOf(ctx, account.id, second))?.state).toBe("expired");
  });

  test("lies sealed: neither the payee nor the reason is in the row", async () => {
    const { ctx } = await holder();
    await refuseTransaction(ctx, { ...(await shownTo(ctx, await kept())), reason: "Amaun tidak sama." });
    const rows = JSON.stringify(await world.db.select().from(transactionApproval));
    for (const secret of [DETAIL.payee, DETAIL.title, DETAIL.amount, "Amaun"]) expect(rows).not.toContain(secret);
    expect(rows, "the statement, which anybody can read").not.toContain('"eyJ');
    expect(JSON.stringify(await world.events())).not.toContain(DETAIL.payee);
  });
});
