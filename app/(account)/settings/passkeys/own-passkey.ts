import { notFound } from "next/navigation";
import { type ListedPasskey, listPasskeys } from "#lib/authenticators/passkey/list-passkeys.ts";
import type { Context } from "#lib/kernel/context.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/**
 * One of the signed-in person's passkeys and the others beside it; for what is nobody's, or somebody else's, there is
 * no page.
 */
export async function requireOwnPasskey(
  path: string,
  passkeyId: string,
): Promise<{ ctx: Context; passkey: ListedPasskey; others: ListedPasskey[] }> {
  const { ctx } = await requireSession(path);
  const passkeys = await listPasskeys(ctx);
  const passkey = passkeys.find(({ id }) => id === passkeyId) ?? notFound();
  return { ctx, passkey, others: passkeys.filter(({ id }) => id !== passkeyId) };
}
