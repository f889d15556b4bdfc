import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { GrantShown, GrantState } from "#lib/helpdesk/roles/list-roles.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const tones: Partial<Record<GrantState, Tone>> = { held: "ok", requested: "warn", coming: "info" };

type Row = GrantShown & {
  /** Where it is ended; null for who may not. */
  end: string | null;
  /** In a list of many: whose it is. */
  person?: { href: string; name: string };
};

/** Roles, each with its office, its days and its state. */
export async function GrantsTable({ grants, language }: { grants: readonly Row[]; language: Language }) {
  const t = await getTranslations("roles");
  const withPeople = grants.some(({ person }) => person);
  const withEnds = grants.some(({ end }) => end);
  if (grants.length === 0)
    return (
      <div className="empty">
        <h2>{t("none")}</h2>
        <p>{t("noneText")}</p>
      </div>
    );
  const periodOf = ({ from, until }: Row) =>
    until
      ? t("period", { from: formatDay(from, language), until: formatDay(new Date(until.getTime() - 1), language) })
      : t("periodOpen", { from: formatDay(from, language) });
  return (
    <section className="card" aria-labelledby="held">
      <h2 id="held">{t("held")}</h2>
      <Table
        heads={[
          ...(withPeople ? [t("columns.person")] : []),
          ...(["role", "office", "period", "state"] as const).map((column) => t(`columns.${column}`)),
          ...(withEnds ? [t("columns.action")] : []),
        ]}
        rows={grants.map((grant) => ({
          key: grant.id,
          cells: [
            ...(withPeople
              ? [
                  <a key="person" href={grant.person?.href}>
                    {grant.person?.name}
                  </a>,
                ]
              : []),
            t(`names.${grant.role}`),
            grant.office ?? t("wholeAgency"),
            periodOf(grant),
            <Badge key="state" tone={tones[grant.state]}>
              {t(`state.${grant.state}`)}
            </Badge>,
            ...(withEnds
              ? [
                  grant.end && (
                    <LinkButton key="end" small variant="second" href={grant.end}>
                      {t(grant.state === "requested" ? "withdraw" : "end")}
                      <span className="sr">: {t(`names.${grant.role}`)}</span>
                    </LinkButton>
                  ),
                ]
              : []),
          ],
        }))}
      />
    </section>
  );
}
