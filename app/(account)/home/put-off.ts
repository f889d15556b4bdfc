"use server";
import { redirect } from "next/navigation";
import { putOffSecondFactor } from "#lib/account/settings/put-off-second-factor.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

export async function putOff(): Promise<void> {
  const { ctx, session } = await requireSession("/home");
  await putOffSecondFactor(ctx, session.accountId);
  redirect("/home?done=putOff");
}
