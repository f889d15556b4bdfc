"use server";
import { redirect } from "next/navigation";
import { switchTwoFactors } from "#lib/authenticators/switch-two-factors.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { changeRefused } from "./change-refused.ts";
import { type SettingsPage, settingsPages } from "./settings-pages.ts";

const isPage = (name: unknown): name is SettingsPage => typeof name === "string" && Object.hasOwn(settingsPages, name);

export async function switchTwoFactorsAction(form: FormData): Promise<void> {
  const page = form.get("page");
  const { path } = settingsPages[isPage(page) ? page : "overview"];
  const { ctx } = await requireSession(path);
  const on = form.get("on") === "yes";
  const switched = await switchTwoFactors(ctx, on);
  if (switched.ok) redirect(`${path}?done=${on ? "two_factors_on" : "two_factors_off"}`);
  switch (switched.error) {
    case "agency_decides":
    case "no_second_factor":
      // The page was opened before that was so: as it is now, it says why and has no button.
      return redirect(path);
    default:
      return changeRefused(switched.error, path);
  }
}
