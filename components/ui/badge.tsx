import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import type { Tone } from "./tone.ts";

type BadgeProps = { tone?: Tone | undefined; icon?: IconName | undefined; children: ReactNode };

/** A state in one or two words. */
export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={`badge${tone ? ` ${tone}` : ""}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
