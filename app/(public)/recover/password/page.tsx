import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NewPasswordForm } from "#app/new-password/form.tsx";
import { checklistWords } from "#app/new-password/words.ts";
import { Countdown } from "#components/form/countdown.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { RESET_LIFETIME } from "#lib/recovery/open-reset.ts";
import { type ResetRefusal, viewReset } from "#lib/recovery/reset-password.ts";
import { readCookie } from "#lib/server/browser-cookies.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/current-context.ts";
import { messages } from "#lib/text/messages.ts";
import { limits } from "#lib/throttle/limits.ts";
import { CallHelpdesk } from "../call-helpdesk.tsx";
import { LinkEnd } from "../link-end.tsx";
import { choose } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.password"))("title") };
}

/** A new password after a mailed link proved the mailbox. The form opens no session: signing in comes next. */
export default async function NewPasswordPage() {
  const [language, t, ctx, token] = await Promise.all([
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
  const { expiresAt, fullName, officialEmail } = reset.value;
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <NewPasswordForm
        action={choose}
        back="/sign-in"
        policy={passwordPolicy}
        // The number is what the person is asked for: the browser learns nothing of it, and the server looks at the
        // rest.
        person={{ fullName, officialEmail, identity: { number: "" } }}
        words={{ ...checklistWords(language, passwordPolicy), ...words }}
        summary={{ one: form.errorOne, many: form.errorMany }}
        lastFour={{ label: words.lastFour, hint: words.lastFourHint }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <Countdown
          secondsLeft={Math.max(0, Math.floor((expiresAt.getTime() - ctx.now().getTime()) / 1_000))}
          seconds={RESET_LIFETIME / 1_000}
          words={{ left: timeLeft, leftOne: timeLeftOne, lastMinute: timeLastMinute, over: timeOver }}
        />
      </NewPasswordForm>
    </SignInPanel>
  );
}

async function ResetEnd({ why }: { why: ResetRefusal }) {
  const [t, undo] = await Promise.all([getTranslations("recover.ends"), readCookie("undo")]);
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { tries: limits.identityTriesPerReset }) };
  const again = undo !== null && (why === "expired" || why === "unknown");
  return (
    <LinkEnd
      words={words}
      done={why === "done"}
      next={again ? { href: "/undo", words: t("again") } : { href: "/sign-in", words: t("signIn") }}
    />
  );
}
