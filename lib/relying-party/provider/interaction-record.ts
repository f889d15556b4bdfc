import type { Context } from "#lib/kernel/context.ts";
import { findRecord } from "./find-granted.ts";
import { openRecord } from "./records.ts";
import type { AskedProof } from "./standing.ts";

/** What a relying party asked for and its owner has not answered yet, as it is kept under the interaction's id. */
export type KeptInteraction = {
  uid: string;
  /** When it asked: `prompt=login` counts proofs from then on only. */
  startedAt: Date;
  params: AskedProof & { client_id?: string; scope?: string; login_hint?: string; ui_locales?: string };
};

/** The model's name, as oidc-provider calls it. */
export const INTERACTION = "Interaction";

/** An interaction by the id that the browser's cookie holds; nothing where it is over. */
export async function findInteraction(
  ctx: Pick<Context, "db" | "now" | "keys">,
  uid: string,
): Promise<KeptInteraction | null> {
  const found = await findRecord(ctx, INTERACTION, uid);
  return found && keptInteraction(uid, openRecord(ctx, INTERACTION, uid, found.payloadSealed));
}

export const keptInteraction = (uid: string, payload: ReturnType<typeof openRecord>): KeptInteraction => ({
  uid,
  startedAt: new Date(payload.startedAt ?? 0),
  params: (payload.params ?? {}) as KeptInteraction["params"],
});
