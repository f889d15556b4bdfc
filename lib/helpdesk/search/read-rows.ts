import type { Context } from "#lib/kernel/context.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { type Conditions, conditionsOf, LAST_SIGN_IN, Values, wordsOf } from "./conditions.ts";
import type { Place } from "./cursor.ts";
import type { Filters, Sort } from "./filters.ts";
import { columns, joined, type Row } from "./row.ts";
import { foundByWords, lookedAlong } from "./search-statements.ts";

/** What each order reads along, and whether from the end. */
const orders = {
  name: { key: "a.search_text", type: "text", backwards: false },
  newest: { key: "a.created_at", type: "timestamptz", backwards: true },
  oldest: { key: "a.created_at", type: "timestamptz", backwards: false },
  idlest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: false },
  latest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: true },
} as const satisfies Record<Sort, { key: string; type: "text" | "timestamptz"; backwards: boolean }>;

export type Wanted = { officer: Officer; right: Right; filters: Filters; from: Place | null; count: number };

/** What a list asks for, as its statement is written. `down`: it is read from the end of its order. */
export type Asked = Conditions & { from: Place | null; down: boolean; count: number; values: Values };

/** A statement of `id`, `key` and `rank` of the rows. */
type Places = (asked: Asked) => string;

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
  const down = orders[filters.sort].backwards !== (from?.direction === "before");
  const found = places({ ...conditions, from, down, count, values });
  const way = down ? "desc" : "asc";
  const text = `select ${columns}, p.rank, p.key::text as key from (${found}) p ${joined(values.add(ctx.now()))}
    order by p.rank ${way}, p.key ${way}, p.id ${way}`;
  return (await ctx.db.$client.query<Row>(text, values.list)).rows;
}

/** A list without words, or in another order than that of names. */
const inOrder =
  (sort: Sort, hasWords: boolean): Places =>
  ({ byName, others, from, down, count, values }) => {
    const { key, type } = orders[sort];
    const place = from
      ? `where (key, id) ${down ? "<" : ">"} (${values.add(from.key)}::${type}, ${values.add(from.id)}::uuid)`
      : "";
    // What was typed is found first and ordered after: reading along the order until enough have matched would read all
    // accounts where few do.
    const fence = hasWords ? "offset 0" : "";
    const way = down ? "desc" : "asc";
    return `select id, key, 0 as rank from (
        select a.id, ${key} as key from account a where ${["true", ...byName, ...others].join(" and ")} ${fence}
      ) f ${place} order by key ${way}, id ${way} limit ${values.add(count)}`;
  };
