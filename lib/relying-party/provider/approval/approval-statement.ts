import { type Client, errors, type KoaContextWithOIDC, type Provider } from "oidc-provider";
import { isIdentifier } from "../../approval/content/read-detail.ts";
import { findOutcome, findOutcomeOf, type Outcome } from "../../approval/statement/find-outcome.ts";
import { publishedStatementKeys } from "../../approval/statement/statement-keys.ts";
import { registrationOf } from "../clients/registrations.ts";
import { thisRequest } from "../this-request.ts";

/** The grant by which a system fetches a statement, any time after the decision and as often as it likes. */
export const STATEMENT_GRANT = "urn:kunci:grant-type:approval-statement";
/** What that answers, in the words of RFC 8693 §2.2.1: a statement opens nothing, so it is of no type that a bearer has. */
const STATEMENT_TOKEN_TYPE = "urn:kunci:token-type:approval-statement";
export const STATEMENT_KEYS_PATH = "/statement-keys";

/** RFC 9396 §7: what was asked for, with what came of it. */
const enriched = ({ detail, statement }: Outcome) => [{ ...detail, statement }];

/**
 * Gives the client that asked for it the statement of a decision, by its own identifier; and takes none for an ID token, which is
 * signed by the same key.
 */
export function grantStatements(provider: Provider): void {
  const { IdToken } = provider as unknown as {
    IdToken: { validate: (jwt: string, client: Client) => Promise<object> };
  };
  const validate = IdToken.validate.bind(IdToken);
  IdToken.validate = async (jwt, client) => {
    // RFC 8725 §3.11. ID tokens of oidc-provider have no `typ`; RFC 7519 §5.1 names the only one they could have.
    const typ = (JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()) as { typ?: unknown }).typ;
    if (typ !== undefined && typ !== "JWT") throw new Error("A token of another kind is no ID token");
    return validate(jwt, client);
  };
  provider.registerGrantType(
    STATEMENT_GRANT,
    async (koa) => {
      const { identifier } = koa.oidc.params as { identifier?: unknown };
      const registration = registrationOf(koa.oidc.client?.clientId ?? "");
      if (typeof identifier !== "string" || identifier === "") throw new errors.InvalidRequest("identifier is missing");
      if (!registration || !isIdentifier(identifier)) throw REFUSED.unknown();
      const found = await findOutcome(thisRequest().ctx, { relyingPartyId: registration.id, identifier });
      if (!found.ok) throw REFUSED[found.error]();
      koa.body = {
        access_token: found.value.statement,
        issued_token_type: STATEMENT_TOKEN_TYPE,
        token_type: "N_A",
        authorization_details: enriched(found.value),
      };
    },
    ["identifier"],
  );
}

const REFUSED = {
  unknown: () => new errors.InvalidGrant("nothing of that identifier was asked for"),
  // RFC 8628 §3.5 has the words for both.
  pending: () => new errors.AuthorizationPending("nobody has decided yet"),
  expired: () => new errors.ExpiredToken("nobody decided in time"),
} as const;

/** Puts the statement beside the tokens that a code was exchanged for, where the code came of an approval. */
export async function addStatement(koa: KoaContextWithOIDC): Promise<void> {
  const { ctx, path, approvalId, presented } = thisRequest();
  if (path !== "/token" || presented !== "code" || approvalId === undefined || koa.status !== 200) return;
  const found = await findOutcomeOf(ctx, approvalId);
  if (!found.ok) throw new Error(`Approval ${approvalId} has a code and no statement`);
  koa.body = { ...(koa.body as object), authorization_details: enriched(found.value) };
}

/** Answers the key set that statements are verified with; whether it was asked for. */
export async function answerStatementKeys(koa: KoaContextWithOIDC): Promise<boolean> {
  if (koa.path !== STATEMENT_KEYS_PATH || !["GET", "HEAD"].includes(koa.method)) return false;
  koa.body = await publishedStatementKeys(thisRequest().ctx);
  koa.type = "application/jwk-set+json; charset=utf-8";
  koa.set("Access-Control-Allow-Origin", "*");
  return true;
}
