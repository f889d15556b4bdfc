import type { Context } from "#lib/kernel/context.ts";
import { digestOf } from "./content/canonical-json.ts";
import type { Detail } from "./content/read-detail.ts";
import { contentOf } from "./content/seal-approval.ts";
import { type FoundApproval, findApproval } from "./find-approval.ts";

/**
 * The transaction that a request on its way asks about, as it was kept when it was pushed: by its identifier, and only with the
 * content that the request has. `parameter` was read when it came. Null where none such was kept.
 */
export async function findApprovalAsked(
  ctx: Pick<Context, "db" | "now">,
  { parameter, relyingPartyId }: { parameter: string; relyingPartyId: string },
  accountId: string,
): Promise<FoundApproval | null> {
  const [detail] = JSON.parse(parameter) as [Detail];
  const found = await findApproval(ctx, { relyingPartyId, identifier: detail.identifier }, accountId);
  return found?.digest === digestOf(contentOf(detail)) ? found : null;
}
