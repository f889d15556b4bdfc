"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { reportLostToken } from "#lib/campaign/tokens/custody/report-lost-token.ts";
import { NOTE_MAX } from "#lib/campaign/tokens/note-max.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { lostPath, OWN_TOKENS } from "../../paths.ts";

/** Puts the token out of use. What was typed is given back where it cannot be kept as it is. */
export async function reportLost(_: FormState<"note">, form: FormData): Promise<FormState<"note">> {
  const tokenId = form.get("token");
  if (!isUuid(tokenId)) notFound();
  const { ctx } = await requireSession(lostPath(tokenId));
  const { language } = ctx.request;
  const note = paragraphs(form, "note", { max: NOTE_MAX });
  if (!note.ok && note.error !== "missing") {
    const { too_long } = messages[language].hardwareTokens.refused;
    const said =
      note.error === "too_long" ? too_long.replace("{max}", String(NOTE_MAX)) : refusalWords(language)(note.error);
    return { values: { note: typedIn(form, "note") }, errors: { note: said } };
  }
  const reported = await reportLostToken(ctx, tokenId, note.ok ? note.value : undefined);
  if (reported.ok) redirect(`${OWN_TOKENS}?done=lost&of=${tokenId}`);
  if (reported.error === "signed_out") redirect(signInPath(lostPath(tokenId)));
  if (reported.error === "not_found") notFound();
  redirect(`${OWN_TOKENS}?done=changed`);
}
