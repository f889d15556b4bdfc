import type { OwnSession } from "#lib/campaign/onsite/own-sessions.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type SessionsCardProps = { sessions: readonly OwnSession[]; language: Language };

/** The session they come to, or else the next that they may; and the guide for whoever manages alone. */
export async function SessionsCard({ sessions, language }: SessionsCardProps) {
  const t = await getTranslations("move.sessions");
  const own = sessions.find((each) => each.own === "booked") ?? sessions.find((each) => each.own === "waiting");
  const shown = own ?? sessions[0];
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 className="h4 mb-3" id="sessions">
        {t("heading")}
      </h2>
      {shown ? (
        <>
          <p>{own ? t(own.own === "booked" ? "own" : "waiting") : t("text")}</p>
          <p className="mt-3">
            <strong>{formatDate(shown.startsAt, language)}</strong>
            <br />
            {shown.place}
          </p>
          <p className="mt-3">
            <a href="/home/move/sessions">{t("all")}</a>
          </p>
        </>
      ) : (
        <p>{t("none")}</p>
      )}
      <p className="mt-3">
        <a href="/guide/roaming-otp">{t("guide")}</a>
      </p>
    </section>
  );
}
