"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { decideMove } from "#lib/campaign/requests/decide-move.ts";
import { TOGETHER } from "#lib/campaign/requests/request-state.ts";
import { withdrawMove } from "#lib/campaign/requests/withdraw-move.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { refusedAt } from "../../../../../refused.ts";
import { decidePath } from "../paths.ts";

export type DecideField = "r" | "reason";

/** Decides on every request that is ticked, each by itself: one that cannot be decided stops no other. */
export async function decide(_: FormState<DecideField>, form: FormData): Promise<FormState<DecideField>> {
  const campaignId = typedIn(form, "campaign");
  if (!isUuid(campaignId)) notFound();
  const all = idsIn(form, "shown");
  const ticked = idsIn(form, "r");
  const path = decidePath(campaignId, all);
  const { ctx } = await requireOfficer(path, "move.request");
  const words = refusalWords(ctx.request.language);
  const decision = typedIn(form, "decision");
  const values = { r: ticked.join(" "), reason: typedIn(form, "reason") };
  const reason = parseReason(form);
  const errors = {
    ...(ticked.length === 0 && { r: words("move_nobody") }),
    ...(decision === "refuse" && !reason.ok && { reason: words(reason.error) }),
  };
  if (Object.keys(errors).length > 0) return { values, errors };
  let done = 0;
  const changed: string[] = [];
  for (const id of ticked) {
    const seen = typedIn(form, `seen-${id}`);
    const decided =
      decision === "withdraw"
        ? await withdrawMove(ctx, id)
        : await decideMove(
            ctx,
            id,
            decision === "refuse" && reason.ok
              ? { confirm: false, reason: reason.value, seen }
              : { confirm: true, seen },
          );
    if (!decided.ok && (decided.error === "signed_out" || decided.error === "step_up"))
      return refusedAt(decided.error, path, values);
    if (decided.ok) done += 1;
    else if (decided.error === "changed_meanwhile") changed.push(id);
  }
  await forgetTyped();
  const marks = changed.map((id) => `&c=${id}`).join("");
  redirect(`${path}&done=${done}&left=${ticked.length - done}${marks}`);
}

const idsIn = (form: FormData, name: string): string[] =>
  [...new Set(form.getAll(name).filter(isUuid))].slice(0, TOGETHER);
