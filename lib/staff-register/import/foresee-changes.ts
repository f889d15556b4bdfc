import { sql } from "drizzle-orm";
import type { Context } from "#lib/kernel/context.ts";
import { countPeople } from "./count-rows.ts";
import type { ShownImport } from "./view-import.ts";

/**
 * Whether applying a file that was read would change anything. People who came onto the register since are missing from
 * it; and rows that say what their accounts say may still end a proposal to suspend, or a difference.
 */
export async function foreseeChanges(
  ctx: Context,
  { id, counts, mapping }: Pick<ShownImport, "id" | "counts" | "mapping">,
): Promise<boolean> {
  if (!counts) return false;
  if (counts.new + counts.changed + counts.ending > 0) return true;
  if ((await countPeople(ctx.db, id)).missing > 0) return true;
  const { rows } = await ctx.db.execute<{ ends: boolean }>(sql`
    select exists (select from staff_import_row r join account a on a.id = r.account_id
      left join staff_leaver l on l.account_id = a.id and l.state = 'proposed'
      left join staff_difference d on d.account_id = a.id
      where r.import_id = ${id} and r.kind = 'same' and (
        l.why = 'missing' or l.why = 'ended' and ${mapping?.leavesOn !== undefined} and l.leaves_on is distinct from r.leaves_on
        or case d.field when 'full_name' then lower(r.full_name) = lower(a.full_name)
          when 'official_email' then r.official_email = lower(a.official_email::text)
          when 'office' then r.office_id = a.office_id end)) as ends`);
  return rows[0]?.ends ?? false;
}
