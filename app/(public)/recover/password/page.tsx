import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { checklistWords } from "#app/new-password/words.ts";
import { Countdown } from "#components/form/countdown.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { ANSWERS_NEEDED } from "#lib/authenticators/security-questions/verify-answers.ts";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";
import { viewReset } from "#lib/recovery/forgotten-password/view-reset.ts";
import { config } from "#lib/server/config.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../../identity-form.ts";
import { CallHelpdesk } from "../call-helpdesk.tsx";
import { ResetForm } from "./form.tsx";
import { ResetEnd } from "./reset-end.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.password"))("title") };
}

/** A new password after a mailed link proved the mailbox. The form opens no session: signing in comes next. */
export default async function NewPasswordPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ after }, language, t, ctx, token] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations("recover.password"),
    currentContext(),
    readCookie("reset"),
  ]);
  const reset = token ? await viewReset(ctx, token) : null;
  if (!reset?.ok) return <ResetEnd why={reset?.error ?? "unknown"} />;
  const { recover, form } = messages[language];
  const { timeLeft, timeLeftOne, timeLastMinute, timeOver, ...words } = recover.password;
  const { passwordPolicy } = config();
  const { expiresAt, fullName, officialEmail, identityType, questions } = reset.value;
  const { kind, words: identityWords, countries } = identityForm(language, identityType);
  return (
    <SignInPanel wide under={<CallHelpdesk guide="forgot-password" />}>
      <ResetForm
        policy={passwordPolicy}
        // The number is what the person is asked for: the browser learns nothing of it, and the server looks at the
        // rest.
        person={{ fullName, officialEmail, identity: { number: "" } }}
        words={{ ...checklistWords(language, passwordPolicy), ...words }}
        summary={{ one: form.errorOne, many: form.errorMany }}
        identity={{ kind, words: identityWords, countries }}
        answers={
          questions.length > 0
            ? {
                questions: questions.map(({ id, textMs, textEn }) => ({
                  id,
                  text: language === "ms" ? textMs : textEn,
                })),
                words: { legend: words.answers, hint: t("answersHint", { needed: ANSWERS_NEEDED }) },
              }
            : null
        }
      >
        <h1>{t("heading")}</h1>
        {after === "mailbox" && (
          <div role="status" className="mb-6">
            <Callout tone="ok">{t("restored")}</Callout>
          </div>
        )}
        <p className="lead">{t.rich("lead", { email: () => <MailAddress address={officialEmail} /> })}</p>
        {questions.length > 0 && (
          <Callout tone="info" icon="lock">
            {t("locked")}
          </Callout>
        )}
        <Countdown
          secondsLeft={Math.max(0, Math.floor((expiresAt.getTime() - ctx.now().getTime()) / 1_000))}
          seconds={RESET_LIFETIME / 1_000}
          words={{ left: timeLeft, leftOne: timeLeftOne, lastMinute: timeLastMinute, over: timeOver }}
        />
      </ResetForm>
    </SignInPanel>
  );
}
