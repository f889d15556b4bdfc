import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { MoveRequestShown } from "#lib/campaign/requests/request-rows.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../../../../helpdesk/said.ts";
import { decidePath } from "./paths.ts";
import { stateLook } from "./state-look.ts";
import { matterOf } from "./words-of-request.ts";

type DecidedTableProps = Words & { campaignId: string; requests: readonly MoveRequestShown[] };

/** What was decided, by whom, and why not. */
export async function DecidedTable({ campaignId, requests, ...words }: DecidedTableProps) {
  const t = await getTranslations("moveRequests");
  return (
    <section className="card" aria-label={t("lists.decided")}>
      <Table
        heads={[
          t("heads.person"),
          t("heads.matter"),
          t("heads.askedBy"),
          t("heads.decidedBy"),
          t("heads.when"),
          t("heads.state"),
        ]}
        rows={requests.map((request) => ({
          key: request.id,
          cells: [
            <>
              <a href={decidePath(campaignId, [request.id])}>{request.person.fullName}</a>
              <br />
              <span className="hint">{request.person.office}</span>
            </>,
            matterOf(words.language, request),
            request.askedBy,
            request.decidedBy ?? t("nobody"),
            request.decidedAt ? capital(saidAt(request.decidedAt, words)) : "",
            <>
              <Badge tone={stateLook[request.state]}>{t(`states.${request.state}`)}</Badge>
              {request.refusal && <span className="requests-why">{request.refusal}</span>}
            </>,
          ],
        }))}
      />
    </section>
  );
}
