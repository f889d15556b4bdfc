import { sql } from "drizzle-orm";
import { staffDifference, staffImport, staffImportRow, staffLeaver } from "#db/schema/staff-register.ts";
import type { Counts } from "#lib/staff-register/import/count-rows.ts";
import type { World } from "./new-world.ts";

/** Rows of the register as the portal judged them: `3 bad name_missing`. */
export const rowsOf = async (world: World) =>
  (await world.db.select().from(staffImportRow).orderBy(staffImportRow.line)).map(
    ({ line, kind, reasons }) => `${line} ${kind}${reasons ? ` ${reasons.join(" ")}` : ""}`,
  );
/** The latest import. */
export const importOf = async (world: World) => {
  const [latest] = await world.db.select().from(staffImport).orderBy(sql`uploaded_at desc, id desc`).limit(1);
  if (!latest) throw new Error("There is no import");
  return { ...latest, counts: latest.counts as Counts };
};
/** All that a register may change. */
export const everything = async (world: World) => {
  const { rows: accounts } = await world.owner.query("select * from account order by id");
  const { rows: events } = await world.owner.query(
    "select type from audit_event where type not like 'register.%' order by id",
  );
  const leavers = await world.db.select().from(staffLeaver).orderBy(staffLeaver.id);
  const differences = await world.db.select().from(staffDifference);
  return { accounts, events, leavers, differences };
};
