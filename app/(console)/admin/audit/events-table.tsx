import { Badge } from "#components/ui/badge.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { Named, TrailEvent } from "#lib/helpdesk/audit-trail/search-trail.ts";
import type { TrailFilter } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import type { Context } from "#lib/kernel/context.ts";
import { formatDay, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { EventDetails } from "./event-details.tsx";
import { auditPath } from "./paths.ts";
import { wordsOfTrail } from "./words-of-trail.ts";

type EventsTableProps = {
  events: readonly TrailEvent[];
  filter: TrailFilter;
  language: Context["request"]["language"];
};

/** A row an event; on a phone a card each. */
export async function EventsTable({ events, filter, language }: EventsTableProps) {
  const t = await getTranslations("audit");
  const wordsOf = wordsOfTrail(language);
  const nameOf = ({ id, name }: Named) => name ?? t("gone", { id: id.slice(-6) });
  const by = ({ who, whom, actorKind }: TrailEvent) => {
    if (!who) return actorKind === "account" ? t("nobody") : t(`doers.${actorKind}`);
    if (who.id === whom?.id) return t("self");
    return <a href={auditPath({ ...filter, who: who.id })}>{nameOf(who)}</a>;
  };
  return (
    <table className="table trail" {...tableRoles.table} aria-label={t("results")}>
      <thead {...tableRoles.group}>
        <tr {...tableRoles.row}>
          {(["at", "what", "whom", "who", "outcome"] as const).map((column) => (
            <th key={column} {...tableRoles.head}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...tableRoles.group}>
        {events.map((event) => {
          const { what, why } = wordsOf(event);
          const { whom } = event;
          return (
            <tr key={event.id} {...tableRoles.row}>
              <td {...tableRoles.cell} className="when" data-l={t("columns.at")}>
                <time dateTime={event.at.toISOString()}>
                  {formatDay(event.at, language)}, {formatTime(event.at, language)}
                </time>
              </td>
              <td {...tableRoles.cell} data-l={t("columns.what")}>
                <div>
                  <p className="t">{what}</p>
                  {why && <p className="s">{why}</p>}
                  <EventDetails event={event} />
                </div>
              </td>
              <td {...tableRoles.cell} data-l={t("columns.whom")}>
                {whom ? <a href={auditPath({ ...filter, whom: whom.id })}>{nameOf(whom)}</a> : t("nobody")}
              </td>
              <td {...tableRoles.cell} data-l={t("columns.who")}>
                {by(event)}
              </td>
              <td {...tableRoles.cell} data-l={t("columns.outcome")}>
                <Badge tone={event.refused ? "bad" : undefined} icon={event.refused ? "cross" : undefined}>
                  {t(event.refused ? "outcomes.refused" : "outcomes.success")}
                </Badge>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
