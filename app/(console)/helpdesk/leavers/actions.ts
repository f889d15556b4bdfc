"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { decideLeaver } from "#lib/staff-register/leavers/decide-leaver.ts";
import { LEAVERS_A_PAGE } from "#lib/staff-register/leavers/list-leavers.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

export type LeaversField = "leaver" | "reason";

const PATH = "/helpdesk/leavers";

/** Decides on everybody who was chosen, each by themselves: one who cannot be decided stops no other. */
export async function decide(_: FormState<LeaversField>, form: FormData): Promise<FormState<LeaversField>> {
  const { ctx } = await requireOfficer(PATH, "leaver.decide");
  const { language } = ctx.request;
  const chosen = [...new Set(form.getAll("leaver").filter(isUuid))].slice(0, LEAVERS_A_PAGE);
  const reason = parseReason(form);
  const values = { leaver: chosen.join(" "), reason: typedIn(form, "reason") };
  if (chosen.length === 0 || !reason.ok)
    return {
      values,
      errors: {
        ...(chosen.length === 0 && { leaver: messages[language].staffRegister.leavers.wrong.none }),
        ...(!reason.ok && { reason: refusalWords(language)(reason.error) }),
      },
    };
  const decision = form.get("decision") === "suspend" ? "suspend" : "keep";
  let done = 0;
  for (const leaverId of chosen) {
    const decided = await decideLeaver(ctx, leaverId, decision, reason.value);
    if (!decided.ok && decided.error === "signed_out") redirect(signInPath(PATH));
    if (decided.ok) done += 1;
  }
  redirect(`${PATH}?done=${done}&left=${chosen.length - done}`);
}
