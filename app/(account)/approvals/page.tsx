import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { type Approval, listApprovals } from "#lib/relying-party/approval/list-approvals.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { signOut } from "../sign-out.ts";
import { DecidedTable } from "./decided-table.tsx";
import { APPROVALS_PATH, approvalsPath } from "./paths.ts";
import { WaitingCard } from "./waiting-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("approvals"))("title") };
}

const pageIn = (value: unknown): number =>
  typeof value === "string" && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 1;

/** Every transaction that somebody was asked to approve: what still waits first, then what they decided. One query. */
export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, asked] = await Promise.all([
    requireSession(APPROVALS_PATH),
    getLocale(),
    getTranslations("approvals"),
    searchParams,
  ]);
  const page = pageIn(asked.page);
  const { approvals, isMore } = await listApprovals(ctx, session.accountId, page);
  const waits = ({ state }: Approval) => state === "open";
  const waiting = approvals.filter(waits);
  const over = approvals.filter((approval) => !waits(approval));
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        <div className="page-head">
          <div>
            <h1>{t("heading")}</h1>
            <p className="sub">{t("lead")}</p>
          </div>
        </div>
        {approvals.length === 0 ? (
          <div className="empty">
            <span className="chip plain">
              <Icon name="key" />
            </span>
            <h2 className="h3">{t("none")}</h2>
            <p>{t("noneText")}</p>
            <LinkButton variant="second" href="/home">
              {t("home")}
            </LinkButton>
          </div>
        ) : (
          <div className="cards">
            {waiting.map((approval) => (
              <WaitingCard key={approval.id} approval={approval} language={language} />
            ))}
            {over.length > 0 && <DecidedTable approvals={over} now={ctx.now()} language={language} />}
          </div>
        )}
        {(isMore || page > 1) && (
          <nav className="actions" aria-label={t("pages")}>
            {isMore && (
              <LinkButton variant="second" href={approvalsPath(page + 1)}>
                {t("older")}
              </LinkButton>
            )}
            {page > 1 && (
              <LinkButton variant="quiet" href={APPROVALS_PATH}>
                {t("newest")}
              </LinkButton>
            )}
          </nav>
        )}
      </div>
    </SiteFrame>
  );
}
