import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { comingSessions } from "#lib/campaign/onsite/own-sessions.ts";
import { findMoves } from "#lib/campaign/people/find-moves.ts";
import { tokensOf } from "#lib/campaign/tokens/register/list-own-tokens.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { RecoveryBanner } from "../../recovery-banner.tsx";
import { signOut } from "../../sign-out.ts";
import { AboutCard } from "./about-card.tsx";
import { ChecklistCard } from "./checklist-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { TokensCard } from "./tokens-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("move"))("title") };
}

/** All of somebody's move: what is there and what is left, why it is asked of them, and where there is help. */
export default async function MovePage() {
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession("/home/move"),
    getLocale(),
    getTranslations("move"),
  ]);
  const moves = await findMoves(ctx, session.accountId);
  const now = ctx.now();
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        <div className="page-head">
          <div>
            <h1>{t("title")}</h1>
            <p className="sub">{t("lead")}</p>
          </div>
        </div>
        {session.recoveryWaits && <RecoveryBanner ctx={ctx} />}
        {moves.length === 0 ? (
          <div className="empty">
            <span className="chip plain">
              <Icon name="key" />
            </span>
            <h2 className="h3">{t("empty.heading")}</h2>
            <p>{t("empty.text")}</p>
            <LinkButton variant="second" href="/home">
              {t("empty.home")}
            </LinkButton>
          </div>
        ) : (
          <div className="split">
            <div className="cards">
              {moves.map((move) => (
                <ChecklistCard key={move.campaignId} move={move} now={now} language={language} />
              ))}
            </div>
            <div className="cards">
              <TokensCard tokens={await tokensOf(ctx.db, session.accountId)} />
              <SessionsCard sessions={await comingSessions(ctx, session.accountId)} language={language} />
              {moves.map((move) => (
                <AboutCard key={move.campaignId} move={move} language={language} named={moves.length > 1} />
              ))}
            </div>
          </div>
        )}
      </div>
    </SiteFrame>
  );
}
