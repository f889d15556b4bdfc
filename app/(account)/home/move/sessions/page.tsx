import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { comingSessions, type OwnSession } from "#lib/campaign/onsite/own-sessions.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { Done } from "../../../settings/done.tsx";
import { signOut } from "../../../sign-out.ts";
import { SESSIONS_PATH } from "./path.ts";
import { SessionCard } from "./session-card.tsx";

const said = ["booked", "waiting", "given_up"] as const;
const refusals = ["already", "has_place", "session_over", "no_place"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.own"))("title") };
}

const holds = ({ own }: OwnSession): boolean => own === "booked" || own === "waiting";

/** The sessions in person that somebody may come to, and the one they come to. */
export default async function OwnSessionsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session: signed }, language, t, { done, refused }] = await Promise.all([
    requireSession(SESSIONS_PATH),
    getLocale(),
    getTranslations("onsite.own"),
    searchParams,
  ]);
  const sessions = await comingSessions(ctx, signed.accountId);
  const words = messages[language].onsite;
  const [isDone, isRefused] = [said.find((one) => one === done), refusals.find((one) => one === refused)];
  const hasPlace = sessions.some(holds);
  return (
    <SiteFrame account={{ name: signed.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        {isDone && <Done words={t(`done.${isDone}`)} />}
        <div className="page-head">
          <div>
            <h1>{t("heading")}</h1>
            <p className="sub">{t("lead")}</p>
          </div>
        </div>
        <div className="onsite-own">
          {isRefused && (
            <div role="alert">
              <Callout tone="warn">{t(`done.${isRefused}`)}</Callout>
            </div>
          )}
          {sessions.length === 0 ? (
            <section className="card" aria-label={t("heading")}>
              <div className="empty">
                <Chip icon="calendar" />
                <h2 className="h3">{t("emptyHeading")}</h2>
                <p>{t("emptyText")}</p>
                <LinkButton href="/home/move">{t("toMove")}</LinkButton>
              </div>
            </section>
          ) : (
            <>
              {sessions.map((session) => (
                <SessionCard
                  key={session.id}
                  session={session}
                  language={language}
                  now={ctx.now()}
                  hasOther={hasPlace && !holds(session)}
                />
              ))}
              {hasPlace && sessions.length > 1 && <p className="muted">{t("keep")}</p>}
              <section className="card" aria-labelledby="bring">
                <h2 className="h4" id="bring">
                  {words.bring.title}
                </h2>
                <ul className="mt-4">
                  {words.bring.items.map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              </section>
              <p>
                <LinkButton variant="quiet" href="/home/move">
                  {t("toMove")}
                </LinkButton>
              </p>
            </>
          )}
        </div>
      </div>
    </SiteFrame>
  );
}
