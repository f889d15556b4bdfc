import { errors, type KoaContextWithOIDC } from "oidc-provider";
import { consume } from "#lib/throttle/consume.ts";
import { limits } from "#lib/throttle/limits.ts";
import { readDetail } from "../../approval/content/read-detail.ts";
import { type ApprovalStanding, standingTowards } from "../../approval/decide/standing-towards.ts";
import { findApprovalAsked } from "../../approval/find-approval-asked.ts";
import { keepApproval } from "../../approval/keep-approval.ts";
import { registrationOf } from "../clients/registrations.ts";
import { thisRequest } from "../this-request.ts";

/**
 * Takes the parameter `authorization_details` (RFC 9396 §2) where it is pushed, and keeps what it asks somebody to approve.
 * oidc-provider's own feature of that name is an experiment that wants resource servers beside it; a transaction opens no
 * resource, so it is read here.
 */
export async function takeAuthorizationDetails(koa: KoaContextWithOIDC, parameter: unknown): Promise<void> {
  if (parameter === undefined) return;
  const { oidc } = koa;
  if (oidc.route !== "pushed_authorization_request") return refuseUnlessPushed(koa);
  const registration = registrationOf(oidc.client?.clientId ?? "");
  if (!registration) throw new errors.InvalidAuthorizationDetails("the client is not known");
  const { ctx } = thisRequest();
  const read = readDetail(String(parameter), ctx.now());
  if (!read.ok) throw new errors.InvalidAuthorizationDetails(read.error);
  await refuseBeyond(koa, registration.id);
  const kept = await keepApproval(ctx, registration, read.value);
  if (!kept.ok) throw new errors.InvalidAuthorizationDetails(kept.error);
}

/** What one system pushes is kept for weeks and stands in the trail for good: no more of it than people could decide. */
async function refuseBeyond(koa: KoaContextWithOIDC, relyingPartyId: string): Promise<void> {
  const counted = await consume(thisRequest().ctx.db, "approval-asked", relyingPartyId, limits.approvalsAsked);
  if (counted.ok) return;
  koa.set("Retry-After", String(counted.retryAfterSeconds ?? 1));
  const tooMany = new errors.TemporarilyUnavailable("too many transactions within the hour");
  throw Object.assign(tooMany, { status: 429, statusCode: 429 });
}

/** In an address anybody may write what they like: what the system itself did not push asks nobody for anything. */
function refuseUnlessPushed({ oidc }: KoaContextWithOIDC): void {
  if (!oidc.entities.PushedAuthorizationRequest)
    throw new errors.InvalidAuthorizationDetails("authorization_details are taken in a pushed request alone");
}

/**
 * Whether somebody is still to decide the transaction that a request asks about. What was decided goes back to its system: with
 * a code that its statement hangs on, or `access_denied`.
 */
export async function isToApprove({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const parameter = oidc.params?.authorization_details as string | undefined;
  const request = thisRequest();
  const { signedIn, ctx } = request;
  if (parameter === undefined || !signedIn?.relyingPartyId) return false;
  const { accountId, sessionId, relyingPartyId } = signedIn;
  const found = await findApprovalAsked(ctx, { parameter, relyingPartyId }, accountId);
  if (!found) throw new errors.InvalidAuthorizationDetails("nothing of that identifier was pushed");
  const standing = standingTowards(found, { accountId, sessionId, now: ctx.now() });
  if (standing.is === "approved") request.approvalId = found.id;
  const over = whyOver(standing);
  if (over !== null) throw new errors.AccessDenied(over);
  return standing.is !== "approved";
}

function whyOver(standing: ApprovalStanding): string | null {
  if (standing.is === "refused") return "the transaction was refused";
  return standing.is === "not_theirs" && standing.why === "expired" ? "the transaction was not decided in time" : null;
}
