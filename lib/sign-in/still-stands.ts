import { passwordCredentialId } from "#lib/authenticators/password/credential-id.ts";

// Held until the sign-in is done: whoever removes or changes one at this moment is waited for and then seen, or waits,
// and then finds the session to end.
const held = (columns: string, table: string, account: string): string =>
  `select * from (select ${columns} from ${table} where account_id = ${account} for share) ${table}_held`;

/**
 * Whether an account may sign in, and every credential that proofs name is still its own: of a removal or a new
 * password and a sign-in at once, the sign-in does not outlive it. `account` and `proofs` are expressions of the
 * statement it is part of.
 */
export const stillStands = (account: string, proofs: string): string => `
  exists (select 1 from account a where a.id = ${account} and a.status = 'activated')
  and not exists (
    select 1 from jsonb_array_elements(${proofs}::jsonb) proof
    where proof ->> 'credential' is not null and proof ->> 'credential' not in (
      ${held("id::text", "passkey", account)}
      union all ${held("id::text", "totp_credential", account)}
      union all ${held("id::text", "google_link", account)}
      -- A code by email names its account; its row is held for nobody else's sake.
      union all select id::text from (
        select id from account where id = ${account} and email_code_on and proof ->> 'factor' = 'email_code' for share
      ) mailbox_held
      union all ${held(`case when disabled_at is null then ${passwordCredentialId} else '' end`, "password_credential", account)}
    )
  )`;
