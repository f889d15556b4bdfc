import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "#lib/kernel/context.ts";
import type { Granted } from "./records/find-granted.ts";
import type { KeptInteraction } from "./records/interaction-record.ts";
import type { NewRecord } from "./records/records.ts";
import type { SignedIn } from "./session/find-signed-in.ts";
import type { Standing } from "./session/standing.ts";

/**
 * One request to the provider and what has been found out for it: a statement asks for all that the rest of the request
 * needs, since oidc-provider asks for sessions, grants, accounts and tokens one by one.
 */
export type ThisRequest = {
  ctx: Context;
  /** Below `/oidc`: `/token`. */
  path: string;
  /** Of the portal's cookie. */
  sessionToken: string | null;
  /** Whose browser asks; null where nobody is signed in, undefined where nobody has looked yet. */
  signedIn?: SignedIn | null;
  standing?: Standing;
  /** The interaction that is resumed. */
  interaction?: KeptInteraction;
  /** What a code is made for: the sign-in at the relying party, and what is granted there. */
  grant?: { grantId: string; asked: readonly string[]; scopes: readonly string[]; claims: readonly string[] };
  /** The approval that a code is made for, or was. */
  approvalId?: string;
  /** Which of the two that are used once was brought. */
  presented?: "code" | "token";
  /** What the codes and tokens of this request hang on, by the grant's id. */
  granted: Map<string, Granted>;
  /** What is written at the end of the request, in one statement. */
  consumes?: { model: string; idDigest: string; grantId: string };
  adds: NewRecord[];
};

const requests = new AsyncLocalStorage<ThisRequest>();

export const during = <T>(request: ThisRequest, work: () => T): T => requests.run(request, work);

/** The request being answered. Throws outside of one: the provider is asked through `OidcServer.answer` alone. */
export function thisRequest(): ThisRequest {
  const request = requests.getStore();
  if (!request) throw new Error("The provider was asked outside of a request");
  return request;
}
