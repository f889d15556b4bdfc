import type { Db, Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { HardwareTokenState, hardwareToken } from "#db/schema/hardware-token.ts";
import type { Context } from "#lib/kernel/context.ts";

export type OwnToken = {
  id: string;
  serial: string;
  medium: (typeof hardwareToken.$inferSelect)["medium"];
  issuedOn: string | null;
  state: HardwareTokenState;
  stateSince: Date;
  /** The number of its receipt, of one that came back. */
  receipt: string | null;
};

/** More than anybody was ever handed; a list for one page. */
const MOST = 100;

const statement = {
  name: "hardware_tokens_of_holder",
  text: `select t.id, t.serial, t.medium, t.issued_on::text as "issuedOn", t.state, t.state_since as "stateSince",
      (select e.receipt from hardware_token_event e where e.token_id = t.id and e.receipt is not null order by e.id desc limit 1) as receipt
    from hardware_token t where t.holder_id = $1 order by t.state = 'returned', t.serial limit ${MOST}`,
};

/** The tokens somebody holds or held: those to be handed back first. */
export const tokensOf = (on: Db | Tx, accountId: string): Promise<OwnToken[]> =>
  run<OwnToken>(on, statement, [accountId]);

/** Those of whoever is signed in. */
export const listOwnTokens = async (ctx: Context): Promise<OwnToken[]> =>
  ctx.actor.kind === "account" ? tokensOf(ctx.db, ctx.actor.accountId) : [];

/** States in which a token is out of use and still in somebody's hands. */
export const toHandBack = (state: HardwareTokenState): boolean =>
  state === "retired" || state === "revoked" || state === "misused";
