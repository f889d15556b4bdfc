import { getLocale, getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { viewWaitToStop } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { CallHelpdesk } from "../../recover/call-helpdesk.tsx";
import { LinkEnd } from "../../recover/link-end.tsx";
import { stopRecovery } from "./actions.ts";

const endWords = { unknown: "unknown", stopped: "done", completed: "completed" } as const;

/** What the letter on a wait leads to: stops it, whoever began it. */
export async function StopRecovery({ token }: { token: string }) {
  const [language, t, ctx] = await Promise.all([getLocale(), getTranslations("lostFactor.stop"), currentContext()]);
  const wait = await viewWaitToStop(ctx, token);
  if (!wait.ok) {
    const words = endWords[wait.error];
    return (
      <LinkEnd
        words={{ heading: t(`${words}.heading`), text: t(`${words}.text`) }}
        done={wait.error === "stopped"}
        next={{ href: "/sign-in", words: t("signIn") }}
      />
    );
  }
  const { startedAt, readyAt, from } = wait.value;
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead")}</p>
      <section className="person" aria-labelledby="which">
        <h2 className="h4" id="which">
          {t("which")}
        </h2>
        <dl className="facts">
          <div>
            <dt>{t("when")}</dt>
            <dd>{formatDate(startedAt, language)}</dd>
          </div>
          <div>
            <dt>{t("device")}</dt>
            <dd>{deviceIn(language, from)}</dd>
          </div>
          <div>
            <dt>{t("ready")}</dt>
            <dd>{formatDate(readyAt, language)}</dd>
          </div>
        </dl>
      </section>
      <form action={stopRecovery} className="actions">
        <Submit variant="danger" busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
      <hr className="divide" />
      <p className="muted">{t("mine")}</p>
    </SignInPanel>
  );
}
