import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Question } from "#lib/authenticators/security-questions/choose-questions.ts";
import { ANSWERS_NEEDED } from "#lib/authenticators/security-questions/verify-answers.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CallHelpdesk } from "../../call-helpdesk.tsx";
import { AnswersForm } from "./form.tsx";

/** The three questions of the account, and what follows. */
export async function Questions({ questions }: { questions: readonly Question[] }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("lostFactor.answers")]);
  const { form } = messages[language];
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <AnswersForm
        fields={{
          questions: questions.map(({ id, textMs, textEn }) => ({ id, text: language === "ms" ? textMs : textEn })),
          words: { legend: t("legend"), hint: t("hint", { needed: ANSWERS_NEEDED }) },
        }}
        words={{ submit: t("submit"), submitting: t("submitting") }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
      </AnswersForm>
      <hr className="divide" />
      <h2 className="h4">{t("then")}</h2>
      <ul className="ready mt-3">
        <li>
          <Icon name="clock" />
          <span>{t("thenWait")}</span>
        </li>
        <li>
          <Icon name="fingerprint" />
          <span>{t("thenEnrol")}</span>
        </li>
      </ul>
      <p className="mt-6">
        <a href="/recover/second-factor?ask=helpdesk">{t("forgot")}</a>
      </p>
    </SignInPanel>
  );
}
