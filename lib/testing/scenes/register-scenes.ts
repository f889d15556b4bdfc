import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { staffDifference } from "#db/schema/staff-register.ts";
import { decideDifference } from "#lib/staff-register/differences/decide-difference.ts";
import { startRound } from "#lib/staff-register/invitations/run-round.ts";
import { sendInvitations } from "#lib/staff-register/invitations/send-invitations.ts";
import { applied, asOperator, staffFile, staffLine } from "../staff-register.ts";
import { done, type Stage } from "./stage.ts";

/** Somebody whom a file of the register brought is written to. */
export async function inviteSomebody({ world }: Stage) {
  await applied(world.ctx, staffFile(staffLine(900)));
  await done(startRound(asOperator(world.ctx), { who: "never", officeId: null }));
  await sendInvitations(world.asSystem(), 60);
  const [newcomer] = await world.db.select().from(accounts).where(eq(accounts.status, "pre_registered"));
  return newcomer;
}

/** The register says that the owner works elsewhere, and an administrator takes that over. */
export async function adoptOffice({ world, owner }: Stage): Promise<void> {
  const { ctx } = await world.officer("administrator");
  const { id: value } = await world.anotherOffice();
  await world.db
    .insert(staffDifference)
    .values({ accountId: owner.id, field: "office", value, seenAt: world.now(), state: "open" });
  await done(decideDifference(ctx, owner.id, "office", "adopt"));
}
