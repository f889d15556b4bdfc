import { type Conditions, LAST_SIGN_IN, type Values } from "./conditions.ts";
import type { Place } from "./cursor.ts";
import type { Sort } from "./filters.ts";

/** What each order reads along, and whether from the end. */
const orders = {
  name: { key: "a.search_text", type: "text", backwards: false },
  newest: { key: "a.created_at", type: "timestamptz", backwards: true },
  oldest: { key: "a.created_at", type: "timestamptz", backwards: false },
  idlest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: false },
  latest: { key: LAST_SIGN_IN, type: "timestamptz", backwards: true },
} as const satisfies Record<Sort, { key: string; type: "text" | "timestamptz"; backwards: boolean }>;

/** Whether a list is read towards smaller keys. */
export const isDown = (sort: Sort, from: Place | null): boolean =>
  orders[sort].backwards !== (from?.direction === "before");

/** What a list asks for, as its statement is written. `down`: it is read towards smaller keys. */
export type Asked = Conditions & { from: Place | null; down: boolean; count: number; values: Values };

/** Writes a statement of `id`, `key` and `rank` of the rows that are asked for, whose values it adds. */
export type Places = (asked: Asked) => string;

/** A list without words, or in another order than that of names. */
export const inOrder =
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

/**
 * How many names are looked along for each row that is wanted: 3 ms for a page. Where fewer than a page of so many match,
 * those of a million are found and ordered in some 20 ms.
 */
const LOOKED_ALONG = 300;
/** And at most, for a long piece of a list: 12 ms. */
const LOOKED_ALONG_MAX = 30_000;

/**
 * Rows of a search in the order of names, among a stretch of the names from a place on: those of its first part, and of its
 * second where the first is shorter than the stretch.
 */
export const lookedAlong =
  (lead: string): Places =>
  ({ byName, others, from, down, count, values }) => {
    const most = values.add(Math.min(count * LOOKED_ALONG, LOOKED_ALONG_MAX));
    const wanted = values.add(count);
    const way = down ? "desc" : "asc";
    const place = from
      ? `(a.search_text, a.id) ${down ? "<" : ">"} (${values.add(from.key)}::text, ${values.add(from.id)}::uuid)`
      : "true";
    const [first, second] = partsFrom(from, down);
    const nearest = `from account a where ${begins(lead, first, values)} and ${place}`;
    const narrowed = others.length > 0 ? `join account a on a.id = n.id where ${others.join(" and ")}` : "";
    // Ends with the last row that is wanted: no name after it is looked at, and no account but those whose names match.
    const among = (rank: Place["rank"], names: string): string => `(select n.id, n.search_text as key, ${rank} as rank
      from (select * from (
          select a.id, a.search_text, a.office_id, a.status ${names} order by a.search_text ${way}, a.id ${way} limit ${most}
        ) a where ${byName.join(" and ")}) n ${narrowed} order by n.search_text ${way}, n.id ${way} limit ${wanted})`;
    // Where the first part goes on beyond the stretch, nobody of the second comes next.
    const isOver = `(case when (select count(*) from near) = ${wanted} then false
      else (select count(*) from (select ${nearest} limit ${most}) n) < ${most} end)`;
    const far =
      second === undefined
        ? ""
        : ` union all ${among(second, `from account a where ${begins(lead, second, values)} and ${isOver}`)}`;
    return `with near as materialized ${among(first, nearest)}
      select * from (select * from near${far}) n order by rank ${way}, key ${way}, id ${way} limit ${wanted}`;
  };

/** The same among all accounts, by the index of parts of words. */
export const foundByWords =
  (lead: string): Places =>
  ({ byName, others, from, down, count, values }) => {
    const way = down ? "desc" : "asc";
    const place =
      from &&
      `where (rank, key, id) ${down ? "<" : ">"} (${values.add(from.rank)}::int, ${values.add(from.key)}::text, ${values.add(from.id)}::uuid)`;
    return `select id, key, rank from (
      select a.id, a.search_text as key, case when ${begins(lead, 0, values)} then 0 else 1 end as rank from account a
      where ${[...byName, ...others].join(" and ")}
    ) f ${place ?? ""} order by rank ${way}, key ${way}, id ${way} limit ${values.add(count)}`;
  };

/** The parts of a search that are still to be read, in the order they are read. */
function partsFrom(from: Place | null, down: boolean): [Place["rank"], Place["rank"]?] {
  if (down) return from?.rank === 0 ? [0] : [1, 0];
  return from?.rank === 1 ? [1] : [0, 1];
}

/** Whether a name begins with a word: a stretch of the index. A folded word is small letters and digits alone. */
function begins(word: string, rank: Place["rank"], values: Values): string {
  const last = word.length - 1;
  const next = word.slice(0, last) + String.fromCharCode(word.charCodeAt(last) + 1);
  const within = `a.search_text >= ${values.add(` ${word}`)} and a.search_text < ${values.add(` ${next}`)}`;
  return rank === 0 ? within : `not (${within})`;
}
