import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { ListedRequest } from "#lib/helpdesk/two-officers/list-requests.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** What waits for a second officer; one that its owner stopped is looked into. */
export async function RequestsTable({ rows, ...words }: Words & { rows: readonly ListedRequest[] }) {
  const t = await getTranslations("cases");
  return (
    <Table
      className="mt-4"
      heads={[t("work.person"), t("work.matter"), t("work.askedBy"), t("work.until"), t("work.turn")]}
      rows={rows.map(({ id, kind, fullName, askedBy, expiresAt, stoppedAt, own }) => ({
        key: id,
        cells: [
          <a key="link" href={`/helpdesk/requests/${id}`}>
            {fullName}
          </a>,
          t(`requestKinds.${kind}`),
          askedBy,
          capital(saidAt(expiresAt, words)),
          <Badge key="turn" tone={stoppedAt ? "bad" : own ? undefined : "warn"}>
            {t(stoppedAt ? "work.stopped" : own ? "work.others" : "work.yours")}
          </Badge>,
        ],
      }))}
    />
  );
}
