import type { KoaContextWithOIDC } from "oidc-provider";
import { run } from "#db/named.ts";
import { countedAs } from "#lib/throttle/counted-as.ts";
import { countTry, secondsUntil } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { thisRequest } from "../this-request.ts";

const { points: ALLOWED, window } = limits.clientTriesPerAddress;
const spend = { name: "client_try_spend", text: countTry("$1", "$2", { window }) };

/** Addresses remembered as paused. Beyond it an attack holds so many that pausing each tells nothing. */
const MOST_PAUSED = 10_000;

/**
 * Lets an address fail to be a relying party 20 times a minute and no more, over all instances: counted in the database when a
 * try has failed, so that a relying party that is who it says costs nothing. What fails beyond that is answered 429, and then
 * so is all that the address tries as a relying party, until the minute is over.
 */
export function limitClientTries() {
  const pausedUntil = new Map<string, number>();
  return {
    /** Answers who is paused, and says so. */
    isPaused: (ctx: KoaContextWithOIDC): boolean => {
      if (ctx.method !== "POST") return false;
      const { ctx: here } = thisRequest();
      const address = countedAs(here.request.ip);
      const until = pausedUntil.get(address);
      if (until === undefined) return false;
      if (until <= here.now().getTime()) return !pausedUntil.delete(address);
      if (!TRIED_AT.has(thisRequest().path)) return false;
      refuseMore(ctx, until);
      return true;
    },
    /** Counts a try that has failed. */
    count: async (ctx: KoaContextWithOIDC): Promise<void> => {
      const body = ctx.body as { error?: unknown } | undefined;
      if (ctx.status !== 401 || body?.error !== "invalid_client") return;
      const { ctx: here } = thisRequest();
      const address = countedAs(here.request.ip);
      const [counted] = await run<{ points: number; expire: string }>(here.db, spend, [
        `client-try:${address}`,
        here.now(),
      ]);
      if (!counted || counted.points <= ALLOWED) return;
      if (pausedUntil.size < MOST_PAUSED) pausedUntil.set(address, Number(counted.expire));
      refuseMore(ctx, Number(counted.expire));
    },
  };
}

/** Where a relying party says who it is. */
const TRIED_AT = new Set(["/token", "/token/introspection", "/token/revocation", "/request"]);

function refuseMore(ctx: KoaContextWithOIDC, until: number): void {
  ctx.status = 429;
  ctx.set("Retry-After", String(secondsUntil(thisRequest().ctx, until)));
  ctx.body = { error: "temporarily_unavailable", error_description: "too many failed tries from this address" };
}
