import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { ListedCase } from "#lib/helpdesk/cases/list-cases.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** Open cases; whose decision each is. */
export async function CasesTable({ rows, ...words }: Words & { rows: readonly ListedCase[] }) {
  const t = await getTranslations("cases");
  return (
    <Table
      className="mt-4"
      heads={[t("work.person"), t("work.matter"), t("work.office"), t("work.since"), t("work.turn")]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          <>
            <a key="link" href={`/helpdesk/cases/${row.reference}`}>
              {row.fullName}
            </a>{" "}
            <span className="num muted">{row.reference}</span>
          </>,
          t(`kinds.${row.kind}`),
          row.toOffice ? t("work.transfer", { from: row.office, to: row.toOffice }) : row.office,
          capital(saidAt(row.openedAt, words)),
          <Badge key="turn" tone={row.decides && !row.proposed ? "warn" : undefined}>
            {t(row.proposed ? "work.second" : row.decides ? "work.yours" : "work.others")}
          </Badge>,
        ],
      }))}
    />
  );
}
