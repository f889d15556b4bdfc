import type pg from "pg";
import { inSpan, tracing } from "./tracing.ts";

type Query = (...given: unknown[]) => unknown;

/**
 * A span for each statement that belongs to something under way, with the wait for a connection where it takes one of its own.
 * It is called by the statement's name, else by what it does to which table: text and values stay here.
 */
export function traceStatements(pool: pg.Pool): void {
  pool.query = traced(pool.query.bind(pool) as Query) as typeof pool.query;
  pool.on("connect", (client) => {
    client.query = traced(client.query.bind(client) as Query) as typeof client.query;
  });
}

/** The pool itself hands a statement on with a callback: that one has its span already. */
function traced(query: Query): Query {
  return (...given) => {
    const name = typeof given.at(-1) === "function" ? null : nameOf(given[0]);
    if (name === null || !tracing()?.isWithin()) return query(...given);
    const facts = { "db.system.name": "postgresql", "db.query.summary": name };
    return inSpan(name, "client", facts, async () => query(...given));
  };
}

const WORDS =
  /^\s*(?:with\b[\s\S]*?\)\s*)?(select|insert|update|delete|begin|commit|rollback|savepoint|release|set|merge)\b/i;
const TABLE = /\b(?:from|into|update|join)\s+(?:only\s+)?"?([a-z_]{1,63})"?(?:\."?([a-z_]{1,63})"?)?/i;

/** "select account"; null for what is no statement but a stream over the connection. */
function nameOf(statement: unknown): string | null {
  const { name, text } = (typeof statement === "string" ? { text: statement } : statement) as {
    name?: unknown;
    text?: unknown;
  };
  if (typeof name === "string") return name;
  if (typeof text !== "string") return null;
  const verb = WORDS.exec(text)?.[1]?.toLowerCase() ?? "statement";
  const table = TABLE.exec(text);
  return table ? `${verb} ${table[2] ?? table[1]}` : verb;
}
