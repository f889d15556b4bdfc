import { randomUUID } from "node:crypto";
import type { Role } from "#db/schema/roles.ts";
import type { Wanted } from "#lib/helpdesk/actions/act-on.ts";
import { close } from "#lib/helpdesk/actions/close.ts";
import { confirmStaff } from "#lib/helpdesk/actions/confirm-staff.ts";
import { correctMailbox } from "#lib/helpdesk/actions/correct-mailbox.ts";
import { endSessions } from "#lib/helpdesk/actions/end-sessions.ts";
import { reinstate } from "#lib/helpdesk/actions/reinstate.ts";
import { sendReset } from "#lib/helpdesk/actions/send-reset.ts";
import { suspend } from "#lib/helpdesk/actions/suspend.ts";
import { unmaskIdentity } from "#lib/helpdesk/actions/unmask-identity.ts";
import { voidRegistration } from "#lib/helpdesk/actions/void-registration.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { reopenAccount } from "#lib/recovery/close/reopen-account.ts";
import { anyReason } from "../officer.ts";
import { done, type Stage } from "./stage.ts";

type Act = (ctx: Context, wanted: Wanted) => Promise<Result<unknown, string>>;

/** Somebody with this role does it to the stage's owner. */
const doneBy =
  (role: Role, act: Act) =>
  async ({ world, owner }: Stage): Promise<void> => {
    const officer = await world.officer(role);
    await done(act(officer.ctx, { accountId: owner.id, reason: anyReason }));
  };

const correct: Act = (ctx, wanted) => correctMailbox(ctx, { ...wanted, typed: "betul@contoh.example.gov.my" });

/** What officers do, as the letters on it come about. */
export const officerScenes = {
  account_suspended: doneBy("sa", suspend),
  account_reinstated: async (stage: Stage) => {
    await doneBy("sa", suspend)(stage);
    await doneBy("sa", reinstate)(stage);
  },
  account_closed: doneBy("ap", close),
  account_reopened: async ({ world }: Stage) => {
    const closed = await world.account({ status: "closed" });
    await done(world.db.transaction((tx) => reopenAccount(tx, world.ctx, closed.id, { requestId: randomUUID() })));
    return closed;
  },
  registration_voided: async ({ world }: Stage) => {
    const newcomer = await world.account({ status: "registered", selfRegistered: true });
    const sa = await world.officer("sa");
    await done(voidRegistration(sa.ctx, { accountId: newcomer.id, reason: anyReason }));
    return newcomer;
  },
  staff_confirmed: doneBy("sa", confirmStaff),
  mailbox_corrected: async ({ world }: Stage) => {
    const newcomer = await world.account({ status: "registered" });
    const helpdesk = await world.officer("helpdesk");
    await done(correct(helpdesk.ctx, { accountId: newcomer.id, reason: anyReason }));
    return newcomer;
  },
  identity_seen: doneBy("helpdesk", unmaskIdentity),
  sessions_ended_by_officer: doneBy("helpdesk", endSessions),
  reset_by_officer: doneBy("helpdesk", sendReset),
};
