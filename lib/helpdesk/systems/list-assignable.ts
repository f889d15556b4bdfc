import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

export type AssignableRole = { id: string; nameMs: string; nameEn: string };
export type AssignableSystem = { id: string; name: string; openToAll: boolean; roles: readonly AssignableRole[] };

const statement = {
  name: "systems_assignable",
  text: `select p.id, p.name, p.open_to_all as "openToAll",
      jsonb_agg(jsonb_build_object('id', r.id, 'nameMs', r.name_ms, 'nameEn', r.name_en) order by r.key) as "roles"
    from relying_party p join relying_party_role r on r.relying_party_id = p.id
    where p.disabled_at is null and r.retired_at is null group by p.id order by p.name, p.id`,
};

/** The systems in use that declare roles, each with those that can be given. */
export const listAssignable = (ctx: Pick<Context, "db">): Promise<AssignableSystem[]> =>
  run<AssignableSystem>(ctx.db, statement, []);
