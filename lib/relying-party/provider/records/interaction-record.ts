import type { Context } from "#lib/kernel/context.ts";
import type { AskedProof } from "../session/standing.ts";
import { findRecord } from "./find-granted.ts";
import { openRecord, recordOf, writeRecord } from "./records.ts";

/** What a relying party asked for and its owner has not answered yet, as it is kept under the interaction's id. */
export type KeptInteraction = {
  uid: string;
  /** When it asked: `prompt=login` counts proofs from then on only. */
  startedAt: Date;
  /** The person turned back: the relying party is told so when the browser is led there. */
  isAnswered: boolean;
  params: AskedProof & { client_id?: string; scope?: string; id_token_hint?: string; ui_locales?: string };
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
  isAnswered: payload.result !== undefined,
  params: (payload.params ?? {}) as KeptInteraction["params"],
});

/** Keeps the error (OAuth 2.0 §4.1.2.1) that the relying party is told instead of a code; nothing where the interaction is over. */
export async function answerInteraction(
  ctx: Pick<Context, "db" | "now" | "keys" | "random">,
  uid: string,
  result: { error: "access_denied"; error_description: string },
): Promise<void> {
  const found = await findRecord(ctx, INTERACTION, uid);
  if (!found) return;
  const payload = openRecord(ctx, INTERACTION, uid, found.payloadSealed);
  const left = (payload.exp ?? 0) - Math.floor(ctx.now().getTime() / 1_000);
  if (left > 0) await writeRecord(ctx, recordOf(ctx, INTERACTION, uid, { ...payload, result }, left));
}
