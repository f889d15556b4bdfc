import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { HardwareTokenState, hardwareToken } from "#db/schema/hardware-token.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { unsealNote } from "#lib/account/token-note.ts";
import { recordRefusal } from "#lib/helpdesk/require-reach.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Grant, judge, type Officer } from "#lib/office/roles/rights.ts";
import { rankColumn } from "#lib/session/grants-in-force.ts";
import { hasLeft } from "./unreturned.ts";

type Medium = (typeof hardwareToken.$inferSelect)["medium"];

/** One line of a token's custody. `by`: who did it; null where it happened by itself, or an operator did it. */
export type CustodyLine = {
  at: Date;
  move: string;
  state: HardwareTokenState;
  by: string | null;
  note: string | null;
  receipt: string | null;
};

/** A token for an officer's page. `identity` of its holder is masked. `mayHandle`: the officer may move it. */
export type SeenToken = {
  id: string;
  serial: string;
  medium: Medium;
  issuedOn: string | null;
  state: HardwareTokenState;
  stateSince: Date;
  holder: {
    id: string;
    fullName: string;
    identity: string;
    office: string;
    status: AccountStatus;
    hasLeft: boolean;
  };
  custody: CustodyLine[];
  mayHandle: boolean;
};

type Row = Omit<SeenToken, "holder" | "custody" | "mayHandle"> & {
  holderId: string;
  fullName: string;
  identitySealed: string;
  status: AccountStatus;
  officeId: string;
  office: string;
  left: boolean;
  grants: Grant[];
};

const statement = {
  name: "hardware_token_for_officer",
  text: `select t.id, t.serial, t.medium, t.issued_on::text as "issuedOn", t.state, t.state_since as "stateSince",
      a.id as "holderId", a.full_name as "fullName", a.identity_sealed as "identitySealed", a.status, a.office_id as "officeId",
      o.code || ' ' || o.name as office, ${hasLeft} as left, ${rankColumn("a.id", "$2")} as grants
    from hardware_token t join account a on a.id = t.holder_id join office o on o.id = a.office_id where t.id = $1`,
};

const custodyStatement = {
  name: "hardware_token_custody",
  text: `select e.at, e.move, e.state, b.full_name as by, e.note_sealed as "noteSealed", e.receipt
    from hardware_token_event e left join account b on b.id = e.by_id where e.token_id = $1 order by e.id`,
};

/**
 * A token with its custody, oldest line first: at most a handful. Null where there is none for the officer: its holder is
 * of another office, which is recorded as any such look.
 */
export async function findToken(ctx: Context, officer: Officer, tokenId: string): Promise<SeenToken | null> {
  const [found] = isUuid(tokenId) ? await run<Row>(ctx.db, statement, [tokenId, ctx.now()]) : [];
  const target = found && { accountId: found.holderId, officeId: found.officeId, grants: found.grants };
  if (!target || judge(officer, "token.view", target) !== "allowed") {
    await ctx.db.transaction((tx) => recordRefusal(tx, ctx, "token.view", found?.holderId));
    return null;
  }
  const custody = await run<Omit<CustodyLine, "note"> & { noteSealed: string | null }>(ctx.db, custodyStatement, [
    tokenId,
  ]);
  const { id, serial, medium, issuedOn, state, stateSince, holderId, identitySealed, fullName, office, status, left } =
    found;
  const identity = maskIdentity(unsealIdentity(ctx, { id: holderId, identitySealed }));
  return {
    ...{ id, serial, medium, issuedOn, state, stateSince },
    holder: { id: holderId, fullName, identity, office, status, hasLeft: left },
    custody: custody.map(({ noteSealed, ...line }) => ({
      ...line,
      note: noteSealed && unsealNote(ctx, noteSealed, tokenId),
    })),
    mayHandle: judge(officer, "token.handle", target) === "allowed",
  };
}
