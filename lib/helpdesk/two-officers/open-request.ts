import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import type { OfficerRequestKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { Reached } from "../reach-account.ts";
import { type Reason, sealReason } from "../reason.ts";
import { expireRequest } from "./expire-requests.ts";
import { REQUEST_LIFETIME, stateAt } from "./request-state.ts";

/**
 * What a second officer shall decide on. `caseId`: of the correction its owner asked for (name, identity). `grantId`: of
 * the role that waits (role).
 */
export type RequestWanted = {
  kind: OfficerRequestKind;
  reason: Reason;
  caseId?: string;
  grantId?: string;
};

/**
 * Asks for what takes two officers, for an account that its officer has reached in this transaction. It waits for four
 * hours; of one kind one waits on an account at a time (`already_open`), of roles one for each grant.
 */
export async function openRequest(
  tx: Tx,
  ctx: Context,
  { officer, account }: Reached,
  { kind, reason, caseId, grantId }: RequestWanted,
): Promise<Result<{ requestId: string }, "already_open">> {
  const now = ctx.now();
  const accountId = account.id;
  const its = and(eq(officerRequest.accountId, accountId), eq(officerRequest.kind, kind));
  const waiting = await tx
    .select()
    .from(officerRequest)
    .where(and(its, eq(officerRequest.state, "open")));
  for (const other of waiting.filter((one) => one.grantId === (grantId ?? null))) {
    if (stateAt(other, now) === "open") return refuse("already_open");
    await expireRequest(tx, ctx, other);
  }
  const id = uuidv7(now, ctx.random);
  await tx.insert(officerRequest).values({
    id,
    accountId,
    kind,
    requestedBy: officer.accountId,
    reasonSealed: sealReason(ctx, reason, id),
    requestedAt: now,
    expiresAt: after(now, REQUEST_LIFETIME),
    state: "open",
    caseId: caseId ?? null,
    grantId: grantId ?? null,
  });
  await record(tx, ctx, { type: "officer_request.opened", accountId, requestId: id, kind });
  return ok({ requestId: id });
}
