import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mayOpen, roleNamesColumn } from "../may-open.ts";

export type RoleName = { nameMs: string; nameEn: string };

/** A system as the person sees it who may open it. */
export type System = {
  id: string;
  name: string;
  descriptionMs: string | null;
  descriptionEn: string | null;
  category: string | null;
  hasLogo: boolean;
  /** One more with each change: a logo is kept by browsers under it. */
  version: number;
  /** Whether the portal knows where it is: else it can be opened from its own address alone. */
  starts: boolean;
  /** Those that the person holds now; none where it is open to all of the staff. */
  roles: readonly RoleName[];
  /** When they last signed in to it or it last used what that gave it; null where never, as far as is kept. */
  lastUsedAt: Date | null;
};

// The picture itself stays in its own table of the database: only whether there is one is read.
const listStatement = {
  name: "systems_of_account",
  text: `select p.id, p.name, p.description_ms as "descriptionMs", p.description_en as "descriptionEn", p.category,
      p.logo is not null as "hasLogo", p.version, coalesce(p.initiate_login_uri, p.start_uri) is not null as "starts",
      ${roleNamesColumn("a", "p", "$2")} as "roles",
      (select max(s.last_used_at) from relying_party_session s where s.account_id = a.id and s.relying_party_id = p.id) as "lastUsedAt"
    from account a cross join relying_party p
    where a.id = $1 and ${mayOpen("a", "p", "$2")}`,
};

/** Every system that somebody may open, in no order: `groupSystems` puts them into one. */
export const listSystems = (ctx: Pick<Context, "db" | "now">, accountId: string): Promise<System[]> =>
  run<System>(ctx.db, listStatement, [accountId, ctx.now()]);
