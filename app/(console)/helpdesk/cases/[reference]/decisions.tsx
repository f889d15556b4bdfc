import { getLocale } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import type { CaseView } from "#lib/helpdesk/cases/find-case.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import type { CaseStep } from "./actions.ts";
import { CaseForm } from "./form.tsx";
import { casePath } from "./paths.ts";

/** What whoever looks can do with an open case, or why they cannot. */
export async function Decisions({ seen }: { seen: CaseView }) {
  const [language, t, typed] = await Promise.all([
    getLocale(),
    getTranslations("cases"),
    typedBefore(casePath(seen.reference)),
  ]);
  const { cases, console: desk, form } = messages[language];
  const { may, wish, requestId, reference } = seen;
  const steps: CaseStep[] = [];
  if (may.decide && wish.kind === "office") steps.push("approve");
  if (may.propose) steps.push("propose");
  if (may.decide) steps.push("refuse");
  if (may.answer) steps.push("answer");
  return (
    <>
      {requestId && (
        <Callout action={<a href={`/helpdesk/requests/${requestId}`}>{t("toRequest")}</a>}>{t("proposed")}</Callout>
      )}
      {seen.outranked && <Callout tone="warn">{t("refused.outranked")}</Callout>}
      {steps.length === 0 && !seen.outranked && !requestId && <Callout>{t(`notYours.${wish.kind}`)}</Callout>}
      {steps.map((step) => (
        <CaseForm
          key={step}
          reference={reference}
          step={step}
          typed={step === "approve" ? typed?.reason : undefined}
          words={{
            ...cases.steps[step],
            submitting: cases.submitting,
            ...(step === "refuse" || step === "answer" ? { answer: cases.answerField } : { reason: desk.reason }),
          }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      ))}
    </>
  );
}
