import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Table } from "#components/ui/table.tsx";
import { stateOf } from "#lib/administration/announcements/announcement.ts";
import { listAnnouncements } from "#lib/administration/announcements/list-announcements.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../done-of.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { viewAdmin } from "../view-admin.ts";

const PATH = "/admin/announcements";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.announcements"))("title") };
}

/** What every page says on top: now, soon, and before. */
async function AnnouncementsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, t, { done }, rows] = await Promise.all([
    getLocale(),
    getTranslations("administration.announcements"),
    searchParams,
    listAnnouncements(ctx),
  ]);
  const { announcements: words } = messages[language].administration;
  return (
    <AdminPage
      heading={words.title}
      lead={words.lead}
      mayChange={mayChange}
      done={doneOf(words.done, done)}
      beside={
        mayChange &&
        rows.length > 0 && (
          <LinkButton href={`${PATH}/new`} icon="plus">
            {words.add}
          </LinkButton>
        )
      }
    >
      <section className="card" aria-label={words.title}>
        {rows.length === 0 ? (
          <div className="empty">
            <Chip icon="flag" />
            <p>{words.none}</p>
            {mayChange && <LinkButton href={`${PATH}/new`}>{words.add}</LinkButton>}
          </div>
        ) : (
          <Table
            heads={[words.text, words.when, words.state]}
            rows={rows.map((row) => {
              const from = formatDate(row.fromAt, language);
              const end = row.endedAt ?? row.untilAt;
              return {
                key: row.id,
                cells: [
                  <a key="text" href={`${PATH}/${row.id}`}>
                    {language === "ms" ? row.textMs : row.textEn}
                  </a>,
                  end ? t("span", { from, until: formatDate(end, language) }) : t("from", { at: from }),
                  <State key="state" state={stateOf(row, ctx.now())} />,
                ],
              };
            })}
          />
        )}
      </section>
    </AdminPage>
  );
}

async function State({ state }: { state: ReturnType<typeof stateOf> }) {
  const t = await getTranslations("administration.announcements.states");
  if (state === "shown")
    return (
      <Badge tone="ok" icon="check">
        {t(state)}
      </Badge>
    );
  return (
    <Badge {...(state === "planned" ? { tone: "info" as const, icon: "clock" as const } : { icon: "cross" as const })}>
      {t(state)}
    </Badge>
  );
}

export default orMissing(AnnouncementsPage);
