import { Icon, type IconName } from "./icon.tsx";

type ChipProps = { icon: IconName; tone?: "ok" | "warn" | "gold" | "plain" | undefined };

/** A picture on a small tile, beside a heading. */
export function Chip({ icon, tone }: ChipProps) {
  return (
    <span className={`chip${tone ? ` ${tone}` : ""}`}>
      <Icon name={icon} />
    </span>
  );
}
