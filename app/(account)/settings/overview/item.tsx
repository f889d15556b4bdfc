import type { ReactNode } from "react";
import { Chip } from "#components/ui/chip.tsx";
import type { IconName } from "#components/ui/icon.tsx";

type ItemProps = {
  icon: IconName;
  name: string;
  badge?: ReactNode;
  /** Facts of it, side by side where there is room. */
  facts: readonly string[];
  /** Where it is changed. `words` are said with its name. */
  link?: { href: string; words: string } | undefined;
};

/** One thing a person has: what it is, its state, and the way to change it. */
export function Item({ icon, name, badge, facts, link }: ItemProps) {
  return (
    <li className={facts.length > 1 ? "item" : "item one"}>
      <Chip icon={icon} tone="plain" />
      <div>
        <p className="what">
          {name}
          {badge}
        </p>
        <p className="meta">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
      {link && (
        <div className="do">
          <a className="btn btn-quiet btn-s" href={link.href}>
            {link.words}
            <span className="sr">: {name}</span>
          </a>
        </div>
      )}
    </li>
  );
}
