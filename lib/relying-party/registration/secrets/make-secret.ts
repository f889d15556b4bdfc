import type { Tx } from "#db/client.ts";
import { relyingPartySecret } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { SECRET_BYTES } from "../registration.ts";

/** A further secret of a relying party, by whoever may make one: kept as its digest alone, so shown now or never. */
export async function makeSecret(
  tx: Tx,
  ctx: Context,
  { id, name }: { id: string; name: string },
): Promise<{ secretId: string; clientSecret: string }> {
  const clientSecret = ctx.random(SECRET_BYTES).toString("base64url");
  const secretId = uuidv7(ctx.now(), ctx.random);
  await tx
    .insert(relyingPartySecret)
    .values({ id: secretId, relyingPartyId: id, digest: digest(clientSecret), createdAt: ctx.now() });
  await record(tx, ctx, {
    type: "relying_party.secret_made",
    accountId: null,
    relyingPartyId: id,
    system: name,
    secretId,
  });
  return { secretId, clientSecret };
}
