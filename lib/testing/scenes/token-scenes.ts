import { handleToken, type OfficerMove, takeBack } from "#lib/campaign/tokens/custody/handle-token.ts";
import { reportLostToken } from "#lib/campaign/tokens/custody/report-lost-token.ts";
import { addToken } from "../hardware-token.ts";
import { anyReason } from "../officer.ts";
import { done, SA_MAILBOX, type Stage } from "./stage.ts";

const handled =
  (move: OfficerMove) =>
  async ({ world, owner }: Stage): Promise<void> => {
    const token = await addToken(world.ctx, { holderId: owner.id });
    const { ctx } = await world.officer("sa");
    await done(handleToken(ctx, { tokenId: token.id, seen: "issued", move, reason: anyReason }));
  };

const lost = async ({ world, owner, ctx }: Stage): Promise<void> => {
  const token = await addToken(world.ctx, { holderId: owner.id });
  await done(reportLostToken(ctx, token.id));
};

/** What becomes of hardware tokens, as the letters on it come about. */
export const tokenScenes = {
  token_lost: lost,
  token_reported: async (stage: Stage) => {
    await stage.world.officer("sa", { officialEmail: SA_MAILBOX });
    await lost(stage);
  },
  token_misused: handled("report_misuse"),
  token_revoked: handled("revoke"),
  token_returned: async ({ world, owner }: Stage): Promise<void> => {
    const token = await addToken(world.ctx, { holderId: owner.id });
    await done(takeBack((await world.officer("sa")).ctx, { tokenId: token.id, seen: "issued" }));
  },
};
