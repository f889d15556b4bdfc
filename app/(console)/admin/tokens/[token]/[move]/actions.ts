"use server";
import { notFound, redirect } from "next/navigation";
import { changeRefused } from "#app/(account)/settings/change-refused.ts";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { type HandleRefusal, handleToken, takeBack } from "#lib/campaign/tokens/custody/handle-token.ts";
import { isTokenState } from "#lib/campaign/tokens/custody/token-machine.ts";
import { NOTE_MAX } from "#lib/campaign/tokens/note-max.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { movePath, tokenPath } from "../../paths.ts";
import { tokenDeedOf, tokenDeeds } from "../moves.ts";
import type { MoveField } from "./form.tsx";

type State = FormState<MoveField>;

/** Does what the page is about; which token, which deed, and the state it was seen in stand in the form. */
export async function moveIt(_: State, form: FormData): Promise<State> {
  const [tokenId, deed, seen] = [form.get("token"), tokenDeedOf(form.get("move")), form.get("seen")];
  if (!isUuid(tokenId) || !deed || !isTokenState(seen)) notFound();
  const path = movePath(tokenId, deed);
  const { ctx } = await requireOfficer(path, "token.handle");
  const { language } = ctx.request;
  const { refused } = messages[language].hardwareTokens;
  const values = { reason: typedIn(form, "reason"), note: typedIn(form, "note") };
  const wrong = (field: keyof State["errors"], words: string): State => ({ values, errors: { [field]: words } });
  const answer = (error: HandleRefusal): Promise<State> | State => {
    if (error === "signed_out") return changeRefused(error, path);
    return error === "not_found" ? notFound() : wrong("form", refused[error]);
  };
  if (deed === "return") {
    const note = paragraphs(form, "note", { max: NOTE_MAX });
    if (!note.ok && note.error === "too_long")
      return wrong("note", refused.too_long.replace("{max}", String(NOTE_MAX)));
    if (!note.ok && note.error !== "missing") return wrong("note", refusalWords(language)(note.error));
    const back = await takeBack(ctx, { tokenId, seen, note: note.ok ? note.value : undefined });
    return back.ok ? redirect(`${tokenPath(tokenId)}?done=returned`) : answer(back.error);
  }
  const reason = parseReason(form);
  if (!reason.ok) return wrong("reason", refusalWords(language)(reason.error));
  const done = await handleToken(ctx, { tokenId, seen, move: tokenDeeds[deed], reason: reason.value });
  if (!done.ok) return answer(done.error);
  redirect(`${tokenPath(tokenId)}?done=${deed === "misuse" ? "misused" : deed === "revoke" ? "revoked" : "lost"}`);
}
