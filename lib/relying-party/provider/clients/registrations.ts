import { setTimeout } from "node:timers/promises";
import { run } from "#db/named.ts";
import type { relyingParty } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { lookAgainEvery } from "#lib/kernel/look-again.ts";
import { seconds } from "#lib/kernel/time.ts";

/** How long another instance may not know what was changed of a relying party, where nobody asks for what it does not know. */
const LOOKED_AT_EVERY = seconds(5);
/** Who makes up ids or secrets has the registrations looked at no more often, and no two looks at once. */
const LOOKED_FOR_EVERY = seconds(0.1);
/** A look is waited for on a place among those at work: the rest go by what is known. */
const WAIT_AT_MOST = 8;

type Row = typeof relyingParty.$inferSelect;

/** A relying party as the provider knows it; `secrets` are those that have not ended when it was read. */
export type Registration = Pick<
  Row,
  | "id"
  | "clientId"
  | "name"
  | "ownedByAgency"
  | "redirectUris"
  | "postLogoutRedirectUris"
  | "backchannelLogoutUri"
  | "initiateLoginUri"
  | "minimumLevel"
  | "subjectType"
  | "authMethod"
  | "jwks"
  | "jwksUri"
  | "idTokenAlg"
  | "parRequired"
  | "dpopBound"
> & { secrets: { digest: string; expiresAt: string | null }[] };

// The row's own version does not count its secrets, so what was read is compared as a whole.
const statement = {
  name: "relying_party_registrations",
  // The next look waits for this one, which may not hang with a connection that leads nowhere any more.
  query_timeout: seconds(5),
  text: `select p.id, p.client_id as "clientId", p.name, p.owned_by_agency as "ownedByAgency", p.redirect_uris as "redirectUris",
      p.post_logout_redirect_uris as "postLogoutRedirectUris", p.backchannel_logout_uri as "backchannelLogoutUri",
      p.initiate_login_uri as "initiateLoginUri", p.minimum_level as "minimumLevel", p.subject_type as "subjectType",
      p.auth_method as "authMethod", p.jwks, p.jwks_uri as "jwksUri", p.id_token_alg as "idTokenAlg",
      p.par_required as "parRequired", p.dpop_bound as "dpopBound",
      (select coalesce(jsonb_agg(jsonb_build_object('digest', s.digest, 'expiresAt', s.expires_at) order by s.id), '[]')
        from relying_party_secret s where s.relying_party_id = p.id and (s.expires_at is null or s.expires_at > $1)) as secrets
    from relying_party p where p.disabled_at is null`,
};

type Known = { registration: Registration; written: string };

// The provider, pages and the command line evaluate modules separately; what holds for all of them lies here.
const shared = globalThis as {
  kunciRegistrations?: Map<string, Known>;
  kunciRegistrationsLooks?: { begun: number; taken: number };
};

/**
 * Reads every relying party that is not disabled and goes by it from now on, in this process. Called after a change, so
 * that whoever made it can use it at once. One that did not change stays the same object.
 */
export async function lookAtRegistrations(ctx: Pick<Context, "db" | "now">): Promise<void> {
  shared.kunciRegistrationsLooks ??= { begun: 0, taken: 0 };
  const looks = shared.kunciRegistrationsLooks;
  looks.begun += 1;
  const mine = looks.begun;
  const rows = await run<Registration>(ctx.db, statement, [ctx.now()]);
  // Of two looks at once the older answer may come last.
  if (mine < looks.taken) return;
  looks.taken = mine;
  const before = shared.kunciRegistrations;
  shared.kunciRegistrations = new Map(
    rows.map((registration) => {
      const written = JSON.stringify(registration);
      const known = before?.get(registration.clientId);
      return [registration.clientId, known?.written === written ? known : { registration, written }];
    }),
  );
}

let next: Promise<void> | undefined;
let rested: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * For an id or a secret that is not known here: another instance may have registered it just now. A look that begins after it
 * was asked for, once for all who ask until then; rejects where the database does not answer.
 */
export async function lookForRegistration(ctx: Pick<Context, "db" | "now">): Promise<void> {
  if (waiting === WAIT_AT_MOST) return;
  waiting += 1;
  next ??= rested.then(() => {
    next = undefined;
    const look = lookAtRegistrations(ctx);
    rested = Promise.allSettled([look, setTimeout(LOOKED_FOR_EVERY, undefined, { ref: false })]);
    return look;
  });
  await next.finally(() => {
    waiting -= 1;
  });
}

/** A relying party by its client id, as it was last looked at. */
export const registrationOf = (clientId: string): Registration | undefined =>
  shared.kunciRegistrations?.get(clientId)?.registration;

/** Looks at once and every five seconds, until it is stopped. While the database is away, what was last seen stays. */
export async function followRegistrations(
  ctx: Pick<Context, "db" | "now">,
  failed: (fault: unknown) => void,
): Promise<{ stop: () => void }> {
  await lookAtRegistrations(ctx);
  return lookAgainEvery(LOOKED_AT_EVERY, () => lookAtRegistrations(ctx), failed);
}
