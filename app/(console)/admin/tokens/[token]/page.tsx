import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findToken } from "#lib/campaign/tokens/register/find-token.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { accountPath } from "../../../helpdesk/accounts/[account]/paths.ts";
import { orMissing } from "../../../or-missing.tsx";
import { receiptPath, TOKENS_PATH, tokenPath } from "../paths.ts";
import { TokenStateBadge } from "../token-state.tsx";
import { CustodyCard } from "./custody-card.tsx";
import { movesOf } from "./moves.ts";

type PageProps = { params: Promise<{ token: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens.page"))("title") };
}

/** One token: what it is, who holds it, what may be done with it, and its custody. */
async function TokenPage({ params, searchParams }: PageProps) {
  const [{ token: id }, { done }] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t, common] = await Promise.all([
    requireOfficer(tokenPath(id), "token.view"),
    getLocale(),
    getTranslations("hardwareTokens"),
    getTranslations("console"),
  ]);
  const token = (await findToken(ctx, officer, id)) ?? notFound();
  const { holder, state } = token;
  const receipt = token.custody.findLast((line) => line.receipt !== null)?.receipt ?? null;
  const said =
    done === state && (state === "returned" || state === "lost" || state === "misused" || state === "revoked");
  const moves = movesOf(state);
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: "/admin/campaigns", name: common("tabs.campaigns") },
        { href: TOKENS_PATH, name: t("heading") },
      ]}
      heading={token.serial}
      lead={holder.fullName}
      beside={<TokenStateBadge state={state} />}
    >
      {said && <Done words={t.rich(`done.${state}`, { receipt: receipt ?? "", n: nowrap })} />}
      {holder.hasLeft && state !== "returned" && <Callout tone="warn">{t("page.left")}</Callout>}
      <div className="split">
        <div className="cards">
          <section className="card" aria-labelledby="facts">
            <h2 className="h4" id="facts">
              {t("page.facts")}
            </h2>
            <dl className="facts">
              <Fact name={t("page.medium")}>{t(`mediums.${token.medium}`)}</Fact>
              <Fact name={t("page.issued")}>
                {token.issuedOn ? formatDay(beginningOf(token.issuedOn), language) : t("list.unknownDay")}
              </Fact>
              <Fact name={t("page.state")}>
                {t(`states.${state}`)}, {t("list.since", { at: formatDay(token.stateSince, language) })}
              </Fact>
              <div>
                <dt>{t("page.holder")}</dt>
                <dd>
                  <a href={accountPath(holder.id)}>{holder.fullName}</a> <span className="num">{holder.identity}</span>
                </dd>
                <dd className="note">{holder.office}</dd>
              </div>
            </dl>
          </section>
          <CustodyCard lines={token.custody} language={language} />
        </div>
        <div className="cards">
          <section className="card" aria-labelledby="actions">
            <h2 className="h4" id="actions">
              {t("page.actions")}
            </h2>
            {moves.length === 0 && <p>{t("page.ended")}</p>}
            {moves.length > 0 && !token.mayHandle && (
              <p>{t(holds(officer, "token.handle") ? "page.notYours" : "page.seeOnly")}</p>
            )}
            {token.mayHandle && (
              <ul className="token-moves">
                {moves.map((move, place) => (
                  <li key={move}>
                    <LinkButton variant={place === 0 ? "primary" : "second"} block href={`${tokenPath(id)}/${move}`}>
                      {t(`deeds.${move}.link`)}
                    </LinkButton>
                  </li>
                ))}
              </ul>
            )}
            {receipt && (
              <p className="actions">
                <LinkButton variant="second" icon="print" href={receiptPath(id)}>
                  {t("page.printReceipt")}
                </LinkButton>
              </p>
            )}
          </section>
        </div>
      </div>
    </ConsoleFrame>
  );
}

const nowrap = (words: ReactNode) => <span className="nowrap">{words}</span>;

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export default orMissing(TokenPage);
