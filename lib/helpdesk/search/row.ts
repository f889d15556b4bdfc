import type { AccountStatus } from "#db/schema/account.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";

type Columns = {
  id: string;
  fullName: string;
  officialEmail: string;
  status: AccountStatus;
  officeCode: string;
  officeName: string;
  createdAt: Date;
  lastSignInAt: Date | null;
  hasApp: boolean;
  hasPasskey: boolean;
  confirmed: boolean;
  /** Why letters come back from the official mailbox; null where they do not. */
  bounced: string | null;
  /** Signing in with a password waits now. */
  paused: boolean;
};

/** A row as it is read, with where it stands in its list. */
export type Row = Columns & { identitySealed: string; rank: 0 | 1; key: string };

/** An account in a list; `identity` is masked: `900101-••-••••`. */
export type ListedAccount = Columns & { identity: string };

export const columns = `p.id, a.full_name as "fullName", a.official_email as "officialEmail", a.status, o.code as "officeCode", o.name as "officeName",
  a.created_at as "createdAt", a.last_sign_in_at as "lastSignInAt", a.identity_sealed as "identitySealed",
  exists (select from totp_credential t where t.account_id = a.id) as "hasApp", exists (select from passkey k where k.account_id = a.id) as "hasPasskey",
  a.staff_confirmed_at is not null as confirmed, u.why as bounced,
  exists (select from password_throttle w where w.identity_index = a.identity_index and w.paused_until > now.at) as paused`;

/** To what the rows `p` stand for; `now` is a parameter. */
export const joined = (now: string): string => `cross join (select ${now}::timestamptz as at) now
  join account a on a.id = p.id join office o on o.id = a.office_id
  left join undeliverable_mailbox u on u.mailbox = a.official_email and a.status <> 'closed'`;

export function listed(ctx: Pick<Context, "keys">, { identitySealed, rank: _, key: __, ...row }: Row): ListedAccount {
  return { ...row, identity: maskIdentity(unsealIdentity(ctx, { id: row.id, identitySealed })) };
}
