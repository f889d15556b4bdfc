import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import type { CaseKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { holdOwner } from "./profile/hold-owner.ts";

/**
 * What a case is about. `eventId`: of the trail. `wanted`: what it shall be (a name; an identity as JSON). `reason`: in
 * the person's own words.
 */
export type CaseWanted = {
  accountId: string;
  kind: CaseKind;
  eventId?: number;
  officeId?: string;
  wanted?: string;
  reason?: string;
};

/** Crockford's base 32: nothing in it is misheard on the telephone or misread. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 8;

/** `K-7F3Q-29MD`: what is read out on the telephone. 40 random bits; the database refuses a second one. */
function newReference(random: Context["random"]): string {
  const characters = [...random(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `K-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

const REFERENCE = /^K-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;

/** Whether a value from outside could be a case's reference. */
export const isReference = (value: string | null): value is string => value !== null && REFERENCE.test(value);

/** What the sealed parts of a case are bound to, beside its id. */
export const CASE_PURPOSES = {
  wanted: "helpdesk_case.wanted",
  reason: "helpdesk_case.reason",
  answer: "helpdesk_case.answer",
  former: "helpdesk_case.former",
} as const;

/** Files a case for the helpdesk, in the transaction of what it belongs to; answers its id and reference. */
export async function openCase(
  tx: Tx,
  ctx: Context,
  { wanted, reason, ...of }: CaseWanted,
): Promise<{ id: string; reference: string }> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const reference = newReference(ctx.random);
  const sealed = (plain: string | undefined, purpose: string) =>
    plain === undefined ? null : seal(ctx.keys.sealing, ctx.random, plain, purpose, id);
  await tx.insert(helpdeskCase).values({
    ...of,
    id,
    reference,
    wantedSealed: sealed(wanted, CASE_PURPOSES.wanted),
    reasonSealed: sealed(reason, CASE_PURPOSES.reason),
    state: "open",
    openedAt: now,
  });
  await record(tx, ctx, { type: "case.opened", accountId: of.accountId, caseId: id, kind: of.kind });
  return { id, reference };
}

/** What the person wrote into a case; null where nothing. */
export const readCase = (
  ctx: Pick<Context, "keys">,
  { id, wantedSealed, reasonSealed }: Pick<typeof helpdeskCase.$inferSelect, "id" | "wantedSealed" | "reasonSealed">,
): { wanted: string | null; reason: string | null } => ({
  wanted: wantedSealed && unseal(ctx.keys.sealing, wantedSealed, CASE_PURPOSES.wanted, id),
  reason: reasonSealed && unseal(ctx.keys.sealing, reasonSealed, CASE_PURPOSES.reason, id),
});

/**
 * What is kept of how a case ended. `answer`: what its owner reads of it. `former`: what was so before it was approved.
 */
export type CaseEnding = { answer?: string; former?: string };

export const sealEnding = (
  ctx: Pick<Context, "keys" | "random">,
  caseId: string,
  { answer, former }: CaseEnding,
): { answerSealed?: string; formerSealed?: string } => ({
  ...(answer !== undefined && {
    answerSealed: seal(ctx.keys.sealing, ctx.random, answer, CASE_PURPOSES.answer, caseId),
  }),
  ...(former !== undefined && {
    formerSealed: seal(ctx.keys.sealing, ctx.random, former, CASE_PURPOSES.former, caseId),
  }),
});

export const readEnding = (
  ctx: Pick<Context, "keys">,
  { id, answerSealed, formerSealed }: Pick<typeof helpdeskCase.$inferSelect, "id" | "answerSealed" | "formerSealed">,
): { answer: string | null; former: string | null } => ({
  answer: answerSealed && unseal(ctx.keys.sealing, answerSealed, CASE_PURPOSES.answer, id),
  former: formerSealed && unseal(ctx.keys.sealing, formerSealed, CASE_PURPOSES.former, id),
});

/**
 * The signed-in person takes back what they asked for, as long as nobody has decided. Refuses `not_open`, also for a
 * case of somebody else, without a session, and for a report: what was reported is looked at.
 */
export async function withdrawCase(ctx: Context, caseId: string): Promise<Result<null, "not_open">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("not_open");
    const its = and(eq(helpdeskCase.id, caseId), eq(helpdeskCase.accountId, owner.id), eq(helpdeskCase.state, "open"));
    const [found] = await tx.select({ kind: helpdeskCase.kind }).from(helpdeskCase).where(its);
    if (!found || found.kind === "report") return refuse("not_open");
    await tx.update(helpdeskCase).set({ state: "withdrawn", endedAt: ctx.now() }).where(its);
    await record(tx, ctx, { type: "case.withdrawn", accountId: owner.id, caseId, kind: found.kind });
    return ok(null);
  });
}
