import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { TransactionFacts } from "#app/transaction-facts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { isUuid } from "#lib/kernel/uuid.ts";
import { findApprovalOf } from "#lib/relying-party/approval/list-approvals.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../or-missing.tsx";
import { signOut } from "../../sign-out.ts";
import { looks } from "../looks.ts";
import { APPROVALS_PATH, approvalPath, statementPath } from "../paths.ts";
import { VerifyCard } from "./verify-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("approvals"))("one") };
}

/** One transaction: all that was shown, what was decided, and the signed statement with the way to verify it. */
async function ApprovalPage({ params }: { params: Promise<{ approval: string }> }) {
  const { approval: id } = await params;
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession(approvalPath(id)),
    getLocale(),
    getTranslations("approvals"),
  ]);
  const found = (isUuid(id) ? await findApprovalOf(ctx, session.accountId, id) : null) ?? notFound();
  const { detail, system, state, roleMs, roleEn, requestedAt, decidedAt, expiresAt, reason } = found;
  const at = (moment: Date) => formatDate(moment, language);
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page">
        <p className="mb-4">
          <a href={APPROVALS_PATH}>{t("title")}</a>
        </p>
        <div className="page-head">
          <div>
            <h1>{detail.title}</h1>
            <p className="sub">{t("askedBy", { system, at: at(requestedAt) })}</p>
          </div>
          <div className="beside">
            <Badge tone={looks[state]}>{t(`states.${state}`)}</Badge>
          </div>
        </div>
        <div className="split">
          <div className="cards">
            <section className="card" aria-labelledby="shown">
              <h2 className="h4" id="shown">
                {t("shown")}
              </h2>
              <TransactionFacts detail={detail} role={{ nameMs: roleMs, nameEn: roleEn }} expiresAt={expiresAt} />
            </section>
          </div>
          <div className="cards">
            <section className="card" aria-labelledby="decision">
              <h2 className="h4" id="decision">
                {t("decision")}
              </h2>
              <p>
                {state === "open"
                  ? t("waits", { system, at: at(expiresAt) })
                  : state === "expired"
                    ? t("expired", { at: at(expiresAt) })
                    : t(`you.${state}`, { at: at(decidedAt ?? expiresAt) })}
              </p>
              {reason && (
                <dl className="facts mt-3">
                  <div>
                    <dt>{t("reason")}</dt>
                    <dd>{reason}</dd>
                  </div>
                </dl>
              )}
              {found.hasStatement && (
                <div className="actions">
                  <LinkButton variant="second" icon="download" href={statementPath(id)} download>
                    {t("download")}
                  </LinkButton>
                </div>
              )}
              {state === "open" && (
                <div className="actions">
                  <LinkButton href={`/home/open/${found.relyingPartyId}`}>{t("open", { system })}</LinkButton>
                </div>
              )}
            </section>
            {found.hasStatement && <VerifyCard origin={ctx.origin} digest={found.digest} />}
          </div>
        </div>
      </div>
    </SiteFrame>
  );
}

export default orMissing(ApprovalPage);
