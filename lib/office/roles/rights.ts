import { type Role, roles } from "#db/schema/roles.ts";
import type { Grant } from "#lib/session/grants-in-force.ts";

export type { Grant };

/** Somebody with roles, at work in a session. */
export type Officer = { accountId: string; sessionId: string; grants: readonly Grant[] };

const everyOfficer = roles;
const helpers = ["helpdesk", "sa", "ap", "administrator"] as const;
const leaders = ["sa", "ap", "administrator"] as const;
const heads = ["ap", "administrator"] as const;

/**
 * What each role may do, in the offices it is held for. What stands beside no role, nobody may. A right whose name ends in
 * `view`, `read` or `export` changes nothing; every other is used on accounts of lower rank alone.
 */
export const rights = {
  "account.view": everyOfficer,
  "insights.view": everyOfficer,
  "account.export": ["sa", "ap", "administrator", "auditor"],
  "identity.unmask": helpers,
  "activation.resend": helpers,
  "mailbox.correct": helpers,
  "account.unlock": helpers,
  "sessions.end": helpers,
  "caller.check": helpers,
  "reset.request": helpers,
  "reset.decide": helpers,
  "case.answer": helpers,
  "registration.void": leaders,
  "staff.confirm": leaders,
  "account.suspend": leaders,
  "account.reinstate": leaders,
  "correction.request": leaders,
  "correction.decide": leaders,
  "leaver.decide": leaders,
  "role.request": leaders,
  "system.assign": leaders,
  "campaign.view": everyOfficer,
  "campaign.export": ["sa", "ap", "administrator", "auditor"],
  "campaign.remind": leaders,
  "move.request": leaders,
  "move.decide": heads,
  "token.view": everyOfficer,
  "token.handle": leaders,
  "onsite.manage": leaders,
  "onsite.check_in": helpers,
  "presence.verify": helpers,
  "account.close": heads,
  "reopen.request": heads,
  "reopen.decide": heads,
  "role.decide": heads,
  "register.import": ["administrator"],
  "register.invite": ["administrator"],
  "admin.view": ["administrator", "auditor"],
  "admin.change": ["administrator"],
  "audit.read": ["administrator", "auditor"],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof rights;

/**
 * administrator > AP > SA > helpdesk > staff. An auditor sees everything, so only administrators may change theirs.
 */
const rankOf = { staff: 0, helpdesk: 1, sa: 2, auditor: 3, ap: 3, administrator: 4 } as const satisfies Record<
  Role | "staff",
  number
>;

/** The rank of somebody by all the roles they hold. */
export const rank = (grants: readonly Pick<Grant, "role">[]): number =>
  Math.max(rankOf.staff, ...grants.map(({ role }) => rankOf[role]));

const grantsWith = (officer: Officer, right: Right): Grant[] =>
  officer.grants.filter(({ role }) => (rights[right] as readonly Role[]).includes(role));

/** Whether somebody holds a right anywhere at all. */
export const holds = (officer: Officer, right: Right): boolean => grantsWith(officer, right).length > 0;

/** Where a right reaches: the whole agency, or these offices; no office at all where it is not held. */
export type Scope = { all: true } | { all: false; offices: readonly string[] };

export function scopeOf(officer: Officer, right: Right): Scope {
  const offices = grantsWith(officer, right).map(({ officeId }) => officeId);
  if (offices.includes(null)) return { all: true };
  return { all: false, offices: [...new Set(offices.filter((id) => id !== null))] };
}

export const reachesOffice = (scope: Scope, officeId: string): boolean => scope.all || scope.offices.includes(officeId);

/**
 * A scope as a statement's parameter, null for the whole agency: `scopeCondition("a.office_id", "$3")` is then true where
 * it reaches. A scope of no office reaches nothing.
 */
export const scopeParameter = (scope: Scope): readonly string[] | null => (scope.all ? null : scope.offices);
export const scopeCondition = (column: string, parameter: string): string =>
  `(${parameter}::uuid[] is null or ${column} = any(${parameter}::uuid[]))`;

/** The rank of an officer where a right is used: a role in another office gives none here. */
const rankIn = (officer: Officer, right: Right, officeId: string): number =>
  rank(grantsWith(officer, right).filter((grant) => grant.officeId === null || grant.officeId === officeId));

/** Whom something is done to. `grants`: all that give them their rank, wherever; also roles that are to come. */
export type Target = { accountId: string; officeId: string; grants: readonly Pick<Grant, "role">[] };

const changesNothing = (right: Right): boolean => /\.(view|read|export)$/.test(right);

/** Rights whose use gives nobody a hold on an account or a role of this portal: they are used among equals as well. */
const amongPeers: ReadonlySet<Right> = new Set([
  "system.assign",
  "move.request",
  "move.decide",
  "token.handle",
  "onsite.manage",
  "onsite.check_in",
]);

/**
 * Whether an officer may use a right on somebody's account. `not_found`: it lies outside their offices, or they have no
 * such right, and then it does not exist for them. `outranked`: it is their own, or of equal or higher rank. Two
 * administrators together may reset a third: for `reset.*` and `role.*` an administrator reaches administrators, and the
 * second person is another; whom they speak with they may check, too.
 */
export function judge(officer: Officer, right: Right, target: Target): "allowed" | "not_found" | "outranked" {
  if (!reachesOffice(scopeOf(officer, right), target.officeId)) return "not_found";
  if (changesNothing(right)) return "allowed";
  if (officer.accountId === target.accountId) return "outranked";
  const own = rankIn(officer, right, target.officeId);
  const theirs = rank(target.grants);
  if (theirs < own || (theirs === own && amongPeers.has(right))) return "allowed";
  const together = right.startsWith("reset.") || right.startsWith("role.") || right === "caller.check";
  return own === rankOf.administrator && together ? "allowed" : "outranked";
}

/** The roles an officer may ask to have granted in an office, or for the whole agency (null). */
export function grantable(officer: Officer, officeId: string | null): Role[] {
  const own =
    officeId === null
      ? rank(officer.grants.filter((grant) => grant.officeId === null && grant.role === "administrator"))
      : rankIn(officer, "role.request", officeId);
  return roles.filter((role) => {
    if ((officeId === null) !== isAgencyWide(role)) return false;
    return own === rankOf.administrator || rankOf[role] < own;
  });
}

/** Roles that are held for the whole agency; the others for one office each. */
export const isAgencyWide = (role: Role): boolean => role === "administrator" || role === "auditor";

/** Granting these takes a second person. */
export const needsSecondPerson = (role: Role): boolean => role === "sa" || role === "ap" || role === "administrator";

/** Whether a value from outside names a role. */
export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);
