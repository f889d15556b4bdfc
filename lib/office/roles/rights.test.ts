import { describe, expect, test } from "vitest";
import { type Role, roles } from "#db/schema/roles.ts";
import { grantable, holds, judge, type Officer, type Right, rank, rights, scopeOf, type Target } from "./rights.ts";

const HERE = "here";
const THERE = "there";

const officer = (...grants: [Role, string | null][]): Officer => ({
  accountId: "officer",
  sessionId: "session",
  grants: grants.map(([role, officeId]) => ({ role, officeId })),
});
const whole = (role: Role): string | null => (role === "administrator" || role === "auditor" ? null : HERE);
const somebody = (role: Role | "staff", officeId = HERE): Target => ({
  accountId: "somebody",
  officeId,
  grants: role === "staff" ? [] : [{ role }],
});
const ladder = ["staff", "helpdesk", "sa", "auditor", "ap", "administrator"] as const;
const everyRight = Object.keys(rights) as Right[];

/**
 * The whole matrix in one table, stated independently of the code: what a role may do to staff of its own office
 * (`h` helpdesk, `s` SA, `p` AP, `a` administrator, `u` auditor).
 */
const matrix: Record<Right, string> = {
  "account.view": "hspau",
  "insights.view": "hspau",
  "account.export": "spau",
  "identity.unmask": "hspa",
  "activation.resend": "hspa",
  "mailbox.correct": "hspa",
  "account.unlock": "hspa",
  "sessions.end": "hspa",
  "caller.check": "hspa",
  "reset.request": "hspa",
  "reset.decide": "hspa",
  "case.answer": "hspa",
  "registration.void": "spa",
  "staff.confirm": "spa",
  "account.suspend": "spa",
  "account.reinstate": "spa",
  "correction.request": "spa",
  "correction.decide": "spa",
  "leaver.decide": "spa",
  "role.request": "spa",
  "system.assign": "spa",
  "campaign.view": "hspau",
  "campaign.export": "spau",
  "campaign.remind": "spa",
  "move.request": "spa",
  "move.decide": "pa",
  "token.view": "hspau",
  "token.handle": "spa",
  "onsite.manage": "spa",
  "onsite.check_in": "hspa",
  "presence.verify": "hspa",
  "account.close": "pa",
  "reopen.request": "pa",
  "reopen.decide": "pa",
  "role.decide": "pa",
  "register.import": "a",
  "register.invite": "a",
  "admin.view": "au",
  "admin.change": "a",
  "audit.read": "au",
};
const letters: Record<Role, string> = { helpdesk: "h", sa: "s", ap: "p", administrator: "a", auditor: "u" };
const views = new Set<Right>([
  "account.view",
  "insights.view",
  "account.export",
  "admin.view",
  "audit.read",
  "campaign.view",
  "campaign.export",
  "token.view",
]);
const amongPeers = new Set<Right>([
  "system.assign",
  "move.request",
  "move.decide",
  "token.handle",
  "onsite.manage",
  "onsite.check_in",
]);
const ranks: Record<(typeof ladder)[number], number> = {
  staff: 0,
  helpdesk: 1,
  sa: 2,
  auditor: 3,
  ap: 3,
  administrator: 4,
};

/** Independent statement of who may do what to whom, where. */
function expected(role: Role, right: Right, target: (typeof ladder)[number], inOffice: boolean): string {
  if (!matrix[right].includes(letters[role])) return "not_found";
  if (!inOffice && role !== "administrator" && role !== "auditor") return "not_found";
  if (views.has(right)) return "allowed";
  const together = right.startsWith("reset.") || right.startsWith("role.") || right === "caller.check";
  if (amongPeers.has(right) && ranks[target] === ranks[role]) return "allowed";
  if (role === "administrator" && target === "administrator") return together ? "allowed" : "outranked";
  return ranks[target] < ranks[role] ? "allowed" : "outranked";
}

const cases = roles.flatMap((role) =>
  everyRight.flatMap((right) =>
    ladder.flatMap((target) => [true, false].map((inOffice) => ({ role, right, target, inOffice }))),
  ),
);

test(`the whole matrix role × right × rank × scope (${cases.length} cells) is as the table says`, () => {
  const wrong = cases.filter(
    ({ role, right, target, inOffice }) =>
      judge(officer([role, whole(role)]), right, somebody(target, inOffice ? HERE : THERE)) !==
      expected(role, right, target, inOffice),
  );
  expect(wrong).toEqual([]);
});

test("nobody changes their own account as an officer, whatever they hold", () => {
  const all = officer(...roles.map((role): [Role, string | null] => [role, whole(role)]));
  for (const right of everyRight.filter((one) => !views.has(one)))
    expect(judge(all, right, { accountId: "officer", officeId: HERE, grants: all.grants }), right).toBe("outranked");
});

test("a role of another office gives no rank here", () => {
  const both = officer(["helpdesk", HERE], ["ap", THERE]);
  expect(judge(both, "reset.request", somebody("sa"))).toBe("outranked");
  expect(judge(both, "account.suspend", somebody("staff"))).toBe("not_found");
  expect(judge(both, "account.suspend", somebody("staff", THERE))).toBe("allowed");
});

test("whoever is somebody elsewhere is not reset by those who stand below that", () => {
  const target: Target = { accountId: "somebody", officeId: HERE, grants: [{ role: "ap" }] };
  expect(judge(officer(["sa", HERE]), "reset.request", target)).toBe("outranked");
  expect(judge(officer(["helpdesk", HERE]), "account.view", target)).toBe("allowed");
});

describe("the scope of a right", () => {
  test("is the offices its roles are held for, and no others", () => {
    const two = officer(["sa", HERE], ["sa", THERE], ["helpdesk", "elsewhere"]);
    expect(scopeOf(two, "account.suspend")).toEqual({ all: false, offices: [HERE, THERE] });
    expect(scopeOf(two, "account.view")).toEqual({ all: false, offices: [HERE, THERE, "elsewhere"] });
    expect(scopeOf(two, "admin.change")).toEqual({ all: false, offices: [] });
    expect(holds(two, "admin.change")).toBe(false);
  });

  test("is the whole agency as soon as one of them is", () => {
    expect(scopeOf(officer(["sa", HERE], ["auditor", null]), "account.view")).toEqual({ all: true });
    expect(scopeOf(officer(["sa", HERE], ["auditor", null]), "account.suspend")).toEqual({
      all: false,
      offices: [HERE],
    });
  });
});

test("roles are granted by those who stand above them, in their own office", () => {
  expect(grantable(officer(["helpdesk", HERE]), HERE)).toEqual([]);
  expect(grantable(officer(["sa", HERE]), HERE)).toEqual(["helpdesk"]);
  expect(grantable(officer(["ap", HERE]), HERE)).toEqual(["helpdesk", "sa"]);
  expect(grantable(officer(["ap", HERE]), THERE)).toEqual([]);
  expect(grantable(officer(["ap", HERE]), null)).toEqual([]);
  expect(grantable(officer(["administrator", null]), HERE)).toEqual(["helpdesk", "sa", "ap"]);
  expect(grantable(officer(["administrator", null]), null)).toEqual(["administrator", "auditor"]);
  expect(grantable(officer(["auditor", null]), null)).toEqual([]);
});

test("the rank of somebody is the highest of what they hold", () => {
  expect(rank([])).toBe(0);
  expect(rank([{ role: "helpdesk" }, { role: "ap" }, { role: "sa" }])).toBe(3);
});
