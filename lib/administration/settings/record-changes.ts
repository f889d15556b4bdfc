import type { Tx } from "#db/client.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

/** What became another: `of.name` each, such as `office.code`. `subject`: which one; null of what there is one of. */
type Changes<T extends object> = {
  of: string;
  subject: string | null;
  before: T;
  after: T;
  names: readonly (keyof T & string)[];
};

/** An event for each, with what it was. */
export const recordChanges = <T extends object>(
  tx: Tx,
  ctx: Context,
  { of, subject, before, after, names }: Changes<T>,
): Promise<void> =>
  recordAll(
    tx,
    ctx,
    names.map((name) => ({
      type: "setting.changed",
      accountId: null,
      setting: `${of}.${name}`,
      subject,
      before: before[name],
      after: after[name],
    })),
  );
