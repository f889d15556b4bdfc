import type { ReactNode } from "react";
import { Stepper } from "./stepper.tsx";

type FlowProps = {
  steps: readonly { label: string }[];
  /** From 0; `steps.length` when all are done. */
  current: number;
  stepsLabel: string;
  children: ReactNode;
  /** A `<Rail>`: what to have ready, and help. Underneath on a phone. */
  rail: ReactNode;
};

/** One step of something longer. */
export function Flow({ steps, current, stepsLabel, children, rail }: FlowProps) {
  return (
    <div className="wrap flow">
      <Stepper steps={steps} current={current} label={stepsLabel} />
      <div className="panel">{children}</div>
      {rail}
    </div>
  );
}
