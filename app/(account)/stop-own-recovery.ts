"use server";
import { redirect } from "next/navigation";
import { cancelOwnRecovery } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/** Stops the replacement of the second factor. It does not run any more either way. */
export async function stopOwnRecovery(): Promise<void> {
  const { ctx } = await requireSession("/settings");
  await cancelOwnRecovery(ctx);
  redirect("/settings?done=recoveryStopped");
}
