import type { errors, KoaContextWithOIDC, Provider } from "oidc-provider";
import { thisRequest } from "../this-request.ts";

/** `client` is null where none of that id is registered; `error` and `description` are what was told. */
export type RefusedLine = {
  request: string;
  client: string | null;
  path: string;
  error: string;
  description: string | undefined;
};

const REFUSALS = [
  "authorization.error",
  "pushed_authorization_request.error",
  "grant.error",
  "userinfo.error",
  "introspection.error",
  "revocation.error",
  "end_session.error",
] as const;

/** Tells of whatever a system is refused, by the words it gets; a fault of ours is none of these. */
export function tellRefusals(provider: Provider, refused: (line: RefusedLine) => void): void {
  const events = provider as unknown as NodeJS.EventEmitter;
  for (const event of REFUSALS)
    events.on(event, (koa: KoaContextWithOIDC, { error, error_description }: errors.OIDCProviderError) => {
      const { ctx, path } = thisRequest();
      const client = koa.oidc?.client?.clientId ?? null;
      refused({ request: ctx.request.id, client, path, error, description: error_description });
    });
}
