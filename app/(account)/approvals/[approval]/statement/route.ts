import { isUuid } from "#lib/kernel/uuid.ts";
import { readStatement } from "#lib/relying-party/approval/list-approvals.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { APPROVALS_PATH, approvalPath } from "../../paths.ts";

/** The signed statement itself, a line of text. Whoever it is not for is led to their own list. */
export async function GET(_: Request, { params }: { params: Promise<{ approval: string }> }): Promise<Response> {
  const { approval: id } = await params;
  const { ctx } = await requireSession(approvalPath(id));
  const statement = isUuid(id) ? await readStatement(ctx, id) : null;
  if (statement === null) return new Response(null, { status: 303, headers: { location: APPROVALS_PATH } });
  return new Response(statement, {
    headers: {
      "content-type": "application/jose",
      "content-disposition": `attachment; filename="kunci-approval-${id}.jws"`,
      "cache-control": "no-store",
    },
  });
}
