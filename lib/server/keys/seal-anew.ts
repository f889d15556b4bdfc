import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal, sealBytes, unseal, unsealBytes } from "#lib/kernel/sealed.ts";
import { type SealedPlace, sealedPlaces } from "./sealed-places.ts";

const AT_ONCE = 500;

type Sealer = Pick<Context, "db" | "keys" | "random">;
type Found = { key: string[]; purpose: string; owner: string; sealed: string | Buffer };
type Anew = Found & { anew: string | Buffer };

/**
 * `complete`: it came to the end and read everything, so that nothing is left that an older key sealed before it began.
 * `unreadable`: values that do not open, as `table.column of owner`; they stay as they are, and so does their key.
 */
export type SealedAnew = { resealed: number; complete: boolean; unreadable: string[] };

/**
 * Seals whatever an older key sealed under the present one, place by place, some hundred rows a statement. A value that
 * somebody writes meanwhile stays as they wrote it. May be killed anywhere and begun again, since what is done is passed
 * over. `goOn` is asked between pieces.
 */
export async function sealAnew(ctx: Sealer, goOn: () => boolean): Promise<SealedAnew> {
  let resealed = 0;
  const unreadable: string[] = [];
  for (const place of sealedPlaces) {
    let after: string[] | null = null;
    do {
      if (!goOn()) return { resealed, complete: false, unreadable };
      const found: Found[] = await older(ctx, place, after);
      const anew = found.map((one) => ({ ...one, anew: resealOne(ctx, one) }));
      const read = anew.filter((one): one is Anew => one.anew !== null);
      if (read.length > 0) resealed += await replace(ctx, place, read);
      for (const { anew: outcome, owner } of anew)
        if (outcome === null) unreadable.push(`${place.table}.${place.column} of ${owner}`);
      after = found.at(-1)?.key ?? null;
    } while (after !== null);
  }
  return { resealed, complete: unreadable.length === 0, unreadable };
}

/** How many values each older key sealed, over all places: each table is read once, so not for every request. */
export async function countByKey(db: Db): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const place of sealedPlaces) {
    const { rows } = await db.execute<{ keyId: string; count: string }>(
      sql`select ${keyIdOf(place)} as "keyId", count(*) as count from ${sql.identifier(place.table)} t
        where ${isThere(place)} group by 1`,
    );
    for (const { keyId, count } of rows) counts.set(keyId, (counts.get(keyId) ?? 0) + Number(count));
  }
  return counts;
}

const columnOf = ({ column }: SealedPlace): SQL => sql`t.${sql.identifier(column)}`;

/** What was thrown away lies there as nothing, or as an empty text. */
const isThere = (place: SealedPlace): SQL =>
  place.isBytes ? sql`${columnOf(place)} is not null` : sql`${columnOf(place)} <> ''`;

const keyIdOf = (place: SealedPlace): SQL =>
  place.isBytes
    ? sql`convert_from(substring(${columnOf(place)} from 2 for get_byte(${columnOf(place)}, 0)), 'UTF8')`
    : sql`split_part(${columnOf(place)}, '.', 1)`;

const keyColumns = ({ key }: SealedPlace): SQL =>
  sql.join(
    key.map(([name]) => sql`t.${sql.identifier(name)}`),
    sql`, `,
  );

async function older(ctx: Sealer, place: SealedPlace, after: string[] | null): Promise<Found[]> {
  const { key, table, atOnce = AT_ONCE } = place;
  const beyond = after
    ? sql`and (${keyColumns(place)}) > (${sql.join(
        key.map(([, type], i) => sql`${after[i]}::${sql.raw(type)}`),
        sql`, `,
      )})`
    : sql``;
  const asText = sql.join(
    key.map(([name]) => sql`t.${sql.identifier(name)}::text`),
    sql`, `,
  );
  const { rows } = await ctx.db.execute<Found>(sql`
    select array[${asText}] as key, ${purposeOf(place)} as purpose, (${sql.raw(place.owner)})::text as owner,
      ${columnOf(place)} as sealed
    from ${sql.identifier(table)} t
    where ${isThere(place)} and ${keyIdOf(place)} <> ${ctx.keys.sealing.current} ${beyond}
    order by ${keyColumns(place)} limit ${atOnce}`);
  return rows;
}

function purposeOf({ purpose }: SealedPlace): SQL {
  const [before = "", column, after = ""] = purpose.split(/[{}]/);
  return column === undefined
    ? sql`${before}::text`
    : sql`${before}::text || t.${sql.identifier(column)} || ${after}::text`;
}

/** Under the present key; null where it does not open: altered, moved from elsewhere, or cut off. */
function resealOne({ keys: { sealing }, random }: Sealer, { sealed, purpose, owner }: Found): string | Buffer | null {
  try {
    return Buffer.isBuffer(sealed)
      ? sealBytes(sealing, random, unsealBytes(sealing, sealed, purpose, owner), purpose, owner)
      : seal(sealing, random, unseal(sealing, sealed, purpose, owner), purpose, owner);
  } catch {
    return null;
  }
}

/** Compares and sets: what is no longer as it was read has been written anew, under the present key. */
async function replace(ctx: Sealer, place: SealedPlace, found: readonly Anew[]): Promise<number> {
  const type = sql.raw(place.isBytes ? "bytea[]" : "text[]");
  const keys = place.key.map((_, i) => found.map(({ key }) => key[i]));
  const names = place.key.map((_, i) => sql.identifier(`k${i}`));
  const { rowCount } = await ctx.db.execute(sql`
    update ${sql.identifier(place.table)} t set ${sql.identifier(place.column)} = n.anew
    from unnest(${sql.join(
      keys.map((values) => sql`${sql.param(values)}::text[]`),
      sql`, `,
    )}, ${sql.param(found.map(({ sealed }) => sealed))}::${type}, ${sql.param(found.map(({ anew }) => anew))}::${type})
      as n (${sql.join(names, sql`, `)}, former, anew)
    where ${sql.join(
      place.key.map(
        ([name, keyType], i) => sql`t.${sql.identifier(name)} = n.${sql.identifier(`k${i}`)}::${sql.raw(keyType)}`,
      ),
      sql` and `,
    )} and ${columnOf(place)} = n.former`);
  return rowCount ?? 0;
}
