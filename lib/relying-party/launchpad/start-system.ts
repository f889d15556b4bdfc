import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { mayOpen } from "../may-open.ts";

/** not_yours: there is none, it is disabled, or the signed-in person may not open it. no_address: it begins elsewhere. */
export type StartRefusal = "not_yours" | "no_address";

type Row = { initiateLoginUri: string | null; startUri: string | null };

const findStatement = {
  name: "system_to_start",
  text: `select p.initiate_login_uri as "initiateLoginUri", p.start_uri as "startUri"
    from account a join relying_party p on p.id = $2 where a.id = $1 and ${mayOpen("a", "p", "$3")}`,
};

/**
 * Where a browser goes to open a system from the portal: to where its sign-in begins, with who signs people in (`iss`) and
 * where to go then (`target_link_uri`: OpenID Connect Core §4), or else to its first page. It changes nothing: that it was
 * opened is known once the person has signed in there.
 */
export async function startSystem(ctx: Context, relyingPartyId: string): Promise<Result<URL, StartRefusal>> {
  if (ctx.actor.kind !== "account" || !isUuid(relyingPartyId)) return refuse("not_yours");
  const [found] = await run<Row>(ctx.db, findStatement, [ctx.actor.accountId, relyingPartyId, ctx.now()]);
  if (!found) return refuse("not_yours");
  const { initiateLoginUri, startUri } = found;
  if (initiateLoginUri !== null) {
    const begins = new URL(initiateLoginUri);
    begins.searchParams.set("iss", `${ctx.origin}/oidc`);
    if (startUri !== null) begins.searchParams.set("target_link_uri", startUri);
    return ok(begins);
  }
  return startUri === null ? refuse("no_address") : ok(new URL(startUri));
}
