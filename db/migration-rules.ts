import { OUTSIDE_A_TRANSACTION } from "./apply-migrations.ts";

/** A statement of a migration with the notes above it: `-- small: …`, `-- unused since 0.2.0: …`. */
type Statement = { text: string; notes: string };

type Rule = {
  /** What the statement does; the first group is the table, where it matters whether that is a new one. */
  meets: RegExp;
  why: string;
  /** Which note makes it right. */
  excused?: "small" | "unused since";
};

const table = String.raw`"?(\w+)"?`;

/**
 * What hurts those who are at work: the release before, which goes on beside the new schema and comes back where the new one
 * is taken back; or everybody, for as long as a large table is locked. A table that the migration itself makes has neither.
 */
const rules: readonly Rule[] = [
  {
    meets: new RegExp(`^drop table (?:if exists )?${table}`),
    why: "drops a table the release before reads",
    excused: "unused since",
  },
  {
    meets: new RegExp(`^alter table (?:only )?${table} .*drop column`),
    why: "drops a column the release before reads",
    excused: "unused since",
  },
  {
    meets: /^drop (?:type|view|materialized view|function|trigger|sequence|schema) /,
    why: "drops what the release before uses",
    excused: "unused since",
  },
  {
    meets: /^drop index (?!concurrently )/,
    why: "drops an index that the release before may need (and locks its table; CONCURRENTLY does not)",
    excused: "unused since",
  },
  { meets: new RegExp(`^alter table (?:only )?${table} .*rename `), why: "renames what the release before knows" },
  { meets: /^alter (?:type|index|view|sequence|schema) .*rename /, why: "renames what the release before knows" },
  {
    meets: new RegExp(`^alter table (?:only )?${table} .*set data type `),
    why: "changes a type: the table is written anew under a lock, and the release before writes the old one",
  },
  {
    meets: new RegExp(`^alter table (?:only )?${table} .*add column (?!.*\\b(?:default|generated)\\b).*\\bnot null\\b`),
    why: "adds a column that must be filled, which the release before does not do",
  },
  {
    meets: new RegExp(
      `^alter table (?:only )?${table} .*add column .*(?:default (?:gen_random_uuid|uuidv\\d|random|nextval|clock_timestamp)|\\bserial\\b|generated )`,
    ),
    why: "adds a column whose value differs by row: the table is written anew under a lock",
    excused: "small",
  },
  {
    meets: new RegExp(`^alter table (?:only )?${table} .*set not null`),
    why: "demands what the release before may leave out, and reads the table under a lock",
  },
  {
    meets: new RegExp(
      `^alter table (?:only )?${table} .*add (?:constraint|primary key|unique|check|foreign key)(?!.*not valid)`,
    ),
    why: "checks each row under a lock (NOT VALID first, VALIDATE CONSTRAINT in a migration after)",
    excused: "small",
  },
  {
    meets: new RegExp(`^create (?:unique )?index (?:if not exists )?(?!concurrently)\\S+ on ${table}`),
    why: "makes an index under a lock that stops writing (CONCURRENTLY, in a migration outside a transaction)",
    excused: "small",
  },
  {
    meets: new RegExp(`^(?:update|delete from|insert into) ${table}`),
    why: "writes rows in one transaction with the schema (a job does it in pieces)",
    excused: "small",
  },
  {
    meets: /^(?:lock |truncate |vacuum |cluster |reindex (?!.*concurrently)|refresh materialized)/,
    why: "locks a whole table",
  },
];

/**
 * What is wrong with a migration, a line each: it breaks the release before, or locks a table for long. `release` is the
 * one this belongs to: what it ceases to use may only be dropped by a later one.
 */
export function faultsOf(source: string, release: string): string[] {
  const statements = statementsOf(source);
  const isNew = new Set(
    statements.flatMap(({ text }) => /^create table (?:if not exists )?"?(\w+)"?/.exec(text)?.[1] ?? []),
  );
  const isOutside = source.startsWith(OUTSIDE_A_TRANSACTION);
  const faults = statements.flatMap((statement) =>
    rules.flatMap(({ meets, why, excused }) => {
      const met = meets.exec(statement.text);
      if (!met || (met[1] !== undefined && isNew.has(met[1])) || isExcused(statement, excused, release)) return [];
      return [`${shortened(statement.text)}: ${why}`];
    }),
  );
  return [...faults, ...faultsOfIndexes(statements, isOutside)];
}

function isExcused({ notes }: Statement, excused: Rule["excused"], release: string): boolean {
  if (excused === undefined) return false;
  const note = new RegExp(`-- ${excused} ?([\\d.]*): \\S`).exec(notes);
  // The release that ceases to use it must be out before the one that drops it.
  return note !== null && (excused !== "unused since" || (note[1] !== "" && note[1] !== release));
}

/** CONCURRENTLY fails in a transaction; outside of one, what a broken try left behind has to go first. */
function faultsOfIndexes(statements: readonly Statement[], isOutside: boolean): string[] {
  if (!isOutside)
    return statements
      .filter(({ text }) => / index concurrently /.test(text))
      .map(({ text }) => `${shortened(text)}: needs "${OUTSIDE_A_TRANSACTION}" as the first line`);
  return statements.flatMap(({ text }, i) => {
    if (/^drop index concurrently if exists /.test(text)) return [];
    const name = /^create (?:unique )?index concurrently "?(\w+)"?/.exec(text)?.[1];
    if (name === undefined) return [`${shortened(text)}: outside a transaction only indexes are made and dropped`];
    const before = statements[i - 1]?.text.replaceAll('"', "");
    return before === `drop index concurrently if exists ${name}`
      ? []
      : [`${shortened(text)}: a broken try leaves it behind: drop index concurrently if exists ${name} right before`];
  });
}

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);

/** Statements in small letters on one line each, without comments. Bodies of functions stay with theirs. */
function statementsOf(source: string): Statement[] {
  const pieces = source
    .split("--> statement-breakpoint")
    .flatMap((piece) => splitOutsideBodies(piece))
    .filter((piece) => /\S/.test(withoutComments(piece)));
  return pieces.map((piece) => ({
    text: withoutComments(piece)
      .replace(/\s+/g, " ")
      .trim()
      .replace(/;$/, "")
      .trim()
      .toLowerCase()
      .replace(/"public"\./g, ""),
    notes: (piece.match(/^\s*--.*$/gm) ?? []).join("\n"),
  }));
}

const withoutComments = (sql: string): string => sql.replace(/--.*$/gm, "");

/** At each semicolon that ends a line and stands in no `$$ … $$`. */
function splitOutsideBodies(sql: string): string[] {
  const bodies = sql.split("$$");
  return bodies
    .map((part, i) => (i % 2 === 0 ? part.replace(/;[ \t]*$/gm, ";\u0000") : part))
    .join("$$")
    .split("\u0000");
}
