import { createHash, randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { sealIdentity } from "#lib/account/seal-identity.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";

const OFFICES = 400;
const BATCH = 10_000;

const first =
  "Ahmad Muhammad Mohd Siti Nur Aisyah Kumar Mei Jugah Fatimah Lim Tan Wong Chong Rajesh Priya Anand Zainab Hassan Hussein Ibrahim Ismail Osman Rahim Rosli Salleh Zulkifli Azman Azlan Faridah Halimah Khadijah Latifah Mariam Noraini Puteri Rokiah Salmah Wan Nik Tengku Syed Sharifah Engku Che Dayang Awang Abang Yusof Gerald".split(
    " ",
  );
const between = [" bin ", " binti ", " A/L ", " "];
const beginnings = "ba ca da fa ga ha ja ka la ma na pa ra sa ta wa ya za ri li mi ni si ti zu".split(" ");
const middles = "rul mir zan kim dah nor sya lin has din wati man lah yah rin".split(" ");
const ends = ["", "a", "i", "u", "ah", "an", "in", "un", "ul", "am", "im", "um", "is"];

/** A number from 0 to 1 that the same n always gives: every run fills the same accounts. */
function chance(n: number, what: string): number {
  return createHash("sha256").update(`${what} ${n}`).digest().readUInt32BE() / 2 ** 32;
}
const pick = <T>(from: readonly T[], by: number): T => from[Math.floor(by * from.length)] as T;
const word = (n: number, what: string): string =>
  pick(beginnings, chance(n, `${what}b`)) + pick(middles, chance(n, `${what}m`)) + pick(ends, chance(n, `${what}e`));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The n-th made-up person of the benchmark: a first name that is common or rare, two names out of some 4,900. */
export function scalePerson(n: number): { fullName: string; officialEmail: string; identity: IdentityNumber } {
  const name = pick(first, chance(n, "first") ** 2);
  const [father, family] = [capital(word(n, "father")), capital(word(n, "family"))];
  return {
    fullName: `${name} ${capital(word(n, "own"))}${between[n % between.length]}${father} ${family}`,
    officialEmail: `${name}.${father}${n}@contoh.example.gov.my`.toLowerCase(),
    // Past the dates there are, a passport's number; with the serial that is never issued.
    identity: { type: "passport", country: "ID", number: `K${n}0000` },
  };
}

/** How an agency's accounts stand, by their share. */
const standings = [
  [0.8, "activated"],
  [0.9, "pre_registered"],
  [0.94, "registered"],
  [0.95, "email_verified"],
  [0.955, "suspended"],
  [0.956, "locked"],
  [1, "closed"],
] as const;

/**
 * Fills a portal's database with so many accounts over 400 offices, large and small, each with a letter and two events, and
 * two in five of the activated with an authenticator app. As the owner; its indexes are taken off meanwhile.
 */
export async function fillAccounts(database: pg.Pool, keys: Keyring, count: number): Promise<void> {
  const { rows: offices } = await database.query<{ id: string }>(
    `insert into office (id, code, name) select gen_random_uuid(), lpad((2000 + n)::text, 4, '0'), 'Cawangan ' || n from generate_series(1, $1) n returning id`,
    [OFFICES],
  );
  const { rows: indexes } = await database.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'account' and indexname in
      ('account_search', 'account_by_name', 'account_by_creation', 'account_by_last_sign_in', 'account_by_status_and_sign_in', 'account_by_status', 'account_of_office')`,
  );
  for (const { name } of indexes) await database.query(`drop index "${name}"`);
  for (let from = 0; from < count; from += BATCH) {
    const people = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => rowOf(keys, from + n, offices));
    await database.query(insertion, [JSON.stringify(people)]);
  }
  await database.query(`insert into totp_credential (account_id, id, secret_sealed, last_step, set_at)
    select id, gen_random_uuid(), '', 0, now() from account where status = 'activated' and id < '66666666-6666-6666-6666-666666666666' on conflict do nothing`);
  await database.query(`insert into letter (id, account_id, kind, "to", about, state, attempts, created_at, handed_over_at)
    select gen_random_uuid(), id, 'activation', official_email, '{}', 'handed_over', 1, created_at, created_at from account`);
  await database.query(`insert into audit_event (at, type, outcome, account_id, actor_kind, ip, device, data)
    select created_at, type, 'success', id, 'system', '127.0.0.1', 'Kunci', '{}' from account, unnest(array['account.pre_registered', 'account.lapsed']) type`);
  for (const { definition } of indexes) await database.query(definition);
  await database.query("vacuum analyze");
}

const insertion = `insert into account (id, status, identity_type, identity_sealed, identity_index, full_name, official_email, official_email_verified_at, office_id,
    staff_confirmed_at, created_at, activated_at, last_sign_in_at, closed_at, asks_two_factors, email_code_on)
  select p.id, p.status, 'passport', p.sealed, p.looked, p.name, p.email, p.created, p.office,
    case when p.years > 0.2 then p.created end, p.created, case when p.status in ('activated', 'suspended', 'locked', 'closed') then p.created end,
    case when p.status = 'activated' and p.years < 0.9 then now() - p.years * interval '1 year' end, case when p.status = 'closed' then p.created end, false, true
  from jsonb_to_recordset($1::jsonb) as p(id uuid, status text, sealed text, looked text, name text, email citext, office uuid, created timestamptz, years float8)`;

function rowOf(keys: Keyring, n: number, offices: readonly { id: string }[]) {
  const { fullName, officialEmail, identity } = scalePerson(n);
  const id = randomUUID();
  const standing = chance(n, "standing");
  return {
    id,
    status: standings.find(([up]) => standing < up)?.[1],
    sealed: sealIdentity({ keys, random: randomBytes }, id, identity),
    looked: blindIndex(keys, identity),
    name: fullName,
    email: officialEmail,
    office: pick(offices, chance(n, "office") ** 3).id,
    created: new Date(Date.now() - n * 60_000),
    years: chance(n, "years"),
  };
}
