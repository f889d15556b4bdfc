import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

export type MoveRole = { id: string; system: string; nameMs: string; nameEn: string };

const statement = {
  name: "move_request_roles",
  text: `select r.id, p.name as "system", r.name_ms as "nameMs", r.name_en as "nameEn"
    from relying_party_role r join relying_party p on p.id = r.relying_party_id
    where p.disabled_at is null and r.retired_at is null and p.id in (
      select of.relying_party_id from campaign_target t join relying_party_role of on of.id = t.role_id where t.campaign_id = $1)
    order by p.name, r.key, r.id`,
};

/** The roles that may be asked for in a campaign: of the systems that it is about. */
export const listMoveRoles = (ctx: Pick<Context, "db">, campaignId: string): Promise<MoveRole[]> =>
  run<MoveRole>(ctx.db, statement, [campaignId]);
