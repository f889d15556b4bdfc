import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import type { AccountFacts } from "./account-facts.ts";

export type LifeStep = "registered" | "mailbox" | "activated" | "factor";
/** Of the first that is not done: `stuck`, where something bars the way to it; `waiting`, where it is merely their turn. */
export type StepState = { step: LifeStep; state: "done" | "stuck" | "waiting" | "todo"; at: Date | null };

/** How far an account has come, in four steps; `holdUp`: what is known of the next one. */
export function lifeSteps(facts: AccountFacts, holdUp: "stuck" | "waiting" | null): StepState[] {
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
  const held = holdUp ? reached.find(({ done }) => !done)?.step : undefined;
  // A second factor is its owner's choice: nobody is stuck for want of one.
  return reached.map(({ step, done, at }) => ({
    step,
    at,
    state: done ? "done" : holdUp && step === held && step !== "factor" ? holdUp : "todo",
  }));
}
