import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { transactionApproval } from "#db/schema/approval.ts";
import { holdOwner, type Owner } from "#lib/account/profile/hold-owner.ts";
import { assuranceOf, type Proof, reaches, resistsPhishing } from "#lib/assurance/assurance.ts";
import { requiredLevel } from "#lib/assurance/policy.ts";
import { standingOf as sessionStanding } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { APPROVES_AT } from "../../provider/session/standing.ts";
import { openedContent, sealOf } from "../content/seal-approval.ts";
import { type FoundApproval, holdApproval } from "../find-approval.ts";
import { knownBy } from "../statement/known-by.ts";
import { makeStatement, type Statement } from "../statement/make-statement.ts";
import { findPartOf, type PartOfSystem } from "./find-part-of.ts";
import { type NotTheirs, standingTowards } from "./standing-towards.ts";

/**
 * changed: not what this page showed. decided: it was, meanwhile. too_weak: the session has not proven enough, or the word was
 * given by less than the system takes; the page leads to what is missing.
 */
export type DecideRefusal = NotTheirs | "signed_out" | "gone" | "changed" | "decided" | "too_weak";

/** What somebody says to what they were shown; `digest` is of that. */
export type Decision = { approvalId: string; digest: string; tellsName: boolean } & (
  | { decision: "approved"; proof: Proof }
  | { decision: "refused"; reason: string }
);

type Deciding = { found: FoundApproval; owner: Owner; system: PartOfSystem; proofs: readonly Proof[] };

/**
 * Decides what a system asked for, and signs it: with what is shown, by whom, in which role, when, and how they were known. Of
 * any number at once one is written. What was shown, the role, the time and the session's level are looked at here again.
 */
export async function decideApproval(ctx: Context, said: Decision): Promise<Result<null, DecideRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const deciding = await mayDecide(tx, ctx, said);
    if (!deciding.ok) return deciding;
    const { found, owner } = deciding.value;
    const { jws, kid } = await makeStatement(tx, ctx, statementOf(ctx, said, deciding.value));
    const { id } = found;
    const set = {
      state: said.decision,
      decidedAt: ctx.now(),
      statementSealed: sealOf(ctx, "statement", id, jws),
      statementKid: kid,
      ...(said.decision === "refused" && { reasonSealed: sealOf(ctx, "reason", id, said.reason) }),
    };
    const open = and(eq(transactionApproval.id, id), eq(transactionApproval.state, "open"));
    const written = await tx.update(transactionApproval).set(set).where(open).returning({ id: transactionApproval.id });
    if (written.length === 0) return refuse("decided");
    await record(tx, ctx, {
      type: said.decision === "approved" ? "transaction_approval.approved" : "transaction_approval.declined",
      accountId: owner.id,
      approvalId: id,
      relyingPartyId: found.relyingPartyId,
      system: found.system,
    });
    return ok(null);
  });
}

async function mayDecide(tx: Tx, ctx: Context, said: Decision): Promise<Result<Deciding, DecideRefusal>> {
  const { actor } = ctx;
  const owner = await holdOwner(tx, ctx);
  if (!owner || actor.kind !== "account") return refuse("signed_out");
  const found = await holdApproval(tx, ctx, said.approvalId, owner.id);
  if (!found) return refuse("gone");
  const { sessionId } = actor;
  const towards = standingTowards(found, { accountId: owner.id, sessionId, now: ctx.now() });
  if (towards.is === "not_theirs") return refuse(towards.why);
  if (towards.is !== "ask") return refuse("decided");
  // Whoever decides has been shown it, in this session; and what the form was made of is what is signed.
  if (found.accountId !== owner.id || found.sessionId !== sessionId) return refuse("other_session");
  if (found.digest !== said.digest) return refuse("changed");
  const system = await findPartOf(tx, ctx, found, owner.id);
  if (!system?.mayOpen || !system.holdsRole) return refuse("no_role");
  const session = await sessionStanding(tx, ctx);
  if (!session || session.ticketId !== null) return refuse("signed_out");
  const needs = requiredLevel({ portal: APPROVES_AT, relyingParty: system.minimumLevel });
  if (!reaches(assuranceOf(session.proofs), needs)) return refuse("too_weak");
  // A system that takes nobody who could be phished takes no word that could: else a code would be enough for whoever took a session.
  if (needs === "aal2-phr" && said.decision === "approved" && !resistsPhishing(said.proof)) return refuse("too_weak");
  const proofs = said.decision === "approved" ? [...session.proofs, said.proof] : session.proofs;
  return ok({ found, owner, system, proofs });
}

function statementOf(ctx: Context, said: Decision, { found, owner, system, proofs }: Deciding): Statement {
  return {
    iss: `${ctx.origin}/oidc`,
    aud: found.clientId,
    ...knownBy(owner, system, proofs, { level: APPROVES_AT, word: said.decision === "approved" ? said.proof : null }),
    jti: found.id,
    iat: Math.floor(ctx.now().getTime() / 1_000),
    decision: said.decision,
    digest: { alg: "sha-256", value: found.digest },
    content: openedContent(ctx, found.id, found.contentSealed),
    role: found.role,
    ...(said.tellsName && { name: owner.fullName }),
    ...(said.decision === "refused" && { reason: said.reason }),
  };
}
