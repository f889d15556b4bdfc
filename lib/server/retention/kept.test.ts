import { readFileSync } from "node:fs";
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import * as schema from "#db/schema/index.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { aboutNobody, kept, keptInMarkdown } from "./kept.ts";
import { inWords, retention } from "./periods.ts";
import { rulesAt } from "./rules.ts";

const tables = Object.values(schema as Record<string, unknown>).filter((each) => is(each, PgTable)) as PgTable[];
const inRows = kept.flatMap((row) => row.tables);

/** Why a table is about people: what of it says so; null where nothing does. */
function isAbout(table: PgTable): string | null {
  const { foreignKeys } = getTableConfig(table);
  const references = foreignKeys.map((key) => getTableName(key.reference().foreignTable));
  if (references.includes("account")) return "it names accounts";
  const telling = /^(ip|device|to|key|mailbox|identity_.*|full_name|.*email|mobile.*|account_id|body)$/;
  return Object.values(getTableColumns(table)).find(({ name }) => telling.test(name))?.name ?? null;
}

describe("the table of periods", () => {
  test("has each table of the schema once: in a row, or among those about nobody", () => {
    const names = tables.map(getTableName).sort();
    expect([...inRows, ...aboutNobody].sort()).toEqual(names);
  });

  test("calls no table about nobody that names accounts, addresses or devices", () => {
    // Keys of relying parties' roles are the system's own words.
    const harmless = ["relying_party_role"];
    for (const table of tables.filter((each) => aboutNobody.includes(getTableName(each))))
      if (!harmless.includes(getTableName(table)))
        expect([getTableName(table), isAbout(table)]).toEqual([getTableName(table), null]);
  });

  test("has a rule for whatever is deleted by its age, and a row for each rule", async () => {
    const { ctx } = await newWorld();
    const rules = new Set(rulesAt(ctx).map(({ table }) => getTableName(table)));
    const byAge = kept.filter(({ period, becomes }) => period !== null && becomes === "deleted");
    // With the links they hang on.
    const along = ["activation_answer"];
    const missing = byAge.flatMap((row) => row.tables).filter((table) => !rules.has(table) && !along.includes(table));
    expect(missing).toEqual([]);
    const elsewhere = [...rules].filter((table) => !inRows.includes(table) && table !== "webhook_event");
    expect(elsewhere).toEqual([]);
  });

  test("stands in docs/operate.md as it is", () => {
    const [, section = ""] = readFileSync("docs/operate.md", "utf8").split("## What is kept how long");
    // However wide its columns are drawn.
    const drawn = section.slice(0, section.indexOf("\n## ")).replace(/ +/g, " ").replace(/-{3,}/g, "---");
    expect(drawn).toContain(keptInMarkdown());
  });

  test("says its figures in words", () => {
    expect(inWords(retention.dataExport)).toBe("1 hour");
    expect(inWords(retention.ceremony)).toBe("1 day");
    expect(inWords(retention.addressInTrail)).toBe("1 year");
    expect(inWords(retention.closedAccount)).toBe("2 years");
    expect(inWords(retention.decidedApproval)).toBe("7 years");
    expect(inWords(retention.nobodysMailbox)).toBe("90 days");
    expect(inWords(retention.browser)).toBe("401 days");
  });
});

test("what is thrown away from large tables is found by an index", async () => {
  const { ctx, db } = await newWorld();
  const scanned: string[] = [];
  await db.transaction(async (tx) => {
    await tx.execute("set local enable_seqscan = off");
    for (const { table, where } of rulesAt(ctx).filter(({ few }) => !few)) {
      const { rows } = await tx.execute<{ "QUERY PLAN": string }>(
        sql`explain select ${table}.ctid from ${table} where ${where}`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      if (new RegExp(`Seq Scan on ${getTableName(table)}\\b`).test(plan)) scanned.push(getTableName(table));
    }
  });
  expect(scanned).toEqual([]);
});
