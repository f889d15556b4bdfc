import type { SessionFigures } from "#lib/campaign/onsite/list-sessions.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { sessionsPath } from "../../paths.ts";
import type { Seen } from "./seen.ts";

/** Where people of the officer's are helped in person next. */
export async function NextSession({ board, figures, language, session }: Seen & { session: SessionFigures | null }) {
  const t = await getTranslations("campaignBoard.board");
  const path = sessionsPath(board.campaign.id);
  return (
    <section className="card" aria-labelledby="next-session">
      <h2 className="h3" id="next-session">
        {t("session")}
      </h2>
      {session ? (
        <>
          <p className="session-when">
            <strong>{formatDate(session.startsAt, language)}</strong>
            <br />
            {session.place}
          </p>
          <p className="muted num">
            {t("sessionFigures", { invited: figures.number(session.invited), booked: figures.number(session.booked) })}
          </p>
          <p>
            <a href={`${path}/${session.id}`}>{t("sessionOpen")}</a>
          </p>
        </>
      ) : (
        <>
          <p className="muted">{t("noSession")}</p>
          <p>
            <a href={path}>{t("sessions")}</a>
          </p>
        </>
      )}
    </section>
  );
}
