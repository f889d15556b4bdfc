"use server";
import { redirect } from "next/navigation";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import { requireSession } from "#lib/server/current-session.ts";
import { stepUp } from "#lib/server/step-up.ts";

const PATH = "/settings/email-otp";

async function switchTo(on: boolean): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const switched = await switchEmailCode(ctx, on);
  if (switched.ok) redirect(`${PATH}?done=${on ? "on" : "off"}`);
  if (switched.error === "step_up") return stepUp(PATH);
  redirect(
    switched.error === "signed_out"
      ? `/sign-in?returnTo=${encodeURIComponent(PATH)}`
      : `${PATH}?notice=${switched.error}`,
  );
}

export async function switchOn(): Promise<void> {
  await switchTo(true);
}

export async function switchOff(): Promise<void> {
  await switchTo(false);
}
