"use server";
import { redirect } from "next/navigation";
import { sealNote } from "#lib/relying-party/logout/how-told.ts";
import { signOutOfEverything, signOutOfSystem } from "#lib/relying-party/logout/sign-out.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { askedSignOut } from "./asked.ts";

const backPath = (request: FormDataEntryValue | null, what: "all" | "one"): string =>
  `/sign-out/back?${new URLSearchParams({ request: String(request), what })}`;

/** "Log keluar daripada semua": then back to the system that asked, or to what became of it. */
export async function signOutOfAll(form: FormData): Promise<void> {
  const request = form.get("request");
  const [ctx, token, asked] = await Promise.all([currentContext(), readCookie("session"), askedSignOut(request)]);
  const ended = token ? await signOutOfEverything(ctx, token) : null;
  await withdrawCookie();
  if (asked?.back) redirect(backPath(request, "all"));
  redirect(ended ? `/sign-out/done?note=${sealNote(ctx, ended)}` : "/sign-out/done");
}

/** "Log keluar daripada … sahaja". */
export async function signOutOfOne(form: FormData): Promise<void> {
  const request = form.get("request");
  const [ctx, token, asked] = await Promise.all([currentContext(), readCookie("session"), askedSignOut(request)]);
  if (!asked?.clientId) redirect("/sign-out");
  if (token) await signOutOfSystem(ctx, token, asked.clientId);
  redirect(
    asked.back ? backPath(request, "one") : `/sign-out/done?${new URLSearchParams({ request: String(request) })}`,
  );
}
