import { createHash, createHmac } from "node:crypto";
import type { Named } from "#db/named.ts";
import type { auditRedaction, auditSeal } from "#db/schema/audit.ts";

export type Seal = typeof auditSeal.$inferSelect;
export type Redaction = typeof auditRedaction.$inferSelect;
export type Unsigned = Omit<Seal, "keyId" | "signature">;

/** An event as it was sealed: its number, and the keyed hash of everything else it says. */
export type Entry = { id: number; hash: string };

const ID_BYTES = 8;
/** 128 bits of HMAC-SHA-256: finding another event with the same takes the key or for ever (NIST SP 800-107 §5.3.4). */
const HASH_BYTES = 16;

/**
 * Events by number, each with all it says as one text that is the same wherever it is asked: PostgreSQL's own form of
 * jsonb, and the moment as seconds, which no setting of a session dresses differently. Its number is apart, so that an
 * event found under another's number is known again.
 */
export const sealedRows: Named = {
  name: "audit_rows_to_seal",
  text: `select id, at, jsonb_build_array(extract(epoch from at)::text, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data)::text as said
    from audit_event where ($1::bigint is null or id > $1) and id <= $2 order by id limit $3`,
};

/**
 * What `sealedRows` said of events ($1), as it is once where they came from is forgotten: made of these words and not read
 * once more, since a database that is asked twice may answer twice.
 */
export const withoutAddresses: Named = {
  name: "audit_words_without_addresses",
  text: `select jsonb_set(jsonb_set(said::jsonb, '{8}', 'null'), '{9}', 'null')::text as said
    from unnest($1::text[]) with ordinality as each (said, place) order by place`,
};

export const hashOf = (key: Buffer, said: string): string =>
  createHmac("sha256", key).update(`audit event\0${said}`).digest().subarray(0, HASH_BYTES).toString("base64url");

export function packEntries(entries: readonly Entry[]): Buffer {
  return Buffer.concat(
    entries.map(({ id, hash }) => {
      const number = Buffer.alloc(ID_BYTES);
      number.writeBigInt64BE(BigInt(id));
      return Buffer.concat([number, Buffer.from(hash, "base64url")]);
    }),
  );
}

/** Throws nothing: what is no whole entry is left out, and the signature over the bytes tells. */
export function unpackEntries(packed: Buffer): Entry[] {
  const size = ID_BYTES + HASH_BYTES;
  return Array.from({ length: Math.floor(packed.length / size) }, (_, n) => ({
    id: Number(packed.readBigInt64BE(n * size)),
    hash: packed.subarray(n * size + ID_BYTES, (n + 1) * size).toString("base64url"),
  }));
}

/** `previous`: the signature of the seal before; null of the first. */
export function signatureOf(key: Buffer, seal: Unsigned, previous: string | null): string {
  const { number, sealedAt, lastId, rowCount, entries } = seal;
  const rows = createHash("sha256").update(entries).digest("base64url");
  const said = JSON.stringify([number, sealedAt.toISOString(), lastId, rowCount, rows, previous]);
  return createHmac("sha256", key).update(`audit seal\0${said}`).digest("base64url");
}

/** `seal`: the signature of the seal whose events these are. */
export function redactionSignatureOf(
  key: Buffer,
  { sealNumber, redactedAt, entries }: Pick<Redaction, "sealNumber" | "redactedAt" | "entries">,
  seal: string,
): string {
  const rows = createHash("sha256").update(entries).digest("base64url");
  const said = JSON.stringify([sealNumber, redactedAt.toISOString(), rows, seal]);
  return createHmac("sha256", key).update(`audit redaction\0${said}`).digest("base64url");
}
