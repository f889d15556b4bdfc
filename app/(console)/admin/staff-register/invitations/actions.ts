"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { changeRound, type RoundChange, startRound } from "#lib/staff-register/invitations/run-round.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import { REGISTER } from "../paths.ts";

export type RoundField = "who" | "office";

const PATH = `${REGISTER}/invitations`;
const told: Readonly<Record<RoundChange, string>> = { pause: "paused", resume: "resumed", stop: "stopped" };
const isChange = (value: unknown): value is RoundChange => typeof value === "string" && Object.hasOwn(told, value);

export async function start(_: FormState<RoundField>, form: FormData): Promise<FormState<RoundField>> {
  const { ctx } = await requireOfficer(PATH, "register.invite");
  const office = form.get("office");
  const who = form.get("who") === "waiting" ? "waiting" : "never";
  const officeId = isUuid(office) ? office : null;
  const started = await startRound(ctx, { who, officeId });
  if (started.ok) redirect(`${PATH}?done=started`);
  const { error } = started;
  if (isOfWhoAsks(error)) return refusedAt(error, PATH);
  const { wrong } = messages[ctx.request.language].invitations;
  return { values: { who, office: officeId ?? "" }, errors: { form: wrong[error] } };
}

export async function change(form: FormData): Promise<void> {
  const { ctx } = await requireOfficer(PATH, "register.invite");
  const wanted = form.get("change");
  if (!isChange(wanted)) notFound();
  const changed = await changeRound(ctx, wanted);
  if (changed.ok) redirect(`${PATH}?done=${told[wanted]}`);
  if (isOfWhoAsks(changed.error)) return refusedAt(changed.error, PATH);
  // It has ended, or somebody else was faster: the page shows how it stands.
  redirect(PATH);
}
