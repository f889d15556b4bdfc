"use server";
import { redirect } from "next/navigation";
import { disownSignIn } from "#lib/recovery/undo/disown-sign-in.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";

/** "Ini bukan saya". The page itself says what became of a link that leads no further. */
export async function disown(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("undo")]);
  const disowned = token ? await disownSignIn(ctx, token) : null;
  if (!disowned?.ok) redirect("/undo");
  await setCookie("reset", disowned.value.resetToken);
  redirect("/recover/password");
}
