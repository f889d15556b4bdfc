import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import { keysOf, membersOf } from "./join-keys.ts";
import { aliveAt, type KeyState, type Purpose, stateOf } from "./key-life.ts";
import { sealsByKey, usefulUntil } from "./replace-keys.ts";
import { countByKey } from "./seal-anew.ts";

/**
 * A key of the deployment, as far as it is known to the database. `left`: values (sealing), numbers (lookup) or seals
 * (audit) that still need it; null where time decides. `missing`: instances that run without it. `until`: when what it made
 * (link, cookie) is of no use any more.
 */
export type KeyShown = {
  purpose: Purpose;
  keyId: string;
  state: KeyState;
  held: boolean;
  left: number | null;
  until: Date | null;
  missing: string[];
};

/** Every key there is, and what keeps it. Reads each table that holds something sealed once: some seconds at a million accounts. */
export async function keyStatus(ctx: Pick<Context, "db" | "keys" | "now">): Promise<KeyShown[]> {
  const rows = await keysOf(ctx.db);
  const alive = aliveAt(await membersOf(ctx.db), ctx.now());
  const [values, seals, lookups] = await Promise.all([countByKey(ctx.db), sealsByKey(ctx.db), lookupsLeft(ctx.db)]);
  return rows.map((row): KeyShown => {
    const { keyId } = row;
    const purpose = row.purpose as Purpose;
    const state = stateOf(row);
    const left =
      purpose === "sealing"
        ? (values.get(keyId) ?? 0)
        : purpose === "audit"
          ? (seals.get(keyId) ?? 0)
          : purpose === "lookup" && state === "reads"
            ? lookups[row.movedAt === null ? "unmoved" : "former"]
            : null;
    return {
      ...{ purpose, keyId, state, left },
      held: ctx.keys[purpose].keys[keyId] !== undefined,
      until: state === "reads" ? usefulUntil(row) : null,
      missing: alive.filter(({ holds }) => !holds[purpose]?.includes(keyId)).map(({ id }) => id),
    };
  });
}

async function lookupsLeft(db: Db): Promise<{ unmoved: number; former: number }> {
  const { rows } = await db.execute<{ unmoved: number; former: number }>(sql`
    select (count(*) filter (where identity_index_former is null and identity_index not like 'anonymous:%'))::int as unmoved,
      count(identity_index_former)::int as former from account`);
  return rows[0] ?? { unmoved: 0, former: 0 };
}

/** What stands in the way of taking a key out of the operator's keys; null where nothing does. */
export function whatKeeps({ purpose, state, left, until }: KeyShown): string | null {
  if (state === "writes") return "it is the one that writes";
  if (state !== "reads") return null;
  if (purpose === "audit")
    return `${left} seals of the audit trail can be looked at with no other; it stays as long as they do`;
  if (until) return `what it made is of use until ${until.toISOString()}`;
  return left === 0
    ? "it is about to be spent: within minutes"
    : `${left} values still need it; the portal is at work on them`;
}

export const isPurpose = (text: string | undefined): text is Purpose =>
  (keyPurposes as readonly (string | undefined)[]).includes(text);
