import { and, eq } from "drizzle-orm";
import { passkey } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { readName } from "./name-passkey.ts";

/**
 * Gives a passkey of the owner's another name, of 1 to 60 characters. `not_found`: the account has no such passkey (any
 * more).
 */
export async function renamePasskey(
  ctx: Context,
  passkeyId: string,
  name: string,
): Promise<Result<null, ChangeRefusal | TextRefusal | "not_found">> {
  const read = readName(name);
  if (!read.ok) return read;
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "passkey.rename");
    if (!may.ok) return may;
    const { accountId } = may.value;
    if (!isUuid(passkeyId)) return refuse("not_found");
    const [renamed] = await tx
      .update(passkey)
      .set({ name: read.value })
      .where(and(eq(passkey.id, passkeyId), eq(passkey.accountId, accountId)))
      .returning({ id: passkey.id });
    if (!renamed) return refuse("not_found");
    await record(tx, ctx, { type: "passkey.renamed", accountId, passkeyId });
    return ok(null);
  });
}
