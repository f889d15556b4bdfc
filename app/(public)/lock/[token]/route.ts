import { takeToken } from "#lib/server/request/take-token.ts";

/** "Lock my account now" of a notice. What its token is worth is said on the next page. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return takeToken((await params).token, "lock", "/lock");
}
