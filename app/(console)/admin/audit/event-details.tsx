import type { TrailEvent } from "#lib/helpdesk/audit-trail/search-trail.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Everything an event says, as it lies in the trail. */
export async function EventDetails({ event }: { event: TrailEvent }) {
  const t = await getTranslations("audit");
  const parts = {
    id: String(event.id),
    utc: event.at.toISOString(),
    type: event.event.type,
    account: event.whom?.id,
    actor: event.who?.id,
    session: event.sessionId,
    request: event.requestId,
    ip: event.ip,
    device: event.device,
    data: Object.keys(event.data).length > 0 ? JSON.stringify(event.data) : null,
    seal: t(event.sealed ? "isSealed" : "isNotSealed"),
  };
  return (
    <details>
      <summary aria-label={t("detailsOf", { id: String(event.id) })}>{t("details")}</summary>
      <dl>
        {Object.entries(parts).map(
          ([part, value]) =>
            value && (
              <div key={part}>
                <dt>{t(`parts.${part as keyof typeof parts}`)}</dt>
                <dd>{part === "seal" || part === "device" ? value : <code>{value}</code>}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  );
}
