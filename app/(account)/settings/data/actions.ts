"use server";
import { redirect } from "next/navigation";
import { requestExport } from "#lib/account/data-export/request-export.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/data";

export async function makeCopy(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const requested = await requestExport(ctx);
  if (requested.ok) redirect(`${PATH}?done=made`);
  if (requested.error === "too_many") redirect(`${PATH}?notice=tooMany`);
  return changeRefused(requested.error, PATH);
}
