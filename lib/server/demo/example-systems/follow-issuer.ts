import { allowInsecureRequests, ClientSecretBasic, type Configuration, customFetch, discovery } from "openid-client";

export type ExampleClient = { clientId: string; clientSecret: string };

/** The portal that the examples belong to. */
export type PortalOfExamples = { origin: string; port: number };

/**
 * Asks the portal on this machine, by its port: the address that people use may lead elsewhere first, or nowhere from
 * here.
 */
export const nearby =
  ({ origin, port }: PortalOfExamples) =>
  (url: string, init: object & { headers?: ConstructorParameters<typeof Headers>[0] }): Promise<Response> => {
    if (!url.startsWith(`${origin}/`)) return fetch(url, init as RequestInit);
    const headers = new Headers(init.headers);
    headers.set("host", new URL(origin).host);
    return fetch(`http://127.0.0.1:${port}${url.slice(origin.length)}`, { ...(init as RequestInit), headers });
  };

/** What an example knows of the portal: openid-client reads it from the discovery document. */
export const followIssuer = (portal: PortalOfExamples, client: ExampleClient): Promise<Configuration> =>
  discovery(new URL(`${portal.origin}/oidc`), client.clientId, undefined, ClientSecretBasic(client.clientSecret), {
    [customFetch]: nearby(portal),
    ...(portal.origin.startsWith("http:") ? { execute: [allowInsecureRequests] } : {}),
  });
