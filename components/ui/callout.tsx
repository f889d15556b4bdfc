import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { iconOf, type Tone } from "./tone.ts";

type CalloutProps = {
  tone?: Tone | undefined;
  icon?: IconName | undefined;
  children: ReactNode;
  action?: ReactNode;
};

/** At most three lines and one action. Red only when something must be done now. */
export function Callout({ tone = "info", icon = iconOf[tone], children, action }: CalloutProps) {
  return (
    <div className={`callout ${tone}`}>
      <Icon name={icon} />
      <div>
        {typeof children === "string" ? <p>{children}</p> : children}
        {action}
      </div>
    </div>
  );
}
