import { takeToken } from "#lib/server/request/take-token.ts";

/** The mailed link. What its token is worth is said on the next page. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return takeToken((await params).token, "undo", "/undo");
}
