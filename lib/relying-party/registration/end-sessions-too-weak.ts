import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { type Aal, assuranceOf, type Proof, reaches } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";

const statement = {
  name: "relying_party_sessions_proofs",
  text: `select g.id, s.proofs from relying_party_session g left join session s on s.id = g.session_id
    where g.relying_party_id = $1 and g.ended_at is null`,
};

/**
 * A relying party asks for a higher level from now on: whoever is signed in to it by a session that does not reach that is
 * signed out of it. Else a refresh token would carry the former level on for as long as the session lives.
 */
export async function endSessionsTooWeak(
  tx: Tx,
  ctx: Context,
  { relyingPartyId, level }: { relyingPartyId: string; level: Aal },
): Promise<void> {
  const open = await run<{ id: string; proofs: Proof[] | null }>(tx, statement, [relyingPartyId]);
  const tooWeak = open.filter(({ proofs }) => !reaches(assuranceOf(proofs ?? []), level));
  const relyingPartySessionIds = tooWeak.map(({ id }) => id);
  if (relyingPartySessionIds.length > 0)
    await endRelyingPartySessions(tx, ctx, { relyingPartySessionIds }, "no_access");
}
