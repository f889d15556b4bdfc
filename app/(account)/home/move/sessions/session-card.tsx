import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { OwnSession } from "#lib/campaign/onsite/own-sessions.ts";
import { takesSignUps } from "#lib/campaign/onsite/session/session-times.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatTime, formatWeekday } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { comeNot, comeTo } from "./actions.ts";
import { SESSIONS_PATH } from "./path.ts";

const looks = {
  booked: { tone: "ok", icon: "check" },
  waiting: { tone: "warn", icon: "clock" },
  attended: { tone: "ok", icon: "tick-circle" },
  invited: { tone: "gold", icon: "mail" },
} as const;

type SessionCardProps = {
  session: OwnSession;
  language: Language;
  now: Date;
  /** They hold a place in another session. */
  hasOther: boolean;
};

/** One session: where and when, how their place stands, and what they can do about it. */
export async function SessionCard({ session, language, now, hasOther }: SessionCardProps) {
  const t = await getTranslations("onsite");
  const { id, startsAt, endsAt, place, address, own, left, waitsBehind } = session;
  const day = formatWeekday(startsAt, language);
  const time = t("time", { day, from: formatTime(startsAt, language), until: formatTime(endsAt, language) });
  const standing = own === null || own === "given_up" ? null : own;
  const comes = standing === "booked" || standing === "waiting";
  const mayAct = takesSignUps(session, now);
  const note = language === "ms" ? session.noteMs : session.noteEn;
  return (
    <section className="card" aria-labelledby={`session-${id}`}>
      <div className="top-line">
        <h2 className="h3" id={`session-${id}`}>
          {time}
        </h2>
        {standing && <Badge {...looks[standing]}>{t(`own.states.${standing}`)}</Badge>}
      </div>
      <p className="onsite-lines">{`${place}\n${address}`}</p>
      {note && <p className="muted onsite-lines mt-4">{note}</p>}
      {standing === "waiting" && <p className="mt-4">{t("own.waitsBehind", { count: waitsBehind })}</p>}
      {!comes && standing !== "attended" && (
        <p className="mt-4">{left > 0 ? t("own.left", { left }) : t("own.full")}</p>
      )}
      {mayAct && (
        <div className="actions">
          {comes ? (
            <form action={comeNot}>
              <input type="hidden" name="session" value={id} />
              <Submit variant="danger" busy={t("own.givingUp")}>
                {t("own.giveUp")}
              </Submit>
            </form>
          ) : (
            !hasOther && (
              <form action={comeTo}>
                <input type="hidden" name="session" value={id} />
                <Submit variant={left > 0 ? "primary" : "second"} busy={t("own.signingUp")}>
                  {t(left > 0 ? "own.signUp" : "own.wait")}
                  <span className="sr">: {time}</span>
                </Submit>
              </form>
            )
          )}
          {standing === "booked" && (
            <LinkButton variant="quiet" icon="calendar" href={`${SESSIONS_PATH}/${id}/calendar.ics`}>
              {t("own.calendar")}
            </LinkButton>
          )}
        </div>
      )}
    </section>
  );
}
