import { randomUUID } from "node:crypto";
import { hardwareToken, hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import type { Context } from "#lib/kernel/context.ts";

type TokenWanted = Partial<typeof hardwareToken.$inferInsert> & { holderId: string };

/** A hardware token in somebody's hands, issued a year ago where nothing else is said. */
export async function addToken(ctx: Pick<Context, "db" | "now">, wanted: TokenWanted) {
  const id = wanted.id ?? randomUUID();
  const [token] = await ctx.db
    .insert(hardwareToken)
    .values({
      serial: `UJI-${id.slice(0, 8).toUpperCase()}`,
      medium: "usb_token",
      issuedOn: "2025-11-20",
      state: "issued",
      stateSince: ctx.now(),
      createdAt: ctx.now(),
      ...wanted,
      id,
    })
    .returning();
  if (!token) throw new Error("The token was not added");
  const { holderId, state } = token;
  await ctx.db
    .insert(hardwareTokenEvent)
    .values({ tokenId: id, at: ctx.now(), move: "issue", state, holderId, byId: null });
  return token;
}
