import { run } from "#db/named.ts";
import type { relyingParty } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { findInteraction, type KeptInteraction } from "../provider/records/interaction-record.ts";

/** A system that somebody is on the way to. */
export type System = Pick<
  typeof relyingParty.$inferSelect,
  "id" | "name" | "owner" | "ownedByAgency" | "minimumLevel" | "subjectType" | "redirectUris"
> & { isDisabled: boolean; hasLogo: boolean; version: number };

const findStatement = {
  name: "interaction_system",
  text: `select id, name, owner, owned_by_agency as "ownedByAgency", minimum_level as "minimumLevel",
      subject_type as "subjectType", redirect_uris as "redirectUris", disabled_at is not null as "isDisabled",
      logo is not null as "hasLogo", version
    from relying_party where client_id = $1`,
};

/** The system whose request it is; null where it is gone. */
export async function findSystem(ctx: Pick<Context, "db">, { params }: KeptInteraction): Promise<System | null> {
  if (params.client_id === undefined) return null;
  const [found] = await run<System>(ctx.db, findStatement, [params.client_id]);
  return found ?? null;
}

const UID = /^[\w-]{10,64}$/;
const BEGINNING = "/interaction/";

/** Whether a value from outside could be the id of a request. */
export const isUid = (value: string): boolean => UID.test(value);

/** The id of a request in the path that leads back to it; null of any other path. */
function uidIn(path: string | null): string | null {
  const uid = path?.startsWith(BEGINNING) ? path.slice(BEGINNING.length) : null;
  return uid !== null && isUid(uid) ? uid : null;
}

/** Where a request of a system is answered. */
export const wayOf = (uid: string): `/interaction/${string}` => `/interaction/${uid}`;

/** The system that a sign-in leads to, by the path it comes back to; null where that is none, or over. */
export async function findSystemOfPath(
  ctx: Pick<Context, "db" | "now" | "keys">,
  returnTo: string | null,
): Promise<System | null> {
  const uid = uidIn(returnTo);
  const kept = uid && (await findInteraction(ctx, uid));
  return kept ? findSystem(ctx, kept) : null;
}
