import { run } from "#db/named.ts";
import type { AuditEvent, RelyingPartyReason } from "#lib/audit/catalogue.ts";
import { tellWritten } from "#lib/audit/hear-events.ts";
import { eventColumns, eventJson, eventRecord } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { System } from "./find-system.ts";

const noteStatement = {
  name: "interaction_note_refusal",
  text: `insert into audit_event (${eventColumns}) select ${eventColumns} from jsonb_to_record($1::jsonb) as ${eventRecord}
    where not exists (
      select 1 from audit_event e where e.account_id = $2 and e.type = 'relying_party.refused' and e.at >= $3
        and e.data ->> 'relyingPartyId' = $4 and e.data ->> 'reason' = $5
    ) returning true as noted`,
};

/**
 * Writes to the trail that a system was not opened to whoever is signed in, and why: once for a request of the system,
 * however often its page is looked at.
 */
export async function noteRefusal(
  ctx: Context,
  system: Pick<System, "id" | "name">,
  { reason, since }: { reason: RelyingPartyReason; since: Date },
): Promise<void> {
  if (ctx.actor.kind !== "account") return;
  const { accountId } = ctx.actor;
  const event: AuditEvent = {
    type: "relying_party.refused",
    accountId,
    relyingPartyId: system.id,
    system: system.name,
    reason,
  };
  const noted = await run(ctx.db, noteStatement, [
    JSON.stringify(eventJson(ctx, event)),
    accountId,
    since,
    system.id,
    reason,
  ]);
  if (noted.length > 0) tellWritten([event]);
}
