import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

const publishedStatement = {
  name: "statement_keys_published",
  text: `select public_jwk as jwk from statement_key where withdrawn_at is null order by first_signed_at, kid`,
};

/**
 * The public half of every key that ever signed a statement, as a JSON Web Key Set (RFC 7517 §5): what is looked at after years
 * is looked at by these. A key whose private half came into wrong hands is none of them.
 */
export async function publishedStatementKeys(ctx: Pick<Context, "db">): Promise<{ keys: object[] }> {
  const rows = await run<{ jwk: object }>(ctx.db, publishedStatement, []);
  return { keys: rows.map(({ jwk }) => jwk) };
}
