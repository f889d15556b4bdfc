import { type SQL, sql } from "drizzle-orm";
import type { QueryResultRow } from "pg";
import type { Db, Tx } from "./client.ts";

/** A statement PostgreSQL parses and plans once per connection: for what every request or sign-in asks. */
export type Named = {
  name: string;
  text: string;
  /** Milliseconds: on the pool it has failed by then, and its connection goes. */
  query_timeout?: number;
};

/** Runs a named statement on the pool, where it stays prepared, or as a plain one inside an open transaction. */
export async function run<Row extends QueryResultRow>(
  on: Db | Tx,
  statement: Named,
  values: readonly unknown[],
): Promise<Row[]> {
  if ("$client" in on) return (await on.$client.query<Row>({ ...statement, values: [...values] })).rows;
  return (await on.execute(withValues(statement.text, values))).rows as unknown as Row[];
}

// As one parameter each: Drizzle would spread an array over several.
function withValues(text: string, values: readonly unknown[]): SQL {
  const pieces = text.split(/\$(\d+)/);
  return sql.join(
    pieces.map((piece, i) => (i % 2 === 0 ? sql.raw(piece) : sql`${sql.param(values[Number(piece) - 1])}`)),
  );
}
