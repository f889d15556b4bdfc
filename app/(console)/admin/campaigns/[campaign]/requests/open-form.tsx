import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { MoveRequestShown } from "#lib/campaign/requests/request-rows.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../../../../helpdesk/said.ts";
import { decidePath, requestsPath } from "./paths.ts";
import { matterOf } from "./words-of-request.ts";

type OpenFormProps = Words & {
  campaignId: string;
  requests: readonly MoveRequestShown[];
  /** Every box is ticked, for whoever has no script to do it. */
  all: boolean;
  allHref: string;
};

/** What waits, with a box for each: those that are ticked are opened together, to be read before anything is decided. */
export async function OpenForm({ campaignId, requests, all, allHref, ...words }: OpenFormProps) {
  const t = await getTranslations("moveRequests");
  const heads = ["person", "matter", "askedBy", "since", "turn"] as const;
  return (
    <form method="get" action={`${requestsPath(campaignId)}/decide`} className="card">
      <p className="requests-all">
        <a href={allHref}>{t("tickAll")}</a>
      </p>
      <table className="table" {...tableRoles.table}>
        <thead {...tableRoles.group}>
          <tr {...tableRoles.row}>
            {heads.map((head) => (
              <th key={head} {...tableRoles.head}>
                {t(`heads.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.group}>
          {requests.map((request) => (
            <tr key={request.id} {...tableRoles.row}>
              <td className="lead-cell" data-l={t("heads.person")} {...tableRoles.cell}>
                <span className="register-pick">
                  <input
                    type="checkbox"
                    name="r"
                    value={request.id}
                    defaultChecked={all}
                    aria-label={t("tick", { name: request.person.fullName })}
                  />
                  <span>
                    <a href={decidePath(campaignId, [request.id])}>{request.person.fullName}</a>
                    <br />
                    <span className="hint">{request.person.office}</span>
                  </span>
                </span>
              </td>
              <td data-l={t("heads.matter")} {...tableRoles.cell}>
                <span>{matterOf(words.language, request)}</span>
              </td>
              <td data-l={t("heads.askedBy")} {...tableRoles.cell}>
                <span>{request.askedBy}</span>
              </td>
              <td data-l={t("heads.since")} {...tableRoles.cell}>
                <span>{capital(saidAt(request.requestedAt, words))}</span>
              </td>
              <td data-l={t("heads.turn")} {...tableRoles.cell}>
                <Badge tone={request.hindrance === null ? "warn" : undefined}>
                  {t(request.hindrance === null ? "turns.yours" : request.own ? "turns.own" : "turns.others")}
                </Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="actions">
        <Button>{t("openTicked")}</Button>
      </div>
    </form>
  );
}
