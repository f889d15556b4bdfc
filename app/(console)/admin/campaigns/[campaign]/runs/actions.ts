"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { changeRun, isRunChange } from "#lib/campaign/letters/change-run.ts";
import { remind } from "#lib/campaign/letters/remind.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { runsPath, whomOf, whomPath } from "./whom.ts";

export type RemindField = "reason";

const told = { pause: "paused", resume: "resumed", stop: "stopped" } as const;

export async function startReminder(_: FormState<RemindField>, form: FormData): Promise<FormState<RemindField>> {
  const campaignId = typedIn(form, "campaign");
  const whom = whomOf((name) => typedIn(form, name));
  if (!isUuid(campaignId) || !whom) notFound();
  const path = whomPath(campaignId, whom);
  const { ctx } = await requireOfficer(path, "campaign.remind");
  const { language } = ctx.request;
  const values = { reason: typedIn(form, "reason") };
  const reason = parseReason(form);
  if (!reason.ok) return { values, errors: { reason: refusalWords(language)(reason.error) } };
  const { phaseId, held: heldUpBy, officeId } = whom;
  const officeIds = officeId && [officeId];
  const started = await remind(ctx, {
    campaignId,
    phaseId,
    heldUpBy,
    officeIds: officeIds || null,
    reason: reason.value,
  });
  if (started.ok) redirect(`${runsPath(campaignId)}?done=started&count=${started.value.people}`);
  const { error } = started;
  if (isOfWhoAsks(error)) return refusedAt(error, path);
  return { values, errors: { form: messages[language].campaignLetters.wrong[error] } };
}

export async function change(form: FormData): Promise<void> {
  const [campaignId, runId, wanted] = [typedIn(form, "campaign"), typedIn(form, "run"), typedIn(form, "change")];
  if (!isUuid(campaignId) || !isRunChange(wanted)) notFound();
  const path = runsPath(campaignId);
  const { ctx } = await requireOfficer(path, "campaign.remind");
  const changed = await changeRun(ctx, runId, wanted);
  if (changed.ok) redirect(`${path}?done=${told[wanted]}`);
  if (isOfWhoAsks(changed.error)) return refusedAt(changed.error, path);
  redirect(`${path}?done=moved`);
}
