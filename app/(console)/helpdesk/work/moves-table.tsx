import { Table } from "#components/ui/table.tsx";
import type { MoveWork } from "#lib/campaign/requests/count-requests.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { requestsPath } from "../../admin/campaigns/[campaign]/requests/paths.ts";
import { capital, saidAt, type Words } from "../said.ts";

/** What waits in each campaign: decided together on its own page. */
export async function MovesTable({ rows, ...words }: Words & { rows: readonly MoveWork[] }) {
  const t = await getTranslations("moveRequests.work");
  return (
    <Table
      className="mt-4"
      heads={[t("campaign"), t("waiting"), t("since")]}
      rows={rows.map(({ campaignId, nameMs, nameEn, waiting, longestSince }) => ({
        key: campaignId,
        cells: [
          <a key="link" href={requestsPath(campaignId)}>
            {words.language === "ms" ? nameMs : nameEn}
          </a>,
          waiting,
          capital(saidAt(longestSince, words)),
        ],
      }))}
    />
  );
}
