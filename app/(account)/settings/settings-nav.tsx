// In the browser's share for its weight only, like the frame: the list stands twice in the page, its words travel once.
"use client";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { SettingsPage } from "./settings-pages.ts";

type Item = { page: SettingsPage; path: string; icon: IconName; name: string };
type Group = { name: string; items: readonly Item[] };
type SettingsNavProps = { label: string; here: SettingsPage; groups: readonly Group[] };

/** Beside the page; on a phone folded away above it. Of the two lists the browser shows and tells only one. */
export function SettingsNav({ label, here, groups }: SettingsNavProps) {
  const current = groups.flatMap(({ items }) => items).find(({ page }) => page === here);
  const list = (
    <nav aria-label={label}>
      <ul className="side-groups">
        {groups.map((group) => (
          <li key={group.name}>
            <span className="side-group">{group.name}</span>
            <ul className="side-list">
              {group.items.map(({ page, path, icon, name }) => (
                <li key={page}>
                  <a href={path} aria-current={page === here ? "page" : undefined}>
                    <Icon name={icon} small />
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
  return (
    <>
      <div className="side">{list}</div>
      <details className="side-m">
        <summary>
          {current && <Icon name={current.icon} small />}
          <span className="sr">{label}:</span> {current?.name}
          <Icon name="down" small />
        </summary>
        {list}
      </details>
    </>
  );
}
