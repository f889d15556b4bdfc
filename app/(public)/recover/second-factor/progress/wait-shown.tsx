import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { days, hours } from "#lib/kernel/time.ts";
import { ENROLMENT_TICKET_LIFETIME } from "#lib/mail/letters.ts";
import type { Wait } from "#lib/recovery/lost-factor/view-recovery.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../../call-helpdesk.tsx";
import { stopHere } from "./actions.ts";

/** How far the wait has come, until when it lasts, what happens then, and how to stop it. */
export async function WaitShown({ wait: { startedAt, readyAt, from, ready } }: { wait: Wait }) {
  const [language, t, ctx] = await Promise.all([getLocale(), getTranslations("lostFactor.progress"), currentContext()]);
  const whole = readyAt.getTime() - startedAt.getTime();
  const left = Math.max(0, readyAt.getTime() - ctx.now().getTime());
  const inHours = { hours: Math.floor(left / hours(1)) };
  const at = formatDate(readyAt, language);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <div className="heading-chip">
        <Chip tone={ready ? "ok" : "gold"} icon={ready ? "mail" : "clock"} />
        <h1>{t(ready ? "headingReady" : "heading")}</h1>
      </div>
      <p className="lead">{ready ? t("leadReady") : t.rich("lead", { at, s: (words) => <strong>{words}</strong> })}</p>
      {!ready && (
        <div className="wait">
          <progress max={whole} value={whole - left} aria-label={t("bar", inHours)} />
          <p>
            <strong>{t("left", inHours)}</strong>
          </p>
        </div>
      )}
      <p className="muted">{t("started", { at: formatDate(startedAt, language), device: deviceIn(language, from) })}</p>
      {ready ? (
        <div className="actions">
          <LinkButton href="/enrol?code">{t("codeDoor")}</LinkButton>
        </div>
      ) : (
        <>
          <h2 className="h4 mt-6">{t("next")}</h2>
          <ol className="tips mt-3">
            <li>
              <span>{t("told")}</span>
            </li>
            <li>
              <span>{t("mail", { days: ENROLMENT_TICKET_LIFETIME / days(1) })}</span>
            </li>
            <li>
              <span>{t("enrol")}</span>
            </li>
          </ol>
          <p className="muted mt-6">{t("close")}</p>
        </>
      )}
      <hr className="divide" />
      <section aria-labelledby="stop">
        <h2 className="h4" id="stop">
          {t("cancelHeading")}
        </h2>
        <p>{t("cancelText")}</p>
        <form action={stopHere} className="actions">
          <Submit variant="danger" busy={t("cancelling")}>
            {t("cancel")}
          </Submit>
        </form>
      </section>
    </SignInPanel>
  );
}
