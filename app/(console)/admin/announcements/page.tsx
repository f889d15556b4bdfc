import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { stateOf } from "#lib/administration/announcements/announcement.ts";
import { type AnnouncementRow, listAnnouncements } from "#lib/administration/announcements/list-announcements.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
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
  const [language, { done }, rows] = await Promise.all([getLocale(), searchParams, listAnnouncements(ctx)]);
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
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.text}</th>
                <th scope="col">{words.when}</th>
                <th scope="col">{words.state}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} now={ctx.now()} language={language} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </AdminPage>
  );
}

async function Row({ row, now, language }: { row: AnnouncementRow; now: Date; language: Language }) {
  const t = await getTranslations("administration.announcements");
  const state = stateOf(row, now);
  const from = formatDate(row.fromAt, language);
  const end = row.endedAt ?? row.untilAt;
  return (
    <tr>
      <td className="lead-cell">
        <a href={`${PATH}/${row.id}`}>{language === "ms" ? row.textMs : row.textEn}</a>
      </td>
      <td data-l={t("when")}>
        {end ? t("span", { from, until: formatDate(end, language) }) : t("from", { at: from })}
      </td>
      <td data-l={t("state")}>
        {state === "shown" ? (
          <Badge tone="ok" icon="check">
            {t("states.shown")}
          </Badge>
        ) : (
          <Badge
            {...(state === "planned" ? { tone: "info" as const, icon: "clock" as const } : { icon: "cross" as const })}
          >
            {t(`states.${state}`)}
          </Badge>
        )}
      </td>
    </tr>
  );
}

export default orMissing(AnnouncementsPage);
