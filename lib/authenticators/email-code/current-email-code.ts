import { run } from "#db/named.ts";
import { type Enrolled, enrolledColumns } from "#lib/assurance/enrolled.ts";
import type { Context } from "#lib/kernel/context.ts";

/** Where codes go, whether they may, and what else opens the account. */
export type EmailCodeSetting = { mailbox: string; verified: boolean; on: boolean; enrolled: Enrolled };

type Row = Omit<EmailCodeSetting, "enrolled"> & Enrolled;

const findStatement = {
  name: "email_code_setting",
  text: `select a.official_email as mailbox, a.official_email_verified_at is not null as verified, a.email_code_on as "on", ${enrolledColumns("a.id")}
    from account a where a.id = $1`,
};

/** The setting of an account as it stands. */
export async function currentEmailCode(ctx: Pick<Context, "db">, accountId: string): Promise<EmailCodeSetting> {
  const [found] = await run<Row>(ctx.db, findStatement, [accountId]);
  if (!found) throw new Error(`There is no account ${accountId}`);
  const { mailbox, verified, on, ...enrolled } = found;
  return { mailbox, verified, on, enrolled };
}
