import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { type Enrolled, enrolledColumns } from "#lib/assurance/enrolled.ts";
import { ownDemand } from "#lib/assurance/policy.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mayOpen } from "../may-open.ts";
import { knownScopes, scopesOfClaims } from "../provider/claims.ts";
import { findInteraction, type KeptInteraction } from "../provider/interaction-record.ts";
import { demandOf, standingOf } from "../provider/standing.ts";
import { subjectAt } from "../provider/subject.ts";
import { claimsAsked, subjectsMeant } from "./claims-asked.ts";
import { findSystem, type System } from "./find-system.ts";
import { type NextStep, type NoAccess, nextStep, type OnTheWay } from "./next-step.ts";

/** Whoever is signed in, as pages show it to them before a system of others is told. */
export type Shown = {
  accountId: string;
  fullName: string;
  officialEmail: string;
  officeName: string /** Of the system, in the reader's language. */;
  roles: string[];
};

/** Where a browser stands on its way to a system. `person`: nobody is signed in where null. */
export type Way = { next: NextStep } & (
  | { kept: KeptInteraction; system: System; person: Shown | null }
  | { kept: null; system: null; person: null }
);

const gone: Way = { kept: null, system: null, person: null, next: { step: "expired" } };

/**
 * What comes next on the way to a system, by the id of its request that the browser's cookie holds, for whoever is signed in.
 * Two statements, and a third where somebody is.
 */
export async function findOnTheWay(
  ctx: Context,
  uid: string,
  session: { accountId: string; proofs: readonly Proof[] } | null,
): Promise<Way> {
  const kept = await findInteraction(ctx, uid);
  const system = kept && (await findSystem(ctx, kept));
  if (!kept || !system) return gone;
  const found = session && (await findPerson(ctx, session.accountId, system));
  const person = session && found && personOf(ctx, { kept, system, found, proofs: session.proofs });
  return {
    kept,
    system,
    person: found,
    next: nextStep({ request: kept, person }),
  };
}

type Found = Shown &
  Enrolled & {
    subject: string;
    pairwiseSeed: string;
    isConfirmed: boolean;
    mayOpen: boolean;
    consented: string[] | null;
    consentedAt: Date | null;
  };

const personStatement = {
  name: "interaction_person",
  text: `select a.id as "accountId", a.full_name as "fullName", a.official_email as "officialEmail", o.name as "officeName",
      array(select case when $4 then r.name_en else r.name_ms end from relying_party_role_grant g join relying_party_role r on r.id = g.role_id
        where g.account_id = a.id and r.relying_party_id = p.id and g.ended_at is null and r.retired_at is null
          and g.from_at <= $3 and (g.until_at is null or g.until_at > $3) order by r.key) as roles,
      a.subject, a.pairwise_seed as "pairwiseSeed", a.staff_confirmed_at is not null as "isConfirmed",
      ${mayOpen("a", "p", "$3")} as "mayOpen", c.scopes as consented, c.given_at as "consentedAt", ${enrolledColumns("a.id")}
    from account a join office o on o.id = a.office_id join relying_party p on p.id = $2
      left join consent c on c.account_id = a.id and c.relying_party_id = p.id and c.withdrawn_at is null
    where a.id = $1`,
};

async function findPerson(ctx: Context, accountId: string, system: System): Promise<Found | null> {
  const [found] = await run<Found>(ctx.db, personStatement, [
    accountId,
    system.id,
    ctx.now(),
    ctx.request.language === "en",
  ]);
  return found ?? null;
}

type Looked = { kept: KeptInteraction; system: System; found: Found; proofs: readonly Proof[] };

function personOf(ctx: Context, { kept, system, found, proofs }: Looked): NonNullable<OnTheWay["person"]> {
  const own = ownDemand(found, ctx.policy);
  const demand = demandOf(kept.params, { minimum: system.minimumLevel, own, askedAt: kept.startedAt });
  const meant = subjectsMeant(kept.params);
  return {
    isMeant: meant.every((subject) => subject === subjectAt(found, system)),
    refusal: refusalOf(system, found),
    standing: standingOf(proofs, demand),
    enrolled: found,
    toAgreeTo: scopesToAgreeTo(kept, system, found),
  };
}

function refusalOf(system: System, { isConfirmed, mayOpen }: Found): NoAccess | null {
  if (system.isDisabled) return "disabled";
  if (!isConfirmed) return "awaiting_confirmation";
  return mayOpen ? null : "no_role";
}

/** As the provider asks for it: once for all, or since it asked (`prompt=consent`); of systems of the agency never. */
function scopesToAgreeTo(kept: KeptInteraction, system: System, { consented, consentedAt }: Found): string[] | null {
  if (system.ownedByAgency) return null;
  const { params, startedAt } = kept;
  const asked = [...new Set([...knownScopes(params.scope), ...scopesOfClaims(claimsAsked(params))])];
  const again = params.prompt?.split(" ").includes("consent") && (consentedAt === null || consentedAt < startedAt);
  return again || asked.some((scope) => !consented?.includes(scope)) ? asked : null;
}
