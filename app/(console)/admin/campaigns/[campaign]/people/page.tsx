import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { notThere } from "#lib/campaign/board/find-board.ts";
import { listPeople } from "#lib/campaign/board/people/list-people.ts";
import { everyPerson, parsePersonFilters, personPairs } from "#lib/campaign/board/people/person-filters.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { SearchForm } from "../../../../helpdesk/search/search-form.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { CampaignNav } from "../../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath, peoplePath } from "../../paths.ts";
import { searchPeople } from "./actions.ts";
import { FilterForm } from "./filter-form.tsx";
import { PeopleList } from "./people-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaignBoard.people"))("title") };
}

type Asked = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

/** Who stands where, by name: what a bar or a hindrance on the board is made of. */
async function PeoplePage({ params, searchParams }: Asked) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const read = parsePersonFilters((name) => asked[name]);
  const filters = read.ok ? read.value : everyPerson;
  const at = typeof asked.at === "string" ? asked.at : null;
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(peoplePath(id, filters, at), "campaign.view"),
    getLocale(),
    getTranslations("campaignBoard.people"),
    getTranslations("campaignBoard.list"),
  ]);
  if (!read.ok || Array.isArray(asked.at)) {
    await notThere(ctx);
    notFound();
  }
  const found = await listPeople(ctx, id, { filters, at });
  if (!found.ok) notFound();
  const { campaign, officer } = found.value;
  const { form, campaignBoard } = messages[language];
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
      ]}
      heading={t("heading")}
      lead={t("lead")}
    >
      <CampaignNav campaignId={id} here="people" />
      <SearchForm
        key={filters.words}
        action={searchPeople}
        words={campaignBoard.people.find}
        summary={{ one: form.errorOne, many: form.errorMany }}
        typed={filters.words ?? ""}
        kept={[["campaign", id], ...personPairs({ ...filters, words: null })]}
      />
      <FilterForm campaign={campaign} filters={filters} />
      <PeopleList
        page={found.value}
        mayExport={holds(officer, "campaign.export")}
        filters={filters}
        language={language}
        now={ctx.now()}
      />
    </ConsoleFrame>
  );
}

export default orMissing(PeoplePage);
