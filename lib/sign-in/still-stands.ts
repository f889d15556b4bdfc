/** What a password's proof names as its credential: the digest of its hash, so that one that was changed meanwhile is another. */
export const passwordCredentialId = `encode(sha256(convert_to(hash, 'UTF8')), 'hex')`;

/**
 * Whether an account may sign in, and every credential that proofs name is still its own: of a removal or a new password and a
 * sign-in at once, the sign-in does not outlive it. `account` and `proofs` are expressions of the statement it is part of.
 */
export const stillStands = (account: string, proofs: string): string => `
  exists (select 1 from account a where a.id = ${account} and a.status = 'activated')
  and not exists (
    select 1 from jsonb_array_elements(${proofs}::jsonb) proof
    where proof ->> 'credential' is not null and proof ->> 'credential' not in (
      select id::text from passkey where account_id = ${account}
      union all select id::text from totp_credential where account_id = ${account}
      union all select id::text from google_link where account_id = ${account}
      union all select ${passwordCredentialId} from password_credential where account_id = ${account} and disabled_at is null
    )
  )`;
