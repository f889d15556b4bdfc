import { randomBytes } from "node:crypto";
import type { Context } from "#lib/kernel/context.ts";
import { portalNow } from "../clock/follow-clock.ts";
import type { Portal } from "../portal.ts";

/** What a context holds whoever acts: the database, the clock, chance and what the agency has chosen. */
export function baseContext({ db, keys, config }: Omit<Portal, "log">): Omit<Context, "actor" | "request"> {
  return {
    db,
    keys,
    now: portalNow,
    random: randomBytes,
    origin: config.origin,
    policy: {
      emailDomains: config.emailDomains,
      passwordPolicy: config.passwordPolicy,
      twoFactors: config.twoFactors,
      registration: config.registration,
      passkeyRpId: config.passkeyRpId,
    },
  };
}

/** A context that acts for the system, under a request id of its own: a job, the seed of the demonstration. */
export function systemContext(portal: Portal): Context {
  return {
    ...baseContext(portal),
    actor: { kind: "system" },
    request: {
      id: randomBytes(12).toString("base64url"),
      ip: "127.0.0.1",
      device: "Kunci",
      deviceToken: null,
      language: "ms",
    },
  };
}
