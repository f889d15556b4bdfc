import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { type AccountStatus, account } from "#db/schema/account.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

export type LifecycleEvent =
  | "verify_email"
  | "verify_presence"
  | "activate"
  | "lapse"
  | "lock"
  | "recover"
  | "suspend"
  | "reinstate"
  | "close"
  | "reopen";

/** Stands for "the state it was suspended in". */
const BEFORE_SUSPENSION = "before_suspension";

/** Every legal change of status. A change that is not on this table cannot happen. */
export const lifecycle = {
  pre_registered: {
    verify_email: "email_verified",
    verify_presence: "presence_verified",
    suspend: "suspended",
    close: "closed",
  },
  registered: {
    verify_email: "email_verified",
    verify_presence: "presence_verified",
    lapse: "closed",
    suspend: "suspended",
    close: "closed",
  },
  email_verified: { activate: "activated", lapse: "closed", suspend: "suspended", close: "closed" },
  presence_verified: { activate: "activated", lapse: "closed", suspend: "suspended", close: "closed" },
  activated: { suspend: "suspended", lock: "locked", close: "closed" },
  locked: { recover: "activated", suspend: "suspended", close: "closed" },
  suspended: { reinstate: BEFORE_SUSPENSION, close: "closed" },
  closed: { reopen: "pre_registered" },
} as const satisfies Record<AccountStatus, Partial<Record<LifecycleEvent, AccountStatus | typeof BEFORE_SUSPENSION>>>;

export type Standing = { status: AccountStatus; suspendedFrom: AccountStatus | null };

/** Where an event leads. Refuses `illegal_move` for what is not on the table. */
export function next(standing: Standing, event: LifecycleEvent): Result<Standing, "illegal_move"> {
  const moves: Partial<Record<LifecycleEvent, AccountStatus | typeof BEFORE_SUSPENSION>> = lifecycle[standing.status];
  const to = moves[event];
  if (to === undefined) return refuse("illegal_move");
  if (to !== BEFORE_SUSPENSION) return ok({ status: to, suspendedFrom: to === "suspended" ? standing.status : null });
  return standing.suspendedFrom ? ok({ status: standing.suspendedFrom, suspendedFrom: null }) : refuse("illegal_move");
}

/** The states an event may start from. */
export const statesWith = (event: LifecycleEvent): AccountStatus[] =>
  (Object.keys(lifecycle) as AccountStatus[]).filter((status) => event in lifecycle[status]);

/** Waits for its owner: a link may be issued, and the activation carried on. */
export const awaitsActivation = (status: AccountStatus): boolean =>
  status === "pre_registered" || status === "registered" || "activate" in lifecycle[status];

type Stamps = Partial<
  Pick<typeof account.$inferInsert, "officialEmailVerifiedAt" | "activatedAt" | "closedAt" | "language">
>;

/**
 * Moves one account, comparing and setting: of two callers who read the same state one wins.
 * Refuses `illegal_move`, and `moved_meanwhile` where somebody else was faster.
 */
export async function move(
  tx: Tx,
  from: Standing & { id: string },
  event: LifecycleEvent,
  stamps: Stamps = {},
): Promise<Result<Standing, "illegal_move" | "moved_meanwhile">> {
  const to = next(from, event);
  if (!to.ok) return to;
  const moved = await tx
    .update(account)
    .set({ ...to.value, ...stamps })
    .where(and(eq(account.id, from.id), eq(account.status, from.status)))
    .returning({ id: account.id });
  return moved.length === 1 ? to : refuse("moved_meanwhile");
}
