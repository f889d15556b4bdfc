import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { eventIdIn } from "#app/(account)/settings/activity/paths.ts";
import { Badge } from "#components/ui/badge.tsx";
import { keptMoves } from "#lib/campaign/people/kept-moves.ts";
import { lifeSteps } from "#lib/helpdesk/account/life-steps.ts";
import { listTimeline } from "#lib/helpdesk/account/list-timeline.ts";
import { possibleActions } from "#lib/helpdesk/account/possible-actions.ts";
import { readAccount } from "#lib/helpdesk/account/read-account.ts";
import { diagnose } from "#lib/helpdesk/diagnosis/diagnose.ts";
import { holdUp } from "#lib/helpdesk/diagnosis/findings.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { AccessCard } from "./parts/access-card.tsx";
import { Actions } from "./parts/actions.tsx";
import { CallerPanel } from "./parts/caller-panel.tsx";
import { DetailsCard } from "./parts/details-card.tsx";
import { Diagnosis } from "./parts/diagnosis.tsx";
import { DoneHere } from "./parts/done-here.tsx";
import { LettersCard } from "./parts/letters-card.tsx";
import { LifeSteps } from "./parts/life-steps.tsx";
import { MoveCard } from "./parts/move-card.tsx";
import { statusLook } from "./parts/status-look.ts";
import { SystemsCard } from "./parts/systems-card.tsx";
import { TimelineCard } from "./parts/timeline-card.tsx";
import { UnderWay } from "./parts/under-way.tsx";
import { ACCOUNTS_PATH, accountPath } from "./paths.ts";

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<Record<string, unknown>> };

/** Asked once a request, by the page and by its title; a try in vain is recorded once as well. */
const lookAt = cache(async (id: string) => {
  const { ctx, officer } = await requireOfficer(accountPath(id), "account.view");
  return { ctx, officer, seen: await readAccount(ctx, officer, id) };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [{ account: id }, t] = await Promise.all([params, getTranslations("diagnosis")]);
  // Where the page leads away, or says that nobody is there, the title names nobody.
  const seen = await lookAt(id).then(
    (looked) => looked.seen,
    () => null,
  );
  const standing = t("standing");
  return { title: seen?.ok ? `${seen.value.facts.fullName} · ${standing}` : standing };
}

/**
 * One account on one screen: why its owner cannot get in and what helps, then everything that says so. The session with its
 * rights, the account, its timeline and its moves are a query each.
 */
async function AccountPage({ params, searchParams }: PageProps) {
  const [{ account: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx, officer, seen }, language, t, common] = await Promise.all([
    lookAt(id),
    getLocale(),
    getTranslations("diagnosis"),
    getTranslations("console"),
  ]);
  if (!seen.ok) notFound();
  const { facts, identityShown } = seen.value;
  const now = ctx.now();
  const before = eventIdIn(asked.before);
  const [timeline, moves] = await Promise.all([listTimeline(ctx, facts.id, before), keptMoves(ctx, facts.id)]);
  const findings = diagnose(facts, { now, domains: facts.office.emailDomains ?? ctx.policy.emailDomains });
  const { actions, barred } = possibleActions(officer, facts);
  const look = statusLook[facts.status];
  const words = { now, language } as const;
  return (
    <ConsoleFrame
      here="accounts"
      above={[{ href: ACCOUNTS_PATH, name: common("tabs.accounts") }]}
      heading={facts.fullName}
      lead={
        <span className="sub-facts">
          <span className="num">{identityShown}</span>
          <span>
            {facts.office.code} {facts.office.name}
          </span>
        </span>
      }
      beside={
        <Badge tone={look.tone} icon={look.icon}>
          {t(`status.${facts.status}`)}
        </Badge>
      }
    >
      <DoneHere done={asked.done} accountId={facts.id} />
      <Diagnosis findings={findings} accountId={facts.id} actions={actions} barred={barred} {...words} />
      <LifeSteps steps={lifeSteps(facts, holdUp(findings[0]))} {...words} />
      <div className="split">
        <div className="cards">
          <UnderWay facts={facts} officer={officer} {...words} />
          <TimelineCard accountId={facts.id} timeline={timeline} before={before} {...words} />
          <LettersCard letters={facts.letters} {...words} />
          <AccessCard facts={facts} {...words} />
        </div>
        <div className="cards">
          <CallerPanel facts={facts} officer={officer} {...words} />
          <Actions accountId={facts.id} actions={actions} barred={barred} />
          <DetailsCard facts={facts} identityShown={identityShown} officer={officer} {...words} />
          <SystemsCard facts={facts} officer={officer} {...words} />
          <MoveCard moves={moves} {...words} />
        </div>
      </div>
    </ConsoleFrame>
  );
}

export default orMissing(AccountPage);
