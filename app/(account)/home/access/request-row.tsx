import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { AccessRequest } from "#lib/relying-party/access/list-access-requests.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { withdrawRequest } from "./actions.ts";

type RequestRowProps = { request: AccessRequest; now: Date; language: Language };

/** A request that waits, or why it was refused. */
export async function RequestRow({ request, now, language }: RequestRowProps) {
  const t = await getTranslations("launchpad.access");
  const { id, relyingPartyId, system, state, requestedAt, decidedAt, note, refusal } = request;
  const waits = state === "open";
  return (
    <li className="item connected">
      <Chip icon={waits ? "clock" : "info"} tone={waits ? "plain" : "warn"} />
      <div>
        <p className="what">
          {system}
          <Badge tone={waits ? "info" : "warn"}>{t(waits ? "waiting" : "refused")}</Badge>
        </p>
        <p className="meta">
          <span>{t("askedAt", { at: formatNear(requestedAt, now, language) })}</span>
          {decidedAt && <span>{t("decidedAt", { at: formatNear(decidedAt, now, language) })}</span>}
        </p>
        <dl className="given">
          {note && (
            <div>
              <dt>{t("note")}</dt>
              <dd className="own-words">{note}</dd>
            </div>
          )}
          {refusal && (
            <div>
              <dt>{t("why")}</dt>
              <dd className="own-words">{refusal}</dd>
            </div>
          )}
        </dl>
      </div>
      {waits ? (
        <form action={withdrawRequest} className="do">
          <input type="hidden" name="requestId" value={id} />
          <input type="hidden" name="systemId" value={relyingPartyId} />
          <Submit variant="quiet" small busy={t("withdrawing")}>
            {t("withdraw")}
            <span className="sr">: {system}</span>
          </Submit>
        </form>
      ) : (
        <div className="do">
          <LinkButton variant="quiet" small href={`/home/access/${relyingPartyId}`}>
            {t("askAgain")}
            <span className="sr">: {system}</span>
          </LinkButton>
        </div>
      )}
    </li>
  );
}
