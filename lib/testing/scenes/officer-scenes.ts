import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import type { Role } from "#db/schema/roles.ts";
import { requestName, requestOffice } from "#lib/account/profile/request-correction.ts";
import type { Wanted } from "#lib/helpdesk/actions/act-on.ts";
import { close } from "#lib/helpdesk/actions/close.ts";
import { confirmStaff } from "#lib/helpdesk/actions/confirm-staff.ts";
import { correctMailbox } from "#lib/helpdesk/actions/correct-mailbox.ts";
import { endSessions } from "#lib/helpdesk/actions/end-sessions.ts";
import { reinstate } from "#lib/helpdesk/actions/reinstate.ts";
import { sendReset } from "#lib/helpdesk/actions/send-reset.ts";
import { suspend } from "#lib/helpdesk/actions/suspend.ts";
import { unlock } from "#lib/helpdesk/actions/unlock.ts";
import { unmaskIdentity } from "#lib/helpdesk/actions/unmask-identity.ts";
import { voidRegistration } from "#lib/helpdesk/actions/void-registration.ts";
import { confirmPresence } from "#lib/helpdesk/caller-check/confirm-presence.ts";
import { approveTransfer } from "#lib/helpdesk/cases/approve-transfer.ts";
import { refuseCorrection } from "#lib/helpdesk/cases/refuse-correction.ts";
import { endRole } from "#lib/helpdesk/roles/end-role.ts";
import { grantRole } from "#lib/helpdesk/roles/grant-role.ts";
import { refuseAccess } from "#lib/helpdesk/systems/decide-access.ts";
import { endSystemRole } from "#lib/helpdesk/systems/end-system-role.ts";
import { grantSystemRoles } from "#lib/helpdesk/systems/grant-system-roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { reopenAccount } from "#lib/recovery/close/reopen-account.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { addGrant, anyReason } from "../officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "../relying-party.ts";
import { signInWithPassword } from "../sign-in.ts";
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

/** A system with a role, an SA, and the owner confirmed by their office. */
async function withSystem({ world, owner }: Stage) {
  await world.db.update(accounts).set({ staffConfirmedAt: world.now() }).where(eq(accounts.id, owner.id));
  const system = await addRelyingParty(world.ctx, { roles: ["pegawai"] });
  const { roles } = system;
  return { officer: await world.officer("sa"), system, roles, roleIds: roles.map(({ id }) => id) };
}

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
  role_granted: async ({ world, owner }: Stage) => {
    await world.db.update(accounts).set({ staffConfirmedAt: world.now() }).where(eq(accounts.id, owner.id));
    const { ctx } = await world.officer("administrator");
    await done(
      grantRole(ctx, owner.id, {
        role: "helpdesk",
        offices: [world.office.id],
        from: world.now(),
        until: null,
        reason: anyReason,
      }),
    );
  },
  role_ended: async ({ world, owner }: Stage) => {
    const { ctx } = await world.officer("administrator");
    const grantId = await addGrant(world.ctx, owner.id, { role: "helpdesk", officeId: world.office.id });
    await done(endRole(ctx, owner.id, grantId, anyReason));
  },
  system_role_granted: async (stage: Stage) => {
    const { officer, system, roleIds } = await withSystem(stage);
    const wanted = { relyingPartyId: system.id, roleIds, from: stage.world.now(), until: null, reason: anyReason };
    await done(grantSystemRoles(officer.ctx, stage.owner.id, wanted));
  },
  system_role_ended: async (stage: Stage) => {
    const { officer, roles } = await withSystem(stage);
    const grant = await addRelyingPartyRole(stage.world.ctx, stage.owner, roles[0] ?? { id: "" });
    await done(endSystemRole(officer.ctx, stage.owner.id, grant.id, anyReason));
  },
  access_refused: async (stage: Stage) => {
    const { officer, system } = await withSystem(stage);
    const { requestId } = await done(requestAccess(stage.ctx, { relyingPartyId: system.id }));
    await done(refuseAccess(officer.ctx, requestId, anyReason));
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
  unlocked_by_officer: async (stage: Stage) => {
    const { world, owner, ctx } = stage;
    await done(lockOwnAccount(ctx));
    const helpdesk = await world.officer("helpdesk");
    await done(confirmPresence(helpdesk.ctx, owner.id, anyReason));
    await done(unlock(helpdesk.ctx, { accountId: owner.id, reason: anyReason }));
  },
  pauses_cleared: async (stage: Stage) => {
    for (let n = 0; n < 6; n++) await signInWithPassword(stage.world.ctx, stage.owner, "salah sama sekali");
    await doneBy("helpdesk", unlock)(stage);
  },
  correction_approved: async (stage: Stage) => {
    const receiving = await stage.world.anotherOffice();
    const { reference } = await done(requestOffice(stage.ctx, { officeId: receiving.id }));
    const sa = await stage.world.officer("sa", { officeId: receiving.id });
    await done(approveTransfer(sa.ctx, reference, anyReason));
  },
  correction_refused: async ({ world, ctx }: Stage) => {
    const { reference } = await done(requestName(ctx, { fullName: "Contoh Binti Teladan" }));
    await done(refuseCorrection((await world.officer("sa")).ctx, reference, anyReason));
  },
  reset_by_officer: doneBy("helpdesk", sendReset),
};
