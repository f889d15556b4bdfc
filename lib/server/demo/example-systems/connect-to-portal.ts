import type { Configuration } from "openid-client";
import { type ExampleClient, followIssuer, nearby, type PortalOfExamples } from "./follow-issuer.ts";
import { logoutTokensOf, type ReadLogoutToken } from "./take-logout.ts";

export type Connected = {
  portal: Configuration;
  readLogoutToken: ReadLogoutToken;
  client: ExampleClient;
  /** For what openid-client does not know. */
  fetching: ReturnType<typeof nearby>;
};

/** Connects a system to the portal, once it is needed and the portal has registered it; again where that failed. */
export function connectToPortal(
  of: PortalOfExamples,
  client: () => ExampleClient | undefined,
): () => Promise<Connected> {
  let connected: Promise<Connected> | undefined;
  const connect = async (): Promise<Connected> => {
    const known = client();
    if (!known) throw new Error("The portal has not registered the example systems yet");
    const portal = await followIssuer(of, known);
    const fetching = nearby(of);
    return { portal, readLogoutToken: logoutTokensOf(portal, known.clientId, fetching), client: known, fetching };
  };
  return () => {
    connected ??= connect().catch((fault) => {
      connected = undefined;
      throw fault;
    });
    return connected;
  };
}
