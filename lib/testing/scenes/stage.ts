import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import type { Result } from "#lib/kernel/result.ts";
import { drainMail } from "../mail.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "../new-world.ts";
import { addTotp, totpCode } from "../totp.ts";

export const PERSONAL = "peribadi@rumah.example";
export const NEW_MAILBOX = "baharu@contoh.example.gov.my";
/** Of an SA of the owner's office, where a scene has one with a mailbox that is known. */
export const SA_MAILBOX = "sa@contoh.example.gov.my";

/** A portal, an owner with a password and both addresses verified, at work in a browser with fresh proofs. */
export type Stage = { world: World; owner: WorldAccount; ctx: SignedIn };

export async function setStage(): Promise<Stage> {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await world.db
    .update(accounts)
    .set({ personalEmail: PERSONAL, personalEmailVerifiedAt: world.now() })
    .where(eq(accounts.id, owner.id));
  return { world, owner, ctx: await world.as(owner) };
}

/** What was done, or the test's fault. */
export async function done<T>(doing: Promise<Result<T, string>>): Promise<T> {
  const result = await doing;
  if (!result.ok) throw new Error(`The scene was refused: ${result.error}`);
  return result.value;
}

/** The secret behind `/undo/…` or `/verify/…` in the newest letter to an address that has one. */
export async function mailedTo(world: World, to: string, path: "undo" | "verify"): Promise<string> {
  const found = (await drainMail(world.asSystem()))
    .filter((mail) => mail.to === to)
    .map(({ text }) => new RegExp(`/${path}/([\\w-]+)`).exec(text)?.[1])
    .findLast((token) => token !== undefined);
  if (!found) throw new Error(`No letter to ${to} has a link to /${path}`);
  return found;
}

/** The owner gets an authenticator app: their session with both factors fresh. */
export async function withApp({ world, owner }: Stage): Promise<SignedIn> {
  await addTotp(world.ctx, owner.id);
  return world.as(owner, ["password", "totp"]);
}

export async function enrolApp(ctx: SignedIn): Promise<void> {
  await done(beginTotp(ctx));
  const pending = await pendingTotp(ctx, "Kunci");
  await done(confirmTotp(ctx, totpCode(pending?.secret ?? "", ctx.now())));
}
