import type { Db } from "#db/client.ts";
import { run } from "#db/named.ts";
import { REQUEST_LIMIT, type Tally } from "./front/count-requests.ts";

const addStatement = {
  name: "requests_tally",
  text: `insert into rate_limit as known (key, points, expire)
    select key, points, $3 from unnest($1::text[], $2::int[]) as fresh (key, points)
    on conflict (key) do update set points = known.points + excluded.points
    returning key, points`,
};

/** Sums of all instances, in the table of the other limits; rows of past windows go with its housekeeping. */
export function tallyRequests(db: Db): Tally {
  return async (window, counts) => {
    const prefix = `requests:${window}:`;
    const expire = (window + 1) * REQUEST_LIMIT.within;
    const keys = [...counts.keys()].map((client) => prefix + client);
    const sums = await run<{ key: string; points: number }>(db, addStatement, [keys, [...counts.values()], expire]);
    return new Map(sums.map(({ key, points }) => [key.slice(prefix.length), points]));
  };
}
