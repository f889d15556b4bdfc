import type { SessionShown } from "#lib/campaign/onsite/find-session.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { timesOf } from "../../look.ts";

/** Where and when a session is, for whom, and its figures. */
export async function FactsCard({ session, language }: { session: SessionShown; language: Language }) {
  const [t, time] = await Promise.all([getTranslations("onsite.page"), getTranslations("onsite")]);
  const { booked, attended, waiting, invited, capacity } = session;
  const note = language === "ms" ? session.noteMs : session.noteEn;
  const figures = [
    [t("capacityOf", { booked: booked + attended, capacity }), t("booked")],
    [invited, t("invited")],
    [waiting, t("waiting")],
    [attended, t("attended")],
  ] as const;
  return (
    <section className="card" aria-label={session.place}>
      <dl className="onsite-figures">
        {figures.map(([figure, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{figure}</dd>
          </div>
        ))}
      </dl>
      <dl className="facts onsite-facts">
        <div>
          <dt>{t("when")}</dt>
          <dd>{time("time", timesOf(session, language))}</dd>
        </div>
        <div>
          <dt>{t("where")}</dt>
          <dd className="onsite-lines">{`${session.place}\n${session.address}`}</dd>
        </div>
        <div>
          <dt>{t("offices")}</dt>
          <dd>{session.offices.map(({ code, name }) => `${code} ${name}`).join(", ")}</dd>
        </div>
        {note && (
          <div>
            <dt>{t("note")}</dt>
            <dd className="onsite-lines">{note}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
