"use server";
import { redirect } from "next/navigation";
import { cancelByLetter } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";

/** "Ya, hentikan". The page itself says what became of it. */
export async function stopRecovery(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("undo")]);
  if (token) await cancelByLetter(ctx, token);
  redirect("/undo");
}
