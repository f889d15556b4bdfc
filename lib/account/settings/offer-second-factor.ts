import { run } from "#db/named.ts";
import { type Enrolled, enrolledColumns, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, days } from "#lib/kernel/time.ts";

/** Whoever puts the offer off is asked again after so many sign-ins, and never before so long. */
export const OFFER_AGAIN = { signIns: 3, after: days(30) } as const;

export type OfferFacts = {
  hasSecondFactor: boolean;
  /** When setting one up was last put off; null where it never was. */
  putOffAt: Date | null;
  /** Sign-ins since then; counted up to three, and only once enough time has passed. */
  signInsSince: number;
};

/** Whether to offer setting up a second factor now. */
export function mayOffer({ hasSecondFactor, putOffAt, signInsSince }: OfferFacts, now: Date): boolean {
  if (hasSecondFactor) return false;
  if (putOffAt === null) return true;
  return putOffAt <= before(now, OFFER_AGAIN.after) && signInsSince >= OFFER_AGAIN.signIns;
}

// Counted in the trail, since the rows of ended sessions are thrown away within the month that is waited for.
const findStatement = {
  name: "second_factor_offer",
  text: `select ${enrolledColumns("a.id")}, a.offer_put_off_at as "putOffAt",
      exists (select 1 from security_phrase where account_id = a.id) as "phraseSet",
      case when a.offer_put_off_at > $2 then 0 else (
        select count(*)::int from (
          select 1 from audit_event e
          where e.account_id = a.id and e.type = 'sign_in.succeeded' and e.at > a.offer_put_off_at
          order by e.id desc limit ${OFFER_AGAIN.signIns}
        ) since
      ) end as "signInsSince"
    from account a where a.id = $1`,
};

/**
 * What an account has enrolled, and whether to offer its owner a second factor: what the first page after sign-in
 * shows.
 */
export async function offerSecondFactor(
  ctx: Pick<Context, "db" | "now">,
  accountId: string,
): Promise<{ offer: boolean; enrolled: Enrolled; phraseSet: boolean }> {
  const now = ctx.now();
  const [row] = await run<Enrolled & Omit<OfferFacts, "hasSecondFactor"> & { phraseSet: boolean }>(
    ctx.db,
    findStatement,
    [accountId, before(now, OFFER_AGAIN.after)],
  );
  if (!row) throw new Error("An account with an open session is gone");
  const { putOffAt, signInsSince, phraseSet, ...enrolled } = row;
  const offer = mayOffer({ hasSecondFactor: hasSecondFactor(enrolled), putOffAt, signInsSince }, now);
  return { offer, enrolled, phraseSet };
}
