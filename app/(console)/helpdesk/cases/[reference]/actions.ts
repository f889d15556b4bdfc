"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { answerReport } from "#lib/helpdesk/cases/answer-report.ts";
import { approveTransfer } from "#lib/helpdesk/cases/approve-transfer.ts";
import { proposeCorrection } from "#lib/helpdesk/cases/propose-correction.ts";
import { refuseCorrection } from "#lib/helpdesk/cases/refuse-correction.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import type { CaseField } from "./form.tsx";
import { casePath } from "./paths.ts";

/** What may be done with a case. The first two are reasons for the record; the others are read by its owner. */
const steps = {
  approve: { right: "correction.decide", do: approveTransfer, field: "reason" },
  propose: { right: "correction.request", do: proposeCorrection, field: "reason" },
  refuse: { right: "correction.decide", do: refuseCorrection, field: "answer" },
  answer: { right: "case.answer", do: answerReport, field: "answer" },
} as const;
export type CaseStep = keyof typeof steps;
const isStep = (name: unknown): name is CaseStep => typeof name === "string" && Object.hasOwn(steps, name);

export async function decideCase(_: FormState<CaseField>, form: FormData): Promise<FormState<CaseField>> {
  const [reference, name] = [String(form.get("reference")), form.get("step")];
  if (!isStep(name)) notFound();
  const step = steps[name];
  const { ctx } = await requireOfficer(casePath(reference), step.right);
  const words = parseReason(form, step.field);
  const values = { [step.field]: typedIn(form, step.field) };
  if (!words.ok) return { values, errors: { [step.field]: refusalWords(ctx.request.language)(words.error) } };
  const done = await step.do(ctx, reference, words.value);
  if (done.ok) {
    await forgetTyped();
    redirect(`${casePath(reference)}?done=${name}`);
  }
  if (isOfWhoAsks(done.error)) return refusedAt(done.error, casePath(reference), values);
  return { values, errors: { form: messages[ctx.request.language].cases.refused[done.error] } };
}
