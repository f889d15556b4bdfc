import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mayOpen } from "../may-open.ts";
import type { System } from "./list-systems.ts";

/** A system that somebody may not open and can ask their office for. */
export type AskableSystem = Pick<
  System,
  "id" | "name" | "descriptionMs" | "descriptionEn" | "category" | "hasLogo" | "version"
>;

const listStatement = {
  name: "systems_to_ask_for",
  text: `select p.id, p.name, p.description_ms as "descriptionMs", p.description_en as "descriptionEn", p.category,
      p.logo is not null as "hasLogo", p.version
    from account a cross join relying_party p
    where a.id = $1 and a.staff_confirmed_at is not null and p.disabled_at is null and not ${mayOpen("a", "p", "$2")}
      and exists (select 1 from relying_party_role r where r.relying_party_id = p.id and r.retired_at is null)
    order by lower(p.name), p.id`,
};

/** Every system that somebody whom their office has confirmed can ask it for, by name. */
export const listAskableSystems = (ctx: Pick<Context, "db" | "now">, accountId: string): Promise<AskableSystem[]> =>
  run<AskableSystem>(ctx.db, listStatement, [accountId, ctx.now()]);
