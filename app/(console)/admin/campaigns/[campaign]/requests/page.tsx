import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findBoard } from "#lib/campaign/board/find-board.ts";
import { countRequests } from "#lib/campaign/requests/count-requests.ts";
import { listRequests, requestLists } from "#lib/campaign/requests/list-requests.ts";
import { COUNTED_TO } from "#lib/helpdesk/cases/count-work.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { WorkTabs } from "../../../../helpdesk/work/work-tabs.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { CampaignNav } from "../../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../paths.ts";
import { DecidedTable } from "./decided-table.tsx";
import { OpenForm } from "./open-form.tsx";
import { countOf, preparePath, requestsPath } from "./paths.ts";
import { TellCard } from "./tell-card.tsx";

type PageProps = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("moveRequests"))("title") };
}

const shown = (count: number): string => (count >= COUNTED_TO ? `${COUNTED_TO - 1}+` : String(count));
const untold = ["none_waiting", "no_decider"] as const;

/** What was prepared for the people of an officer's offices: what waits for a second officer, and what was decided. */
async function RequestsPage({ params, searchParams }: PageProps) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(requestsPath(id), "move.request"),
    getLocale(),
    getTranslations("moveRequests"),
    getTranslations("campaignBoard.list"),
  ]);
  const found = await findBoard(ctx, id, "move.request");
  if (!found.ok) notFound();
  const { officer, campaign } = found.value;
  const show = requestLists.find((each) => each === asked.show) ?? "open";
  const from = typeof asked.from === "string" ? asked.from : null;
  const [counts, { requests, next }] = await Promise.all([
    countRequests(ctx, officer, id),
    listRequests(ctx, officer, id, { list: show, from }),
  ]);
  const isOpen = campaign.state === "announced" || campaign.state === "running";
  const refused = untold.find((each) => each === asked.untold);
  const here = `${requestsPath(id)}?show=${show}`;
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
      ]}
      heading={t("heading")}
      lead={t("lead")}
      beside={
        isOpen && (
          <LinkButton href={preparePath(id)} icon="plus">
            {t("prepare")}
          </LinkButton>
        )
      }
    >
      {asked.asked !== undefined && <Done words={t("done.asked", { count: countOf(asked.asked) })} />}
      {asked.told !== undefined && (
        <Done words={t("done.told", { told: countOf(asked.told), before: countOf(asked.before) })} />
      )}
      <CampaignNav campaignId={id} here="requests" />
      {refused && <Callout tone="warn">{refusalWords(language)(refused)}</Callout>}
      {countOf(asked.without) > 0 && (
        <Callout tone="warn">{t("tell.without", { count: countOf(asked.without) })}</Callout>
      )}
      <WorkTabs
        label={t("heading")}
        items={requestLists.map((each) => ({
          href: `${requestsPath(id)}?show=${each}`,
          here: each === show,
          name: t(`lists.${each}`),
          count: shown(counts[each]),
        }))}
      />
      {requests.length === 0 ? (
        <section className="card">
          <div className="empty">
            <h2 className="h3">{t(`empty.${show}`)}</h2>
            <p>{t(`empty.${show}Text`)}</p>
          </div>
        </section>
      ) : show === "open" ? (
        <OpenForm
          campaignId={id}
          requests={requests}
          all={asked.all === "1"}
          allHref={`${here}${from ? `&from=${encodeURIComponent(from)}` : ""}&all=1`}
          now={ctx.now()}
          language={language}
        />
      ) : (
        <DecidedTable campaignId={id} requests={requests} now={ctx.now()} language={language} />
      )}
      {next && (
        <p className="register-other">
          <LinkButton variant="second" href={`${here}&from=${encodeURIComponent(next)}`}>
            {t("next")}
          </LinkButton>
        </p>
      )}
      {isOpen && counts.open > 0 && show === "open" && <TellCard campaignId={id} />}
    </ConsoleFrame>
  );
}

export default orMissing(RequestsPage);
