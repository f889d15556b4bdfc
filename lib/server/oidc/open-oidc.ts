import { randomBytes } from "node:crypto";
import type { JWKS } from "oidc-provider";
import { drawAhead } from "#lib/kernel/draw-ahead.ts";
import { asFetch } from "#lib/relying-party/outbound/as-fetch.ts";
import { followRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { createProvider, type OidcServer } from "#lib/relying-party/provider/create-provider.ts";
import { sealSignOut } from "#lib/relying-party/provider/sign-out/sign-out-request.ts";
import { ensureSigningKeys } from "#lib/relying-party/signing-keys/ensure-signing-keys.ts";
import { type FollowedKeys, followSigningKeys } from "#lib/relying-party/signing-keys/follow-signing-keys.ts";
import { keySetOf } from "#lib/relying-party/signing-keys/read-signing-keys.ts";
import { portalNow } from "../clock/follow-clock.ts";
import { agencyNow } from "../config.ts";
import type { Portal } from "../portal.ts";
import { baseContext, systemContext } from "../request/base-context.ts";
import { runtime } from "../runtime.ts";
import { answerOidc } from "./answer-oidc.ts";
import { oidcErrorPage } from "./error-page.ts";
import { reachOf } from "./reach-of.ts";

export type OpenOidc = { keys: FollowedKeys; stop: () => void };

/**
 * Opens the provider of integrated login in this process and hands it to the front. With other keys it is made anew; requests
 * under way finish by the former.
 */
export async function openOidc(portal: Portal): Promise<OpenOidc> {
  const { log } = portal;
  const fetch = asFetch(() => reachOf(portal.config));
  const make = (keys: JWKS): OidcServer =>
    createProvider({
      origin: portal.config.origin,
      jwks: keys,
      fetch: fetch as typeof globalThis.fetch,
      errorPage: (problem, nonce) => oidcErrorPage(problem, nonce, { agency: agencyNow }),
      signOutPath: (asked, ctx) => `/sign-out?request=${sealSignOut(ctx, asked)}`,
      fault: (err) => log.error({ err }, "the provider failed"),
      refused: (line) => log.info(line, "a system was refused"),
    });
  const registrations = await followRegistrations({ db: portal.db, now: portalNow }, (err) =>
    log.warn({ err }, "what is registered of systems could not be looked at"),
  );
  // Whatever is kept for a system is sealed, under a start of its own.
  const random = drawAhead(randomBytes);
  const system = systemContext(portal);
  await ensureSigningKeys(system);
  const keys = await followSigningKeys(
    system,
    (found) => {
      const server = make(keySetOf(found));
      runtime.oidc = (req, res) => answerOidc(server, { ...baseContext(portal), random }, req, res);
    },
    (err) => log.warn({ err }, "the signing keys could not be looked at"),
  );
  return {
    keys,
    stop: () => {
      keys.stop();
      registrations.stop();
    },
  };
}
