import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { Round } from "#lib/staff-register/invitations/run-round.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LookAgain } from "../look-again.tsx";
import { REGISTER } from "../paths.ts";
import { change } from "./actions.ts";

const tones: Partial<Record<Round["state"], Tone>> = { running: "info", paused: "warn", done: "ok" };

type RoundCardProps = { round: Round; language: Language; perMinute: number; mayInvite: boolean };

/** The round that was begun last: how far it has come, and stopping it for a while or for good. */
export async function RoundCard({ round, language, perMinute, mayInvite }: RoundCardProps) {
  const t = await getTranslations("invitations");
  const { state, total, sent, dealtWith, startedAt } = round;
  const isOpen = state === "running" || state === "paused";
  const passed = dealtWith - sent;
  const minutes = Math.ceil((total - dealtWith) / perMinute);
  return (
    <section className="card" aria-labelledby="round">
      <h2 id="round">
        {t("round.heading")} <Badge tone={tones[state]}>{t(`round.${state}`)}</Badge>
      </h2>
      <p className="hint">{t("round.started", { at: formatDate(startedAt, language) })}</p>
      <progress className="register-progress" aria-labelledby="round-progress" max={total} value={dealtWith} />
      <p id="round-progress" role="status">
        {t("round.progress", { sent, total })}
      </p>
      {passed > 0 && <p className="hint">{t("round.passed", { count: passed })}</p>}
      {state === "running" && <p className="hint">{t("round.pace", { perMinute, minutes })}</p>}
      {isOpen && mayInvite && (
        <form action={change} className="actions">
          <Submit name="change" value={state === "running" ? "pause" : "resume"} variant="second" busy={t("busy")}>
            {t(state === "running" ? "pause" : "resume")}
          </Submit>
          <Submit name="change" value="stop" variant="danger" busy={t("busy")}>
            {t("stop")}
          </Submit>
        </form>
      )}
      {state === "running" && (
        <>
          <noscript>
            <LinkButton variant="second" small href={`${REGISTER}/invitations`}>
              {t("again")}
            </LinkButton>
          </noscript>
          <LookAgain />
        </>
      )}
    </section>
  );
}
