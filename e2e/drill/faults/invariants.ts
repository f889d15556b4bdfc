import pg from "pg";

export type Acknowledged = { activated: readonly string[]; enrolled: readonly string[]; imported: number };

/** What must hold whatever was killed when: each counts rows that break it. `$1`: the accounts it is about. */
const ofAccounts = {
  activated: {
    "told activated, and is not": "select count(*) from account where id = any($1) and status <> 'activated'",
    "told activated, and the trail does not say so once":
      "select count(*) from unnest($1::uuid[]) as told (who) where (select count(*) from audit_event e where e.account_id = told.who and e.type = 'account.activated') <> 1",
  },
  enrolled: {
    "told enrolled, and has no secret":
      "select count(*) from unnest($1::uuid[]) as told (who) where not exists (select from totp_credential t where t.account_id = told.who)",
    "told enrolled, and the trail does not say so":
      "select count(*) from unnest($1::uuid[]) as told (who) where not exists (select from audit_event e where e.account_id = told.who and e.type = 'totp.enrolled')",
  },
} as const;

const ofAll = {
  "activated in the trail, and not in state, or the other way round":
    "select count(*) from account a where exists (select from audit_event e where e.account_id = a.id and e.type = 'account.activated') and status <> 'activated'",
  "activated without a password":
    "select count(*) from account a where exists (select from audit_event e where e.account_id = a.id and e.type = 'account.activated') and not exists (select from password_credential p where p.account_id = a.id)",
  "activated without three answers":
    "select count(*) from account a where exists (select from audit_event e where e.account_id = a.id and e.type = 'account.activated') and (select count(*) from security_answer s where s.account_id = a.id) <> 3",
  "activated, and its link was not used up":
    "select count(*) from account a join activation_link l on l.account_id = a.id where exists (select from audit_event e where e.account_id = a.id and e.type = 'account.activated') and l.consumed_at is null and l.superseded_at is null",
  "enrolled, and the trail does not say so once for each":
    "select count(*) from totp_credential t where not exists (select from audit_event e where e.account_id = t.account_id and e.type = 'totp.enrolled' and e.data ->> 'totpId' = t.id::text)",
  "in the trail as enrolled, and without a secret":
    "select count(*) from audit_event e where e.type = 'totp.enrolled' and not exists (select from totp_credential t where t.account_id = e.account_id)",
  "owed letters that no job will send":
    "select count(*) from letter l where l.state = 'queued' and not exists (select from pgboss.job j where j.name = 'letters' and j.data ->> 'letterId' = l.id::text and j.state in ('created', 'retry', 'active'))",
  "letters handed over twice in the trail":
    "select count(*) from (select data ->> 'letterId' from audit_event where type = 'letter.handed_over' group by 1 having count(*) > 1) twice",
  "imported people who are there twice":
    "select count(*) from (select identity_index from account group by 1 having count(*) > 1) twice",
  "imported people of whom the trail does not say so once":
    "select count(*) from account a where a.official_email::text like 'staf%' and (select count(*) from audit_event e where e.account_id = a.id and e.type = 'account.pre_registered') <> 1",
} as const;

/** By its name, how often each is broken; all of them, so that it is seen what was looked at. */
export async function brokenInvariants(ownerUrl: string, acknowledged: Acknowledged): Promise<Record<string, number>> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  const ask = async (text: string, values: unknown[] = []) => Number((await client.query(text, values)).rows[0].count);
  try {
    const broken: Record<string, number> = {};
    for (const who of ["activated", "enrolled"] as const)
      for (const [name, text] of Object.entries(ofAccounts[who])) broken[name] = await ask(text, [acknowledged[who]]);
    for (const [name, text] of Object.entries(ofAll)) broken[name] = await ask(text);
    const there = await ask("select count(*) from account where official_email::text like 'staf%'");
    broken["rows told applied, and not there"] = Math.max(0, acknowledged.imported - there);
    return broken;
  } finally {
    await client.end();
  }
}
