import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { invitation, invitationRound } from "#db/schema/staff-register.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { mayImport } from "../import/may-import.ts";

export type RoundWanted = { who: "never" | "waiting"; officeId: string | null };
export type RoundRefusal = "signed_out" | "not_found" | "nobody_to_invite" | "round_open" | "moved_meanwhile";

/** Letters of one round do not go to somebody who had one within so many days. */
const NOT_AGAIN_DAYS = 3;

/** Who would be invited: people who may activate by now, and have not; `never`: whom no round has written to. */
const invited = ({ who, officeId }: RoundWanted, now: Date) => sql`
  from account a where a.status = 'pre_registered' and (a.opens_at is null or a.opens_at <= ${now}::timestamptz)
    and (${officeId}::uuid is null or a.office_id = ${officeId}::uuid)
    and not exists (select from undeliverable_mailbox u where u.mailbox = a.official_email and u.is_final)
    and not exists (select from invitation i where i.account_id = a.id and i.is_sent
      and (${who === "never"} or i.dealt_with_at > ${now}::timestamptz - make_interval(days => ${NOT_AGAIN_DAYS})))`;

export async function countInvited(on: Tx | Context["db"], wanted: RoundWanted, now: Date): Promise<number> {
  const { rows } = await on.execute<{ people: number }>(sql`select count(*)::int as people ${invited(wanted, now)}`);
  return rows[0]?.people ?? 0;
}

/** Begins a round: who is invited is settled now. One round is open at a time. */
export async function startRound(ctx: Context, wanted: RoundWanted): Promise<Result<string, RoundRefusal>> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const may = await mayImport(tx, ctx, "register.invite");
      if (!may.ok) return may;
      const total = await countInvited(tx, wanted, ctx.now());
      if (total === 0) return refuse("nobody_to_invite");
      const id = uuidv7(ctx.now(), ctx.random);
      await tx
        .insert(invitationRound)
        .values({ id, state: "running", ...wanted, total, startedBy: may.value, startedAt: ctx.now() });
      await tx.execute(
        sql`insert into invitation (round_id, account_id) select ${id}::uuid, a.id ${invited(wanted, ctx.now())}`,
      );
      await record(tx, ctx, { type: "invitations.started", accountId: null, batchId: id });
      return ok(id);
    });
  } catch (fault) {
    const { code, constraint } = (fault as { cause?: { code?: string; constraint?: string } }).cause ?? {};
    if (code === "23505" && constraint === "invitation_round_one_open") return refuse("round_open");
    throw fault;
  }
}

const changes = {
  pause: { from: ["running"], to: "paused", tells: "invitations.paused" },
  resume: { from: ["paused"], to: "running", tells: "invitations.resumed" },
  stop: { from: ["running", "paused"], to: "stopped", tells: "invitations.stopped" },
} as const;
export type RoundChange = keyof typeof changes;

/** Pauses, resumes or ends the open round. What a minute's share has owed already still goes out. */
export function changeRound(ctx: Context, change: RoundChange): Promise<Result<null, RoundRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayImport(tx, ctx, "register.invite");
    if (!may.ok) return may;
    const { from, to, tells } = changes[change];
    const [moved] = await tx
      .update(invitationRound)
      .set({ state: to, endedAt: to === "stopped" ? ctx.now() : null })
      .where(inArray(invitationRound.state, [...from]))
      .returning({ id: invitationRound.id });
    if (!moved) return refuse("moved_meanwhile");
    await record(tx, ctx, { type: tells, accountId: null, batchId: moved.id });
    return ok(null);
  });
}

export type Round = typeof invitationRound.$inferSelect & { sent: number; dealtWith: number };

/** The round that was begun last, and how far it has come. */
export async function latestRound(ctx: Context): Promise<Round | null> {
  const [round] = await ctx.db.select().from(invitationRound).orderBy(desc(invitationRound.startedAt)).limit(1);
  if (!round) return null;
  const [progress] = await ctx.db
    .select({
      sent: sql<number>`count(*) filter (where ${invitation.isSent})::int`,
      dealtWith: sql<number>`count(${invitation.dealtWithAt})::int`,
    })
    .from(invitation)
    .where(and(eq(invitation.roundId, round.id)));
  return { ...round, sent: progress?.sent ?? 0, dealtWith: progress?.dealtWith ?? 0 };
}
