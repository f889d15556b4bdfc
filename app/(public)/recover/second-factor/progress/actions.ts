"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { ANSWERS_NEEDED } from "#lib/authenticators/security-questions/verify-answers.ts";
import { cancelByLink } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { startRecovery } from "#lib/recovery/lost-factor/start-recovery.ts";
import { viewRecovery } from "#lib/recovery/lost-factor/view-recovery.ts";
import { answerWith } from "#lib/server/answer.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { tooManyTries } from "../../../too-many-tries.ts";
import { readAnswers } from "../../read-answers.ts";

const PATH = "/recover/second-factor/progress";

/** How soon to come back when too many hashes wait, in seconds. */
const BUSY_RETRY = 5;

/** Answers are never given back to the page. */
export async function answerQuestions(_: FormState<"answers">, form: FormData): Promise<FormState<"answers">> {
  const [ctx, t, token] = await Promise.all([
    browserContext(),
    getTranslations("lostFactor.answers"),
    readCookie("recovery"),
  ]);
  const shown = token ? await viewRecovery(ctx, token) : null;
  // The page itself says what became of it.
  if (!token || !shown?.ok || shown.value.step !== "answers") redirect(PATH);
  const refused = (message: string): FormState<"answers"> => ({ values: {}, errors: { answers: message } });
  const answers = readAnswers(form, shown.value.questions);
  if (!answers.ok)
    return refused(
      answers.error === "too_few"
        ? t("tooFew", { needed: ANSWERS_NEEDED })
        : refusalWords(ctx.request.language)(answers.error),
    );
  const started = await startRecovery(ctx, token, answers.value);
  if (started.ok) redirect(PATH);
  switch (started.error) {
    case "answers_mismatch":
      return refused(t("mismatch", { tries: limits.answerTries.points }));
    case "tries_used":
      return refused(t("triesUsed", { tries: limits.answerTries.points }));
    case "too_many":
      return refused(await tooManyTries(started.retryAfterSeconds));
    case "busy":
      answerWith(503, { "retry-after": String(BUSY_RETRY) });
      return refused(t("busy"));
    case "unusable":
      return redirect(PATH);
  }
}

/** Stops the wait that is shown here. The page itself says what became of it. */
export async function stopHere(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("recovery")]);
  if (token) await cancelByLink(ctx, token);
  redirect(PATH);
}
