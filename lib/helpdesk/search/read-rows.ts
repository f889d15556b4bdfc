import type { Context } from "#lib/kernel/context.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { conditionsOf, Values, wordsOf } from "./conditions.ts";
import type { Place } from "./cursor.ts";
import type { Filters } from "./filters.ts";
import { columns, joined, type Row } from "./row.ts";
import { foundByWords, inOrder, isDown, lookedAlong, type Places } from "./search-statements.ts";

export type Wanted = { officer: Officer; right: Right; filters: Filters; from: Place | null; count: number };

/**
 * Up to `count` rows of a list from a place on, in the order they are read (towards the beginning where the place says
 * "before"). A search in the order of names has two parts, one after the other: first those whose name begins with what
 * was typed. PostgreSQL cannot tell how many a part of a word finds, and would as soon order ten thousand as read a million
 * names for three. So a stretch of the names is looked along first, which fills a page where many match; where it does not,
 * few match, and the index of parts of words finds them all.
 */
export async function readRows(ctx: Pick<Context, "db" | "now">, wanted: Wanted): Promise<Row[]> {
  const { filters, count } = wanted;
  const { words } = wordsOf(filters);
  const [lead] = words;
  if (lead === undefined || filters.sort !== "name") return read(ctx, wanted, inOrder(filters.sort, words.length > 0));
  const near = await read(ctx, wanted, lookedAlong(lead));
  return near.length === count ? near : read(ctx, wanted, foundByWords(lead));
}

// Not a named statement: PostgreSQL is to plan each list by what is typed and chosen, and never for all of them alike.
async function read(ctx: Pick<Context, "db" | "now">, wanted: Wanted, places: Places): Promise<Row[]> {
  const { filters, from, count } = wanted;
  const values = new Values();
  const conditions = conditionsOf(ctx, wanted, values);
  const down = isDown(filters.sort, from);
  const found = places({ ...conditions, from, down, count, values });
  const way = down ? "desc" : "asc";
  const text = `select ${columns}, p.rank, p.key::text as key from (${found}) p ${joined(values.add(ctx.now()))}
    order by p.rank ${way}, p.key ${way}, p.id ${way}`;
  return (await ctx.db.$client.query<Row>(text, values.list)).rows;
}
