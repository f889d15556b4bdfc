import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import type { ButtonVariant } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { type CampaignMove, campaignMoves, moved } from "#lib/campaign/definition/campaign-state.ts";
import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import { notReady } from "#lib/campaign/definition/move-campaign.ts";
import { isOver } from "#lib/campaign/definition/phases/phase-rules.ts";
import { countWhom } from "#lib/campaign/people/count-whom.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";
import { moveCampaign } from "./actions.ts";
import { WillHappen } from "./will-happen.tsx";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

const lookOf: Record<CampaignMove, ButtonVariant> = {
  announce: "primary",
  withdraw: "second",
  start: "second",
  close: "danger",
  discard: "danger",
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.stage"))("title") };
}

/** Where a campaign is, what comes next, and the buttons that lead there. */
async function StagePage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const { ctx, campaign, mayChange } = await viewDefinition(id, partPath(id, "stage"));
  const isDraft = campaign.state === "draft";
  const [language, asked, t, counts, lacking] = await Promise.all([
    getLocale(),
    searchParams,
    getTranslations("campaigns.stage"),
    countWhom(ctx.db, ctx, campaign.id),
    isDraft ? ctx.db.transaction((tx) => notReady(tx, ctx, campaign.id)) : [],
  ]);
  const moves = campaignMoves.filter(
    (move) => moved(campaign.state, move).ok && !(move === "announce" && lacking.length > 0),
  );
  const today = dayOf(ctx.now());
  const isAllOver = campaign.phases.length > 0 && campaign.phases.every((phase) => isOver(phase, today));
  const since = sinceOf(campaign);
  return (
    <DefinitionPage
      campaign={campaign}
      part="stage"
      heading={t("title")}
      lead={t("lead")}
      mayChange={mayChange}
      asked={asked}
    >
      <section className="card" aria-labelledby="now">
        <h2 className="h3" id="now">
          {t("now")}
        </h2>
        <p>{t(`states.${campaign.state}`, { at: since ? formatDay(since, language) : "" })}</p>
      </section>
      {campaign.state !== "closed" && <WillHappen campaign={campaign} counts={counts} />}
      {lacking.length > 0 && (
        <Callout tone="warn">
          <h2 className="h4">{t("lackHeading")}</h2>
          <ul>
            {lacking.map((what) => (
              <li key={what}>
                <a href={partPath(campaign.id, what === "no_targets" ? "whom" : "phases")}>{t(`lack.${what}`)}</a>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {mayChange && moves.length > 0 && (
        <section className="card" aria-label={t("title")}>
          {moves.map((move) => {
            const press = (name: string) => (
              <form action={moveCampaign} className="actions">
                <input type="hidden" name="campaign" value={campaign.id} />
                <input type="hidden" name="version" value={campaign.version} />
                <Submit variant={lookOf[move]} busy={t(`moves.${move}.busy`)} name="move" value={move}>
                  {name}
                </Submit>
              </form>
            );
            return (
              <div key={move} className="definition-move">
                <p>{t(move === "close" && isAllOver ? "moves.close.ended" : `moves.${move}.text`)}</p>
                {move === "close" || move === "discard" ? (
                  <details className="sure">
                    <summary>{t(`moves.${move}.name`)}</summary>
                    {press(t(`moves.${move}.sure`))}
                  </details>
                ) : (
                  press(t(`moves.${move}.name`))
                )}
              </div>
            );
          })}
        </section>
      )}
    </DefinitionPage>
  );
}

function sinceOf({ state, announcedAt, startedAt, closedAt }: CampaignDefinition): Date | null {
  if (state === "announced") return announcedAt;
  if (state === "running") return startedAt;
  return state === "closed" ? closedAt : null;
}

export default orMissing(StagePage);
