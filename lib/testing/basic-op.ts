import { eq } from "drizzle-orm";
import { fetchUserInfo } from "openid-client";
import { session } from "#db/schema/session.ts";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { before, type Duration } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn } from "./new-world.ts";
import { oidcAtWork, type System } from "./oidc-at-work.ts";

/**
 * The provider with one relying party and somebody who is signed in to the portal, for the modules of the OpenID Basic OP plan. One
 * for all the tests of a file: none of them changes what another one sees.
 */
export async function basicOp() {
  const world = await newWorld();
  const op = await oidcAtWork(world);
  const ada = await world.account({ fullName: "Ada binti Contoh", staffConfirmed: true });
  const as = await world.as(ada, ["password"]);
  const system = await op.system();
  return {
    world,
    op,
    ada,
    as,
    system,
    /** Signs in with these parameters, and answers what the ID token and userinfo tell. */
    told: async (params?: Record<string, string>, of: System = system, by: SignedIn = as) => {
      const tokens = await op.signIn(of, by, params);
      const claims = tokens.claims();
      if (!claims) throw new Error("There is no ID token");
      return { tokens, claims, userinfo: await fetchUserInfo(of.config, tokens.access_token, claims.sub) };
    },
    /** Somebody's session is as if its proofs had been given so long ago, in ms. */
    provenAgo: (whose: SignedIn, factors: readonly Factor[], span: Duration) =>
      world.db
        .update(session)
        .set({
          proofs: factors.map((factor): Proof => ({ factor, at: before(world.now(), span).toISOString() })),
        })
        .where(eq(session.id, whose.actor.sessionId)),
  };
}
