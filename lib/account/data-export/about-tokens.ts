import { asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { hardwareToken, hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unsealNote } from "../token-note.ts";

/**
 * The hardware tokens somebody holds or held, with their custody. What an officer noted is the agency's own record; what
 * the person wrote is theirs.
 */
export async function aboutTokens(tx: Tx, ctx: Pick<Context, "keys">, accountId: string) {
  const tokens = await tx
    .select()
    .from(hardwareToken)
    .where(eq(hardwareToken.holderId, accountId))
    .orderBy(asc(hardwareToken.serial));
  const custody = await tx
    .select({ line: hardwareTokenEvent })
    .from(hardwareTokenEvent)
    .innerJoin(hardwareToken, eq(hardwareToken.id, hardwareTokenEvent.tokenId))
    .where(eq(hardwareToken.holderId, accountId))
    .orderBy(asc(hardwareTokenEvent.id));
  return tokens.map(({ id, serial, medium, issuedOn, state, stateSince }) => ({
    ...{ serial, medium, issuedOn, state, stateSince },
    custody: custody
      .filter(({ line }) => line.tokenId === id)
      .map(({ line: { at, move, state: became, byId, noteSealed, receipt } }) => ({
        ...{ at, move, state: became, receipt },
        note: byId === accountId && noteSealed ? unsealNote(ctx, noteSealed, id) : null,
      })),
  }));
}
