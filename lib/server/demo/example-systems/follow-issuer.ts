import { request } from "node:http";
import { text } from "node:stream/consumers";
import { allowInsecureRequests, ClientSecretBasic, type Configuration, customFetch, discovery } from "openid-client";
import { seconds } from "#lib/kernel/time.ts";

const ANSWERS_WITHIN = seconds(10);

export type ExampleClient = { clientId: string; clientSecret: string };

/** The portal that the examples belong to. */
export type PortalOfExamples = { origin: string; port: number };

/**
 * Asks the portal on this machine, by its port, under the name that people use: that may lead elsewhere first, or nowhere
 * from here, and fetch would not let the name differ from where it connects to.
 */
export const nearby =
  ({ origin, port }: PortalOfExamples) =>
  async (url: string, init: object): Promise<Response> => {
    if (!url.startsWith(`${origin}/`)) throw new Error(`${url} is no address of the portal`);
    const asked = new Request(url, init);
    const body = asked.method === "GET" ? undefined : await asked.text();
    const headers = { ...Object.fromEntries(asked.headers), host: new URL(origin).host };
    return new Promise((done, failed) => {
      request({ host: "127.0.0.1", port, path: url.slice(origin.length), method: asked.method, headers }, (answer) => {
        text(answer).then(
          (told) =>
            done(
              new Response(told === "" ? null : told, {
                status: answer.statusCode ?? 500,
                headers: { "content-type": answer.headers["content-type"] ?? "" },
              }),
            ),
          failed,
        );
      })
        .on("error", failed)
        .setTimeout(ANSWERS_WITHIN, () => failed(new Error("the portal did not answer in time")))
        .end(body);
    });
  };

/** What an example knows of the portal: openid-client reads it from the discovery document. */
export const followIssuer = (portal: PortalOfExamples, client: ExampleClient): Promise<Configuration> =>
  discovery(new URL(`${portal.origin}/oidc`), client.clientId, undefined, ClientSecretBasic(client.clientSecret), {
    [customFetch]: nearby(portal),
    ...(portal.origin.startsWith("http:") ? { execute: [allowInsecureRequests] } : {}),
  });
