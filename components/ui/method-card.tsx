import { Badge } from "./badge.tsx";
import { Chip } from "./chip.tsx";
import { Icon, type IconName } from "./icon.tsx";

export type MethodLook = {
  icon: IconName;
  name: string;
  /** One line on what it takes. */
  say: string;
  /** Why it stands out; the card is then the widest and comes first. */
  badge?: string | undefined;
  /** What is said on top where JavaScript is off, for what needs it. */
  withoutScript?: string | undefined;
};

export const methodClass = (best: boolean): string => `method${best ? " best" : ""}`;

/** What stands on a method's card: picture, name, one line. Goes into a button. */
export function MethodFace({ icon, name, say, badge, withoutScript }: MethodLook) {
  return (
    <>
      <Chip icon={icon} />
      <span>
        <span className="name">
          {name}
          {badge && (
            <Badge tone="ok" icon="check">
              {badge}
            </Badge>
          )}
        </span>
        <span className="say">
          {say}
          {withoutScript && <noscript> {withoutScript}</noscript>}
        </span>
      </span>
      {badge && <Icon name="next" />}
    </>
  );
}

type MethodDoorProps = MethodLook & {
  /** A page of the portal, with what its query holds. */
  to: string;
  query?: Record<string, string>;
};

/** A card that opens a page: a real button in a form that changes nothing. */
export function MethodDoor({ to, query = {}, ...look }: MethodDoorProps) {
  return (
    <form action={to}>
      {Object.entries(query).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={methodClass(look.badge !== undefined)}>
        <MethodFace {...look} />
      </button>
    </form>
  );
}
