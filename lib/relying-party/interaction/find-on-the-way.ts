import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { type Enrolled, enrolledColumns } from "#lib/assurance/enrolled.ts";
import { ownDemand } from "#lib/assurance/policy.ts";
import type { Context } from "#lib/kernel/context.ts";
import { standingTowards } from "../approval/decide/standing-towards.ts";
import { findApprovalAsked } from "../approval/find-approval-asked.ts";
import type { RoleName } from "../launchpad/list-systems.ts";
import { mayOpen, roleNamesColumn } from "../may-open.ts";
import { type Consented, isToAgree, knownScopes, scopesOfClaims } from "../provider/claims/claims.ts";
import { subjectAt } from "../provider/claims/subject.ts";
import { findInteraction, type KeptInteraction } from "../provider/records/interaction-record.ts";
import { demandOf, standingOf } from "../provider/session/standing.ts";
import { claimsAsked, subjectsMeant } from "./claims-asked.ts";
import { findSystem, type System } from "./find-system.ts";
import { type NextStep, type NoAccess, nextStep, type OnTheWay } from "./next-step.ts";

/** Whoever is signed in, as pages show it to them before a system of others is told. */
export type Shown = {
  accountId: string;
  fullName: string;
  officialEmail: string;
  officeName: string;
  /** Those in the system. */
  roles: readonly RoleName[];
};

/** Where a browser stands on its way to a system. `person`: nobody is signed in where null. */
export type Way = { next: NextStep } & (
  | { kept: KeptInteraction; system: System; person: Shown | null }
  | { kept: null; system: null; person: null }
);

const gone: Way = { kept: null, system: null, person: null, next: { step: "expired" } };

/**
 * What comes next on the way to a system, by the id of its request, for whoever is signed in. The provider gave the browser in
 * which it was begun a cookie with its id (`held`): in any other there is no such request. Two statements, a third where
 * somebody is signed in, and a fourth where the system asks about a transaction.
 */
export async function findOnTheWay(
  ctx: Context,
  { uid, held }: { uid: string; held: string | undefined },
  session: { accountId: string; proofs: readonly Proof[] } | null,
): Promise<Way> {
  const kept = held === uid ? await findInteraction(ctx, uid) : null;
  const system = kept && (await findSystem(ctx, kept));
  if (!kept || !system) return gone;
  const [found, approval] = session
    ? await Promise.all([findPerson(ctx, session.accountId, system), findAsked(ctx, kept, system)])
    : [null, null];
  const person = session && found && personOf(ctx, { kept, system, found, approval, proofs: session.proofs });
  return {
    kept,
    system,
    person: found,
    next: nextStep({ request: kept, person }),
  };
}

type Found = Shown &
  Enrolled &
  Consented & {
    subject: string;
    pairwiseSeed: string;
    isConfirmed: boolean;
    mayOpen: boolean;
  };

const personStatement = {
  name: "interaction_person",
  text: `select a.id as "accountId", a.full_name as "fullName", a.official_email as "officialEmail", o.name as "officeName",
      ${roleNamesColumn("a", "p", "$3")} as roles, a.subject, a.pairwise_seed as "pairwiseSeed",
      a.staff_confirmed_at is not null as "isConfirmed",
      ${mayOpen("a", "p", "$3")} as "mayOpen", c.scopes as consented, c.given_at as "consentedAt", ${enrolledColumns("a.id")}
    from account a join office o on o.id = a.office_id join relying_party p on p.id = $2
      left join consent c on c.account_id = a.id and c.relying_party_id = p.id and c.withdrawn_at is null
    where a.id = $1`,
};

async function findPerson(ctx: Context, accountId: string, system: System): Promise<Found | null> {
  const [found] = await run<Found>(ctx.db, personStatement, [accountId, system.id, ctx.now()]);
  return found ?? null;
}

type Approval = NonNullable<OnTheWay["person"]>["approval"];

/** How whoever is signed in stands towards the transaction that is asked about. One that was never pushed is one that is over. */
async function findAsked(ctx: Context, { params }: KeptInteraction, system: System): Promise<Approval> {
  const { authorization_details: parameter } = params;
  const { actor } = ctx;
  if (parameter === undefined || actor.kind !== "account") return null;
  const found = await findApprovalAsked(ctx, { parameter, relyingPartyId: system.id }, actor.accountId);
  if (!found) return { is: "not_theirs", why: "expired", approvalId: "" };
  return { ...standingTowards(found, { ...actor, now: ctx.now() }), approvalId: found.id };
}

type Looked = {
  kept: KeptInteraction;
  system: System;
  found: Found;
  approval: Approval;
  proofs: readonly Proof[];
};

function personOf(ctx: Context, { kept, system, found, approval, proofs }: Looked): NonNullable<OnTheWay["person"]> {
  const own = ownDemand(found, ctx.policy);
  const demand = demandOf(kept.params, { minimum: system.minimumLevel, own, askedAt: kept.startedAt });
  const meant = subjectsMeant(kept.params);
  return {
    isMeant: meant.every((subject) => subject === subjectAt(found, system)),
    refusal: refusalOf(system, found),
    standing: standingOf(proofs, demand),
    enrolled: found,
    toAgreeTo: scopesToAgreeTo(kept, system, found),
    approval,
  };
}

function refusalOf(system: System, { isConfirmed, mayOpen }: Found): NoAccess | null {
  if (system.isDisabled) return "disabled";
  if (!isConfirmed) return "awaiting_confirmation";
  return mayOpen ? null : "no_role";
}

/** As the provider asks for it: once for all, or since it asked (`prompt=consent`); of systems of the agency never. */
function scopesToAgreeTo(kept: KeptInteraction, system: System, found: Found): string[] | null {
  if (system.ownedByAgency) return null;
  const { params, startedAt } = kept;
  const asked = [...new Set([...knownScopes(params.scope), ...scopesOfClaims(claimsAsked(params))])];
  const since = params.prompt?.split(" ").includes("consent") ? startedAt : null;
  return isToAgree(asked, found, since) ? asked : null;
}
