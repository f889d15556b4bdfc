import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import type { AccountFacts } from "./account-facts.ts";

export type LifeStep = "registered" | "mailbox" | "activated" | "factor";
/** `stuck`: the first that is not done, where something bars the way to it. */
export type StepState = { step: LifeStep; state: "done" | "stuck" | "todo"; at: Date | null };

/** How far an account has come, in four steps; `barred`: somebody is held up. */
export function lifeSteps(facts: AccountFacts, barred: boolean): StepState[] {
  const { createdAt, officialEmailVerifiedAt, activatedAt, passkeys, totp } = facts;
  const factors = [...passkeys.map((one) => one.createdAt), ...(totp ? [totp.setAt] : [])];
  const first = factors.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
  const reached: { step: LifeStep; done: boolean; at: Date | null }[] = [
    { step: "registered", done: true, at: createdAt },
    // An account may be activated at the counter, its mailbox to be proven later.
    { step: "mailbox", done: officialEmailVerifiedAt !== null, at: officialEmailVerifiedAt },
    { step: "activated", done: activatedAt !== null, at: activatedAt },
    { step: "factor", done: hasSecondFactor({ passkeys: passkeys.length, totp: totp !== null }), at: first },
  ];
  const held = barred ? reached.find(({ done }) => !done)?.step : undefined;
  // A second factor is its owner's choice: nobody is stuck for want of one.
  return reached.map(({ step, done, at }) => ({
    step,
    at,
    state: done ? "done" : step === held && step !== "factor" ? "stuck" : "todo",
  }));
}
