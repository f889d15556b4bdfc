"use server";
import { redirect } from "next/navigation";
import { restoreMailbox } from "#lib/recovery/undo/restore-mailbox.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";

/** "Ini bukan saya, pulihkan emel lama". The page itself says what became of a link that leads no further. */
export async function restore(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("undo")]);
  const restored = token ? await restoreMailbox(ctx, token) : null;
  if (!restored?.ok) redirect("/undo");
  await setCookie("reset", restored.value.resetToken);
  redirect("/recover/password?after=mailbox");
}
