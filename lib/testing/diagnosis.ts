import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { readAccount } from "#lib/helpdesk/account/read-account.ts";
import { diagnose } from "#lib/helpdesk/diagnosis/diagnose.ts";
import type { Finding, FindingCode } from "#lib/helpdesk/diagnosis/findings.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import type { SignedIn, World } from "./new-world.ts";

const looking = new WeakMap<World, SignedIn>();

/** An administrator of the world who looks at accounts, the same one each time; signed in anew, however late it is. */
async function administratorOf(world: World): Promise<SignedIn> {
  const known = looking.get(world);
  const ctx = known ? await world.as({ id: known.actor.accountId }, ["password", "totp"]) : await firstOf(world);
  looking.set(world, ctx);
  return ctx;
}
const firstOf = async (world: World): Promise<SignedIn> => (await world.officer("administrator")).ctx;

/** What the page of an account knows at this moment, as an officer reads it. */
export async function factsOf(world: World, owner: { id: string }): Promise<AccountFacts> {
  const ctx = await administratorOf(world);
  const officer = await officerOf(world.db, ctx);
  if (!officer) throw new Error("The officer has no role");
  const seen = await readAccount(ctx, officer, owner.id);
  if (!seen.ok) throw new Error(`The account cannot be read: ${seen.error}`);
  return seen.value.facts;
}

/** What is found about an account, the likeliest first. */
export async function diagnosisOf(world: World, owner: { id: string }): Promise<[Finding, ...Finding[]]> {
  const facts = await factsOf(world, owner);
  return diagnose(facts, { now: world.now(), domains: facts.office.emailDomains ?? world.ctx.policy.emailDomains });
}

/** Their names alone. */
export const findingsOf = async (world: World, owner: { id: string }): Promise<FindingCode[]> =>
  (await diagnosisOf(world, owner)).map(({ code }) => code);
