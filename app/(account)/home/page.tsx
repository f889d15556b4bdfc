import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { findCompleteness } from "#lib/account/profile/find-profile.ts";
import { offerSecondFactor } from "#lib/account/settings/offer-second-factor.ts";
import { findMoves } from "#lib/campaign/people/find-moves.ts";
import { hasApprovals } from "#lib/relying-party/approval/list-approvals.ts";
import { listSystems } from "#lib/relying-party/launchpad/list-systems.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { previousSignIn } from "#lib/session/previous-sign-in.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { dayPart, formatDate, formatWeekday } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CompletenessShort } from "../completeness.tsx";
import { RecoveryBanner } from "../recovery-banner.tsx";
import { SecurityHealth } from "../security-health.tsx";
import { Done } from "../settings/done.tsx";
import { signOut } from "../sign-out.ts";
import { MoveBanner } from "./move-banner.tsx";
import { SecondFactorBanner } from "./offer.tsx";
import { soughtOf } from "./system-search.tsx";
import { Systems } from "./systems.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

export default async function HomePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, offered, launchpad, { done, notice, q }] = await Promise.all([
    requireSession("/home"),
    getLocale(),
    getTranslations("home"),
    getTranslations("offer"),
    getTranslations("launchpad"),
    searchParams,
  ]);
  const [previous, { offer, enrolled, phraseSet }, completeness, systems, moves, approves] = await Promise.all([
    previousSignIn(ctx, { id: session.id, accountId: session.accountId }),
    offerSecondFactor(ctx, session.accountId),
    findCompleteness(ctx, session.accountId),
    listSystems(ctx, session.accountId),
    findMoves(ctx, session.accountId),
    hasApprovals(ctx, session.accountId),
  ]);
  const now = ctx.now();
  const at = (moment: Date) => formatDate(moment, language);
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        {done === "putOff" && (
          <Done words={offered.rich("putOff", { a: (words) => <a href="/settings">{words}</a> })} />
        )}
        {(notice === "notYours" || notice === "noAddress") && (
          <div className="not-opened" role="alert">
            <Callout tone="warn">
              <p>{launchpad.rich(`notice.${notice}`, { a: (words) => <a href="/home/access">{words}</a> })}</p>
            </Callout>
          </div>
        )}
        <div className="page-head">
          <div>
            <h1>{t(dayPart(now), { name: session.fullName })}</h1>
            <p className="sub">
              {formatWeekday(now, language)} · {session.officeName}
            </p>
          </div>
        </div>
        {session.recoveryWaits && <RecoveryBanner ctx={ctx} />}
        <div className="split">
          <section>
            {moves.map((move) => (
              <MoveBanner key={move.campaignId} move={move} now={now} language={language} named={moves.length > 1} />
            ))}
            {offer && !moves.some(({ missing }) => missing.includes("second_factor")) && <SecondFactorBanner />}
            <Systems
              systems={systems}
              sought={soughtOf(q)}
              confirmed={session.staffConfirmedAt !== null}
              now={now}
              language={language}
            />
          </section>
          <div className="cards">
            {!session.staffConfirmedAt && (
              <Callout tone="warn">
                <p>
                  <strong>{t("awaiting")}.</strong> {t("awaitingText")}
                </p>
              </Callout>
            )}
            <SecurityHealth enrolled={enrolled} phraseSet={phraseSet} offered={offer} />
            <CompletenessShort completeness={completeness} />
            <section className="card">
              <h2 className="h4">{t("account")}</h2>
              <ul className="list">
                <Line met title={t("statusOf")} text={t("active")} />
                <Line
                  met={session.emailVerifiedAt !== null}
                  title={t("officialEmail")}
                  text={session.emailVerifiedAt ? t("verified", { at: at(session.emailVerifiedAt) }) : ""}
                />
                <Line
                  met={session.staffConfirmedAt !== null}
                  title={t("office")}
                  text={t(session.staffConfirmedAt ? "confirmed" : "awaiting")}
                />
              </ul>
            </section>
            {approves && (
              <section className="card">
                <h2 className="h4">{t("approvals")}</h2>
                <p>{t("approvalsText")}</p>
                <p className="mt-3">
                  <a href="/approvals">{t("approvalsSee")}</a>
                </p>
              </section>
            )}
            <section className="card">
              <h2 className="h4">{t("lastSignIn")}</h2>
              {previous ? (
                <>
                  <p>{at(previous.at)}</p>
                  <p className="muted">{t("from", { device: deviceIn(language, previous.device) })}</p>
                  <p>{t.rich("notYou", { a: (words) => <a href="/settings/activity?show=sign_in">{words}</a> })}</p>
                </>
              ) : (
                <p>{t("firstSignIn")}</p>
              )}
              <p className="mt-3">{t.rich("call", { a: (words) => <a href="/call">{words}</a> })}</p>
            </section>
          </div>
        </div>
      </div>
    </SiteFrame>
  );
}

function Line({ met, title, text }: { met: boolean; title: string; text: string }) {
  return (
    <li>
      <Icon name={met ? "tick-circle" : "warn"} className={met ? "i-ok" : "i-warn"} />
      <div>
        <p className="t">{title}</p>
        <p className="s">{text}</p>
      </div>
    </li>
  );
}
