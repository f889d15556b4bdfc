import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { statementKey, transactionApproval } from "#db/schema/approval.ts";
import { openApprovalPart } from "#lib/account/read-approval.ts";
import type { Context } from "#lib/kernel/context.ts";
import { sealOf } from "../content/seal-approval.ts";
import { makeStatement, type Statement } from "./make-statement.ts";

/** Statements signed anew in one transaction: a second or two of work. */
const PIECE = 200;

/**
 * Signs again, with the key of now, what a key signed that was withdrawn since: anybody who has that key could have made such a
 * statement, and only the portal knows that this one is true. What it says stays as it is. Answers how many; safe to repeat.
 */
export async function signStatementsAnew(ctx: Context): Promise<number> {
  let signed = 0;
  for (let some = PIECE; some === PIECE; signed += some) some = await signSome(ctx);
  return signed;
}

async function signSome(ctx: Context): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const withdrawn = tx
      .select({ kid: statementKey.kid })
      .from(statementKey)
      .where(isNotNull(statementKey.withdrawnAt));
    const { id, statementSealed, statementKid } = transactionApproval;
    const rows = await tx
      .select({ id, statementSealed })
      .from(transactionApproval)
      .where(and(inArray(statementKid, withdrawn), isNotNull(statementSealed)))
      .limit(PIECE)
      .for("update", { skipLocked: true });
    for (const row of rows) {
      const claims = claimsOf(openApprovalPart(ctx, "statement", row.id, row.statementSealed ?? ""));
      const { jws, kid } = await makeStatement(tx, ctx, claims);
      const set = { statementSealed: sealOf(ctx, "statement", row.id, jws), statementKid: kid };
      await tx.update(transactionApproval).set(set).where(eq(id, row.id));
    }
    return rows.length;
  });
}

/** It lay sealed: what it says is what the portal wrote. */
const claimsOf = (jws: string): Statement =>
  JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as Statement;
