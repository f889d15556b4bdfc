import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Context } from "#lib/kernel/context.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";

const OFFICES = 400;
const PHASES = 4;

export type FilledCampaign = { id: string; phaseIds: string[]; officeIds: string[] };

/**
 * A campaign that runs for so many people, holders of a role of one system, over 400 offices large and small in four
 * phases that have all begun: a tenth not activated yet, half of the others with an authenticator app, some whose letters
 * come back, and an issued token each. Nobody has been looked at. `owner` connects as the owner, `ctx` as whoever measures.
 */
export async function fillCampaign(owner: pg.Pool, ctx: Context, people: number): Promise<FilledCampaign> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into office (id, code, name, address) select gen_random_uuid(), lpad((3000 + n)::text, 4, '0'), 'Cawangan ' || n, 'Aras 3'
      from generate_series(1, $1) n returning id`,
    [OFFICES],
  );
  const officeIds = rows.map(({ id }) => id);
  // The square gathers people in the first offices, as an agency's headquarters does.
  await owner.query(
    `insert into account (id, status, identity_type, identity_sealed, identity_index, full_name, official_email, official_email_verified_at,
        mobile_sealed, office_id, staff_confirmed_at, created_at, activated_at)
      select gen_random_uuid(), case when n % 10 = 0 then 'pre_registered' else 'activated' end, 'passport', '', 'bench ' || n,
        'Orang Contoh ' || n, 'orang.' || n || '@contoh.test', case when n % 10 <> 0 then now() end, case when n % 3 <> 0 then 'sealed' end,
        ($2::uuid[])[1 + floor(power(random(), 2) * ${OFFICES})::int], now(), now(), case when n % 10 <> 0 then now() end
      from generate_series(1, $1) n`,
    [people, officeIds],
  );
  const theirs = "official_email::text like 'orang.%@contoh.test'";
  const { roles } = await addRelyingParty(ctx, { roles: ["pelulus"] });
  const roleId = roles[0]?.id ?? "";
  await owner.query(
    `insert into relying_party_role_grant (id, account_id, role_id, from_at, granted_at)
      select gen_random_uuid(), id, $1, now() - interval '1 day', now() from account where ${theirs}`,
    [roleId],
  );
  await owner.query(`insert into totp_credential (account_id, id, secret_sealed, last_step, set_at)
    select id, gen_random_uuid(), '', 0, now() from account where ${theirs} and activated_at is not null and id < '7fffffff-0000-0000-0000-000000000000'`);
  await owner.query(`insert into undeliverable_mailbox (mailbox, why, is_final, since)
    select official_email, 'no_such_mailbox', true, now() from account where ${theirs} and identity_index like 'bench %7'`);
  await owner.query(`insert into hardware_token (id, serial, medium, holder_id, state, state_since, created_at)
    select gen_random_uuid(), upper(replace(id::text, '-', '')), 'usb_token', id, 'issued', now(), now() from account where ${theirs}`);
  const each = OFFICES / PHASES;
  const made = await addCampaign(ctx, {
    id: randomUUID(),
    requirements: ["official_email", "mobile", "office_address", "second_factor"],
    roleIds: [roleId],
    phases: Array.from({ length: PHASES }, (_, n) => ({
      fromDay: `2020-0${n + 1}-01`,
      untilDay: n === PHASES - 1 ? "2099-12-31" : `2020-0${n + 1}-28`,
      officeIds: officeIds.slice(n * each, (n + 1) * each),
    })),
  });
  await owner.query("vacuum analyze");
  return { id: made.id, phaseIds: made.phases.map(({ id }) => id), officeIds };
}
