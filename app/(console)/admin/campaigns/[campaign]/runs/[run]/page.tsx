import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import { findBoard, notThere } from "#lib/campaign/board/find-board.ts";
import { listPassedOver } from "#lib/campaign/letters/list-passed-over.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../../../console-frame.tsx";
import { orMissing } from "../../../../../or-missing.tsx";
import { CampaignNav } from "../../../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../../paths.ts";
import { passedOverPath, runsPath } from "../whom.ts";

type PageProps = {
  params: Promise<{ campaign: string; run: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaignLetters"))("passed.title") };
}

/** Whom a run passed over, of the officer's offices, and why: who has to be reached in another way. */
async function PassedOverPage({ params, searchParams }: PageProps) {
  const [{ campaign: id, run: runId }, asked] = await Promise.all([params, searchParams]);
  const path = passedOverPath(id, runId);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(path, "campaign.view"),
    getLocale(),
    getTranslations("campaignLetters"),
    getTranslations("campaignBoard.list"),
  ]);
  const found = await findBoard(ctx, id);
  if (!found.ok) notFound();
  if (!isUuid(runId)) {
    await notThere(ctx);
    notFound();
  }
  const { officer, campaign } = found.value;
  const from = typeof asked.from === "string" ? asked.from : null;
  const { people, next } = await listPassedOver(ctx, officer, { campaignId: id, runId, from });
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
        { href: runsPath(id), name: t("heading") },
      ]}
      heading={t("passed.heading")}
      lead={t("passed.lead")}
    >
      <CampaignNav campaignId={id} here="runs" />
      <section className="card">
        {people.length === 0 ? (
          <div className="empty">
            <h2 className="h3">{t("passed.none")}</h2>
            <p>{t("passed.noneText")}</p>
          </div>
        ) : (
          <Table
            heads={[t("passed.name"), t("passed.office"), t("passed.why")]}
            rows={people.map(({ accountId, name, office, why }) => ({
              key: accountId,
              cells: [
                <a key="name" href={`/helpdesk/accounts/${accountId}`}>
                  {name}
                </a>,
                office,
                t(`passed.${why}`),
              ],
            }))}
          />
        )}
      </section>
      {next && (
        <p className="register-other">
          <LinkButton variant="second" href={`${path}?from=${next}`}>
            {t("passed.next")}
          </LinkButton>
        </p>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(PassedOverPage);
