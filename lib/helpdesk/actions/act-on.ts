import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import type { Account } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { deskOf } from "#lib/text/device-words.ts";
import { type OfficerAction, recordAction } from "../act.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";

/** The right each action takes. */
export const rightOfAction = {
  resend_activation: "activation.resend",
  correct_mailbox: "mailbox.correct",
  clear_mailbox: "mailbox.correct",
  confirm_staff: "staff.confirm",
  void_registration: "registration.void",
  unlock: "account.unlock",
  send_reset: "account.unlock",
  end_sessions: "sessions.end",
  suspend: "account.suspend",
  reinstate: "account.reinstate",
  close: "account.close",
  unmask: "identity.unmask",
} as const satisfies Partial<Record<OfficerAction, Right>>;
export type AccountAction = keyof typeof rightOfAction;

/** Whose account, and why, in the officer's words. */
export type Wanted = { accountId: string; reason: Reason };

/** An officer at work on an account whose row is held. `ctx` is theirs; letters say which desk they sit at. */
export type Acting = {
  tx: Tx;
  ctx: Context;
  officer: Officer;
  account: Account;
  /** Keeps the action with its reason, once nothing stands in its way; its id is for the event of the trail. */
  act: () => Promise<{ actionId: string }>;
};

/**
 * Does something to an account as an officer, in one transaction: right, scope and rank are judged fresh, refusals of them
 * recorded (`reachAccount`). Where another was faster it looks once more.
 */
export function actOn<T, E extends string>(
  ctx: Context,
  action: AccountAction,
  { accountId, reason }: Wanted,
  deed: (acting: Acting) => Promise<Result<T, E>>,
): Promise<Result<T, E | ReachRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<T, E | ReachRefusal>> => {
      const reached = await reachAccount(tx, ctx, rightOfAction[action], accountId);
      if (!reached.ok) return reached;
      const { officer } = reached.value;
      return deed({
        ...reached.value,
        tx,
        ctx: await atDesk(tx, ctx, officer.accountId),
        act: () => recordAction(tx, ctx, { accountId: reached.value.account.id, action, reason }),
      });
    }),
  );
}

/** The same context, in whose letters the officer's office stands in place of their browser. */
export async function atDesk(tx: Tx, ctx: Context, officerId: string): Promise<Context> {
  const [works] = await tx
    .select({ name: office.name })
    .from(account)
    .innerJoin(office, eq(office.id, account.officeId))
    .where(eq(account.id, officerId));
  if (!works) throw new Error(`There is no officer ${officerId}`);
  return { ...ctx, request: { ...ctx.request, desk: deskOf(works.name) } };
}
