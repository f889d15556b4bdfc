import type { AdapterPayload } from "oidc-provider";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { after, before, minutes, seconds } from "#lib/kernel/time.ts";

/** A row of `oidc_record` that is not written yet; the id is a digest of the secret it is found by. */
export type NewRecord = { model: string; idDigest: string; payloadSealed: string; expiresAt: Date };

/** What oidc-provider keeps, and what the portal adds: when an interaction began, the approval that a code is for. */
export type KeptPayload = AdapterPayload & { startedAt?: string; approvalId?: string };

/** What a sealed payload is bound to, beside its row: this and its model. */
export const RECORD_PURPOSE = "oidc.";
const purposeOf = (model: string): string => RECORD_PURPOSE + model;

/** Seals what is kept under a secret. The secret itself (`jti`) is not in it, and is put back by whoever brings it. */
export function recordOf(
  ctx: Pick<Context, "keys" | "random" | "now">,
  model: string,
  id: string,
  { jti: _, ...payload }: KeptPayload,
  expiresIn: number,
): NewRecord {
  const idDigest = digest(id);
  const payloadSealed = seal(ctx.keys.sealing, ctx.random, JSON.stringify(payload), purposeOf(model), idDigest);
  return { model, idDigest, payloadSealed, expiresAt: after(ctx.now(), seconds(expiresIn)) };
}

export function openRecord(ctx: Pick<Context, "keys">, model: string, id: string, payloadSealed: string): KeptPayload {
  return { ...JSON.parse(unseal(ctx.keys.sealing, payloadSealed, purposeOf(model), digest(id))), jti: id };
}

const upsertStatement = {
  name: "oidc_record_upsert",
  text: `insert into oidc_record (model, id_digest, payload_sealed, expires_at) values ($1, $2, $3, $4)
    on conflict (model, id_digest) do update set payload_sealed = excluded.payload_sealed, expires_at = excluded.expires_at`,
};

export async function writeRecord(ctx: Pick<Context, "db">, record: NewRecord): Promise<void> {
  const { model, idDigest, payloadSealed, expiresAt } = record;
  await run(ctx.db, upsertStatement, [model, idDigest, payloadSealed, expiresAt]);
}

const removeStatement = {
  name: "oidc_record_remove",
  text: "delete from oidc_record where model = $1 and id_digest = $2",
};

export async function removeRecord(ctx: Pick<Context, "db">, model: string, id: string): Promise<void> {
  await run(ctx.db, removeStatement, [model, digest(id)]);
}

const consumeStatement = {
  name: "oidc_record_consume",
  text: "update oidc_record set consumed_at = $3 where model = $1 and id_digest = $2 and consumed_at is null returning true as consumed",
};

/** Whether the record was there to be used, and nobody had. Of any number at once one may. */
export async function consumeRecord(ctx: Pick<Context, "db" | "now">, model: string, id: string): Promise<boolean> {
  return (await run(ctx.db, consumeStatement, [model, digest(id), ctx.now()])).length > 0;
}

const onceStatement = {
  name: "oidc_record_once",
  text: `insert into oidc_record (model, id_digest, payload_sealed, expires_at) values ($1, $2, '', $3)
    on conflict (model, id_digest) do nothing returning true as first`,
};

/** Whether this is the first time that something comes: an assertion, a proof of possession. Remembered for its life, in seconds. */
export async function isFirstUse(
  ctx: Pick<Context, "db" | "now">,
  model: string,
  id: string,
  expiresIn: number,
): Promise<boolean> {
  const values = [model, digest(id), after(ctx.now(), seconds(Math.max(1, expiresIn)))];
  return (await run(ctx.db, onceStatement, values)).length > 0;
}

/** How stale "last used" of a sign-in at a relying party may be: one write a minute, not one a token. */
export const USED_STEP = minutes(1);

// The sign-in's row before the record's, as whoever ends a sign-in takes them: the other way round both would wait for ever.
const exchangeStatement = {
  name: "oidc_records_exchange",
  text: `with used as (
      update relying_party_session set last_used_at = $1 where id = $6 and ended_at is null and last_used_at < $4 returning id
    ), consumed as (
      update oidc_record set consumed_at = $1
      where model = $2 and id_digest = $3 and consumed_at is null and (select count(*) from used) >= 0 returning grant_id
    ), added as (
      insert into oidc_record (model, id_digest, payload_sealed, grant_id, expires_at)
      select n.model, n."idDigest", n."payloadSealed", c.grant_id, n."expiresAt"
      from consumed c cross join jsonb_to_recordset($5::jsonb) as n(model text, "idDigest" text, "payloadSealed" text, "expiresAt" timestamptz)
    )
    select true as consumed from consumed`,
};

/**
 * Uses up a code or a refresh token and writes what it was exchanged for, in one statement: both or neither. Answers whether
 * it had not been used before; of any number of parallel uses one is told so.
 */
export async function exchange(
  ctx: Pick<Context, "db" | "now">,
  used: { model: string; idDigest: string; grantId: string },
  adds: readonly NewRecord[],
): Promise<boolean> {
  const now = ctx.now();
  const values = [now, used.model, used.idDigest, before(now, USED_STEP), JSON.stringify(adds), used.grantId];
  return (await run(ctx.db, exchangeStatement, values)).length > 0;
}
