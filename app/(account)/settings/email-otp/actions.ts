"use server";
import { redirect } from "next/navigation";
import { switchEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/email-otp";

async function switchTo(on: boolean): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const switched = await switchEmailCode(ctx, on);
  if (switched.ok) redirect(`${PATH}?done=${on ? "on" : "off"}`);
  switch (switched.error) {
    case "mailbox_unverified":
    case "last_way":
      return redirect(`${PATH}?notice=${switched.error}`);
    default:
      return changeRefused(switched.error, PATH);
  }
}

export async function switchOn(): Promise<void> {
  await switchTo(true);
}

export async function switchOff(): Promise<void> {
  await switchTo(false);
}
