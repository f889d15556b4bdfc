"use server";
import { redirect } from "next/navigation";
import { stopReset } from "#lib/helpdesk/factor-reset/stop-reset.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";

/** "Ya, hentikan". The page itself says what became of it. */
export async function stopOfficers(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("undo")]);
  if (token) await stopReset(ctx, token);
  redirect("/undo");
}
