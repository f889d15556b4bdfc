import { ANSWER_MAX } from "#lib/authenticators/security-questions/check-answer.ts";
import { ANSWERS_NEEDED, type AnswerTried } from "#lib/authenticators/security-questions/verify-answers.ts";
import { field, type TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { answerField } from "./answer-fields.tsx";

/** What was typed below these questions. Refuses `too_few` where not enough of them are answered. */
export function readAnswers(
  form: FormData,
  questions: readonly { id: string }[],
): Result<AnswerTried[], Exclude<TextRefusal, "missing"> | "too_few"> {
  const answers: AnswerTried[] = [];
  for (const { id } of questions) {
    const answer = field(form, answerField(id), { max: ANSWER_MAX });
    if (answer.ok) answers.push({ questionId: id, answer: answer.value });
    else if (answer.error !== "missing") return refuse(answer.error);
  }
  return answers.length < ANSWERS_NEEDED ? refuse("too_few") : ok(answers);
}
