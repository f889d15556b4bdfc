import type { Db, Tx } from "#db/client.ts";
import { run } from "#db/named.ts";

/** What an account can prove itself with. */
export type Enrolled = {
  password: boolean;
  passkeys: number;
  totp: boolean;
  recoveryCodesLeft: number;
  /** Codes to the official mailbox: it is verified, and they are switched on. */
  emailCode: boolean;
  google: boolean;
  /** The owner's switch "two factors every time". */
  asksTwoFactors: boolean;
};

/** A passkey or an authenticator app. Recovery codes stand in for one of them and are none. */
export const hasSecondFactor = ({ passkeys, totp }: Pick<Enrolled, "passkeys" | "totp">): boolean =>
  passkeys > 0 || totp;

/** Whether anything of it opens an account by itself: recovery codes do not. */
export const hasWayIn = ({ password, passkeys, totp, emailCode, google }: Enrolled): boolean =>
  password || passkeys > 0 || totp || emailCode || google;

/**
 * The columns of `Enrolled` for the account that `account` names (`a.id`), to be part of a statement that reads more.
 */
export const enrolledColumns = (account: string): string => `
  exists (select 1 from password_credential where account_id = ${account} and disabled_at is null) as "password",
  (select count(*)::int from passkey where account_id = ${account}) as "passkeys",
  exists (select 1 from totp_credential where account_id = ${account}) as "totp",
  (select count(*)::int from recovery_code where account_id = ${account} and used_at is null) as "recoveryCodesLeft",
  exists (select 1 from account e where e.id = ${account} and e.email_code_on and e.official_email_verified_at is not null) as "emailCode",
  exists (select 1 from google_link where account_id = ${account}) as "google",
  coalesce((select asks_two_factors from account e where e.id = ${account}), false) as "asksTwoFactors"`;

const findStatement = { name: "enrolled_of_account", text: `select ${enrolledColumns("$1::uuid")}` };

/** What an account has enrolled, now. */
export async function enrolledOf(on: Db | Tx, accountId: string): Promise<Enrolled> {
  const [found] = await run<Enrolled>(on, findStatement, [accountId]);
  if (!found) throw new Error("PostgreSQL gave no row for a select without a table");
  return found;
}
