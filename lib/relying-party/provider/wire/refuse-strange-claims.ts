import { errors } from "oidc-provider";
import { asksUnknownLevel } from "../session/standing.ts";

/** The `claims` parameter (OpenID Connect Core §5.5), read, as far as it is looked at here. */
type ReadClaims = Exclude<Parameters<typeof asksUnknownLevel>[0], string | undefined> & {
  id_token?: { sub?: { value?: unknown } | null };
};

/** Whom nobody can be is asked for in vain, by our page and the provider in turn for as long as the browser stays open. */
export function refuseStrangeClaims(_: unknown, claims: ReadClaims): void {
  const meant = claims.id_token?.sub;
  if (meant?.value !== undefined && typeof meant.value !== "string")
    throw new errors.InvalidRequest("claims.id_token.sub.value should be a string");
  if (asksUnknownLevel(claims))
    throw new errors.UnmetAuthenticationRequirements("none of the essential acr values is known here");
}
