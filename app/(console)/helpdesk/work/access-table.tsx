import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { AccessAsked } from "#lib/helpdesk/systems/list-access-work.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { accessRequestPath } from "../accounts/[account]/paths.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** Who asks for which system; whose decision each is. */
export async function AccessTable({ rows, ...words }: Words & { rows: readonly AccessAsked[] }) {
  const t = await getTranslations("cases.work");
  return (
    <Table
      className="mt-4"
      heads={[t("person"), t("system"), t("office"), t("since"), t("turn")]}
      rows={rows.map(({ id, fullName, system, office, requestedAt, decides }) => ({
        key: id,
        cells: [
          <a key="link" href={accessRequestPath(id)}>
            {fullName}
          </a>,
          system,
          office,
          capital(saidAt(requestedAt, words)),
          <Badge key="turn" tone={decides ? "warn" : undefined}>
            {t(decides ? "yours" : "others")}
          </Badge>,
        ],
      }))}
    />
  );
}
