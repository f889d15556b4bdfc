import type { JWKS } from "oidc-provider";
import { asFetch } from "#lib/relying-party/outbound/as-fetch.ts";
import { createProvider, type OidcServer } from "#lib/relying-party/provider/create-provider.ts";
import { followRegistrations } from "#lib/relying-party/provider/registrations.ts";
import { sealSignOut } from "#lib/relying-party/provider/sign-out-request.ts";
import { agencyNow } from "../config.ts";
import type { Portal } from "../portal.ts";
import { baseContext } from "../request/base-context.ts";
import { runtime } from "../runtime.ts";
import { answerOidc } from "./answer-oidc.ts";
import { oidcErrorPage } from "./error-page.ts";

export type OpenOidc = {
  /** Goes by other keys from now on: of each algorithm the first one signs, all are published. Requests under way finish by the old. */
  useKeys: (jwks: JWKS) => void;
  stop: () => void;
};

/** Opens the provider of integrated login in this process and hands it to the front. */
export async function openOidc(portal: Portal, jwks: JWKS): Promise<OpenOidc> {
  const { log } = portal;
  const fetch = asFetch(() => ({
    networks: portal.config.relyingPartyNetworks,
    loopback: portal.config.mode === "demo",
  }));
  const make = (keys: JWKS): OidcServer =>
    createProvider({
      origin: portal.config.origin,
      jwks: keys,
      fetch: fetch as typeof globalThis.fetch,
      errorPage: (problem, nonce) => oidcErrorPage(problem, nonce, { agency: agencyNow }),
      signOutPath: (asked, ctx) => `/sign-out?request=${sealSignOut(ctx, asked)}`,
      fault: (err) => log.error({ err }, "the provider failed"),
    });
  const registrations = await followRegistrations({ db: portal.db, now: () => new Date() }, (err) =>
    log.warn({ err }, "what is registered of systems could not be looked at"),
  );
  let server = make(jwks);
  runtime.oidc = (req, res) => answerOidc(server, baseContext(portal), req, res);
  return {
    useKeys: (keys) => {
      server = make(keys);
    },
    stop: registrations.stop,
  };
}
