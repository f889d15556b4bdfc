import type { Context } from "#lib/kernel/context.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { conditionsOf, inScope, LAST_SIGN_IN, Values } from "./conditions.ts";
import type { Place } from "./cursor.ts";
import type { Filters, Sort } from "./filters.ts";
import { columns, joined, type Row } from "./row.ts";

/** What each order reads along, and whether from the end. */
const orders = {
  name: { key: "a.search_text", type: "text", backwards: false },
  newest: { key: "a.created_at", type: "timestamptz", backwards: true },
  oldest: { key: "a.created_at", type: "timestamptz", backwards: false },
  idlest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: false },
  latest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: true },
} as const satisfies Record<Sort, { key: string; type: "text" | "timestamptz"; backwards: boolean }>;

export type Wanted = { officer: Officer; right: Right; filters: Filters; from: Place | null; count: number };

/**
 * Up to `count` rows of a list from a place on, in the order they are read (towards the beginning where the place says
 * "before"). A search in the order of names has two parts, one after the other: first those whose name begins with what
 * was typed. The second part is asked only where the first does not fill the page.
 */
export async function readRows(ctx: Pick<Context, "db" | "now">, wanted: Wanted): Promise<Row[]> {
  const parts: Place["rank"][] = wanted.from?.direction === "before" ? [1, 0] : [0, 1];
  const rows: Row[] = [];
  for (const rank of parts.slice(wanted.from ? parts.indexOf(wanted.from.rank) : 0)) {
    if (rows.length === wanted.count) break;
    const from = wanted.from?.rank === rank ? wanted.from : null;
    const statement = partOf(ctx, wanted, rank, from, wanted.count - rows.length);
    if (statement) rows.push(...(await ctx.db.$client.query<Row>(statement)).rows.map((row) => ({ ...row, rank })));
  }
  return rows;
}

// Not a named statement: PostgreSQL is to plan each list by what is typed and chosen, and never for all of them alike.
function partOf(
  ctx: Pick<Context, "now">,
  { officer, right, filters, from: begun }: Wanted,
  rank: Place["rank"],
  from: Place | null,
  count: number,
): { text: string; values: unknown[] } | null {
  const values = new Values();
  const { conditions, words } = conditionsOf(ctx, filters, values);
  conditions.push(...inScope(officer, right, values));
  const [lead] = filters.sort === "name" ? words : [];
  if (lead === undefined && rank === 1) return null;
  if (lead !== undefined) conditions.push(leadCondition(lead, rank, values));

  const { key, type, backwards } = orders[filters.sort];
  const down = backwards !== (begun?.direction === "before");
  const place =
    from && `(key, id) ${down ? "<" : ">"} (${values.add(from.key)}::${type}, ${values.add(from.id)}::uuid)`;
  const order = `key ${down ? "desc" : "asc"}, id ${down ? "desc" : "asc"}`;
  const found = `select a.id, ${key} as key from account a${conditions.length > 0 ? ` where ${conditions.join(" and ")}` : ""}`;
  // In another order than that of names, what was typed is found first and ordered after: reading along the order until
  // enough have matched would read all accounts where few do, and PostgreSQL cannot tell how many will.
  const fence = words.length > 0 && filters.sort !== "name" ? " offset 0" : "";
  return {
    text: `select ${columns}, p.key::text as key from (
        select id, key from (${found}${fence}) f${place ? ` where ${place}` : ""} order by ${order} limit ${values.add(count)}
      ) p ${joined(values.add(ctx.now()))} order by ${order.replace(/key|id/g, "p.$&")}`,
    values: values.list,
  };
}

/** Whether a name begins with a word: a stretch of the index. A folded word is small letters and digits alone. */
function leadCondition(word: string, rank: Place["rank"], values: Values): string {
  const last = word.length - 1;
  const next = word.slice(0, last) + String.fromCharCode(word.charCodeAt(last) + 1);
  const begins = `a.search_text >= ${values.add(` ${word}`)} and a.search_text < ${values.add(` ${next}`)}`;
  return rank === 0 ? begins : `not (${begins})`;
}
