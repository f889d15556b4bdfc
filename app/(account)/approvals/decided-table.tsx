import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Language } from "#lib/kernel/context.ts";
import { writeAmount } from "#lib/relying-party/approval/content/write-amount.ts";
import type { Approval } from "#lib/relying-party/approval/list-approvals.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { looks } from "./looks.ts";
import { approvalPath } from "./paths.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type DecidedTableProps = { approvals: readonly Approval[]; now: Date; language: Language };

/** What was decided, or not in time; each has a page with all that was shown. */
export async function DecidedTable({ approvals, now, language }: DecidedTableProps) {
  const t = await getTranslations("approvals");
  return (
    <section className="card" aria-labelledby="decided">
      <h2 className="h3" id="decided">
        {t("decided")}
      </h2>
      <Table
        className="mt-4"
        heads={[t("heads.what"), t("heads.system"), t("heads.amount"), t("heads.when"), t("heads.state")]}
        rows={approvals.map(({ id, detail, system, decidedAt, expiresAt, state }) => ({
          key: id,
          cells: [
            <>
              <a href={approvalPath(id)}>{detail.title}</a>
              <br />
              <span className="hint">{detail.reference}</span>
            </>,
            system,
            <span key="amount" className="num">
              {detail.amount !== undefined && detail.currency !== undefined
                ? writeAmount(detail.amount, detail.currency, language)
                : "–"}
            </span>,
            capital(formatNear(decidedAt ?? expiresAt, now, language)),
            <Badge key="state" tone={looks[state]}>
              {t(`states.${state}`)}
            </Badge>,
          ],
        }))}
      />
    </section>
  );
}
