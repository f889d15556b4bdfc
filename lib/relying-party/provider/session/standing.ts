import { type Aal, acrOf, assuranceOf, levelOfAcr, levels, type Proof, reaches } from "#lib/assurance/assurance.ts";
import { requiredLevel } from "#lib/assurance/policy.ts";
import type { Factor } from "#lib/audit/catalogue.ts";
import { before, type Duration, seconds } from "#lib/kernel/time.ts";

export const ACR_VALUES: readonly string[] = levels.map(acrOf);

/** What an authorization request says of how somebody is to be known; strings as they came. */
export type AskedProof = {
  acr_values?: string | undefined;
  max_age?: string | number | undefined;
  prompt?: string | undefined;
  /** The `claims` parameter (OpenID Connect Core §5.5), as text or read. */
  claims?: string | { id_token?: { acr?: AcrClaim | null } } | undefined;
  /** A transaction to be approved (RFC 9396). */
  authorization_details?: string | undefined;
};
type AcrClaim = { essential?: boolean; value?: unknown; values?: unknown };

export type Demand = {
  level: Aal;
  /** Proofs older than this do not count; null: all of the session do. */
  provenSince: Date | null;
  /** The only levels that may be told, where the relying party takes no other. */
  tells: readonly Aal[] | null;
};

/** Where somebody stands towards a demand. Times are whole seconds for `authTime`. */
export type Standing =
  | { enough: true; demand: Demand; level: Aal; acr: string; amr: string[]; authTime: number }
  | { enough: false; demand: Demand; why: "too_weak" | "too_old" };

/** Longer than anybody is signed in for, and short enough that the clock can be turned back by it. */
const LONGEST_AGE = seconds(1_000_000_000);

/** Nobody approves a transaction who is known by one factor alone. */
export const APPROVES_AT: Aal = "aal2";

const known = (values: readonly unknown[]): Aal[] => values.map(levelOfAcr).filter((level) => level !== null);

const weakest = (of: readonly Aal[]): Aal => levels.find((level) => of.includes(level)) ?? "aal1";

function acrClaim(claims: AskedProof["claims"]): AcrClaim {
  const read = typeof claims === "string" ? (JSON.parse(claims) as Exclude<AskedProof["claims"], string>) : claims;
  return read?.id_token?.acr ?? {};
}

const listed = ({ value, values }: AcrClaim): unknown[] => [
  ...(value === undefined ? [] : [value]),
  ...(Array.isArray(values) ? values : []),
];

/** Whether a level is essential to the relying party and none that it names is one of ours. */
export function asksUnknownLevel(claims: AskedProof["claims"]): boolean {
  const claim = acrClaim(claims);
  return claim.essential === true && listed(claim).length > 0 && known(listed(claim)).length === 0;
}

/**
 * What a sign-in at a relying party demands: the highest of its minimum, of the weakest level it names (`acr_values`, or the
 * `acr` claim), of what the account asks for itself, and two factors where a transaction is to be approved. With `max_age` only proofs that were not older when it
 * asked count, with `prompt=login` only those after it asked (OpenID Connect Core §3.1.2.1): whoever takes their time on our
 * pages has not to begin anew. Levels that nobody knows ask for nothing.
 */
export function demandOf(
  asked: AskedProof,
  { minimum, own, askedAt }: { minimum: Aal; own: Aal; askedAt: Date },
): Demand {
  const claim = acrClaim(asked.claims);
  const wished = known([...(asked.acr_values?.split(" ") ?? []), ...(claim.essential ? [] : listed(claim))]);
  const essential = claim.essential ? known(listed(claim)) : [];
  const since = [
    ...(asked.max_age === undefined ? [] : [before(askedAt, ageOf(asked.max_age))]),
    ...(asked.prompt?.split(" ").includes("login") ? [askedAt] : []),
  ].sort((a, b) => b.getTime() - a.getTime());
  return {
    level: requiredLevel({
      portal: weakest(essential),
      relyingParty: requiredLevel({
        portal: minimum,
        relyingParty: weakest(wished),
        ...(asked.authorization_details !== undefined && { console: APPROVES_AT }),
      }),
      account: own,
    }),
    provenSince: since[0] ?? null,
    tells: essential.length > 0 ? essential : null,
  };
}

const ageOf = (asked: string | number): Duration => Math.min(seconds(Number(asked)), LONGEST_AGE) as Duration;

/** How a session's proofs meet a demand, and what a relying party is then told of them. */
export function standingOf(proofs: readonly Proof[], demand: Demand): Standing {
  const since = demand.provenSince;
  const counting = proofs.filter(({ at }) => since === null || new Date(at) >= since);
  const level = assuranceOf(counting);
  if (level === null || !reaches(level, demand.level))
    return { enough: false, demand, why: reaches(assuranceOf(proofs), demand.level) ? "too_old" : "too_weak" };
  return {
    enough: true,
    demand,
    level,
    acr: acrOf(toldLevel(demand.tells, level)),
    amr: amrOf(counting, level),
    authTime: Math.floor(reachedAt(counting, level) / 1_000),
  };
}

/** The strongest of the levels that may be told and that is reached. */
const toldLevel = (tells: readonly Aal[] | null, level: Aal): Aal =>
  levels.filter((each) => tells?.includes(each) && reaches(level, each)).at(-1) ?? level;

/** The moment since which the newer proofs alone reach a level: from then on somebody is known as well as that. */
function reachedAt(proofs: readonly Proof[], level: Aal): number {
  const newestFirst = proofs.map(({ factor, at }) => ({ factor, at: Date.parse(at) })).sort((a, b) => b.at - a.at);
  const last = newestFirst.findIndex((_, i) => reaches(assuranceOf(newestFirst.slice(0, i + 1)), level));
  return newestFirst[last]?.at ?? 0;
}

/** RFC 8176 §2. A passkey may lie in hardware or in software that synchronises it: which, no statement asks for. */
const methods: Readonly<Record<Factor, readonly string[]>> = {
  password: ["pwd"],
  totp: ["otp"],
  recovery_code: ["otp"],
  email_code: ["otp"],
  passkey_verified: ["swk", "user"],
  passkey_present: ["swk"],
  google: [],
};

const amrOf = (proofs: readonly Proof[], level: Aal): string[] => [
  ...new Set([...proofs.flatMap(({ factor }) => methods[factor]), ...(level === "aal1" ? [] : ["mfa"])]),
];
